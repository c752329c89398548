//! Programs that cannot run on this system.

use crate::checks::Check;
use crate::model::inspect::{LackingLibrary, LackingVersion, Obstacle};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{Binaries, OutputProgram, Shelf};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "binary-foreign",
    layer: Layer::Project,
    title: "Programs that were built or installed can run here",
    impact: "A program cannot run here",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &["cross-target-left-set"],
    page: page!("project/binary-foreign"),
    rule: rule!(judge(Binaries)),
};

/// How many programs of one folder are shown.
const SHOWN: usize = 8;

fn judge(binaries: &Binaries) -> Outcome {
    let findings: Vec<Finding> = groups(binaries).into_iter().map(|group| finding(&group)).collect();
    Outcome::of(findings).or_unknown(binaries.problem.as_ref())
}

/// The programs of one folder that cannot run for one reason.
fn groups(binaries: &Binaries) -> Vec<Vec<&OutputProgram>> {
    let mut groups: Vec<Vec<&OutputProgram>> = Vec::new();
    for program in binaries.found.iter().filter(|program| program.obstacle.is_some()) {
        let is_alike = |group: &&mut Vec<&OutputProgram>| {
            let kinds = |first: &&OutputProgram| kind(first.obstacle.as_ref()) == kind(program.obstacle.as_ref());
            group.first().is_some_and(|first| first.folder == program.folder && kinds(first))
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(program),
            None => groups.push(vec![program]),
        }
    }
    groups
}

fn finding(group: &[&OutputProgram]) -> Finding {
    let first = group[0];
    let obstacle = first.obstacle.as_ref();
    let who = match group {
        [one] => one.name.clone(),
        many => format!("{} programs in {}", many.len(), first.folder),
    };
    let is = if group.len() == 1 { "is" } else { "are" };
    let needs = if group.len() == 1 { "needs" } else { "need" };
    let (what, detail) = match obstacle {
        Some(Obstacle::Platform { built, .. }) => (
            format!("{is} built for {built} and cannot run here"),
            "Starting it ends with: cannot execute binary file: Exec format error.".to_owned(),
        ),
        Some(Obstacle::Loader(path)) => {
            (format!("{needs} a loader that is not here: {}", path.display()), loader_detail(&path.to_string_lossy()))
        }
        Some(Obstacle::Libraries(libraries)) => (
            format!(
                "{needs} {} that {} not here: {}",
                if libraries.len() == 1 { "a library" } else { "libraries" },
                if libraries.len() == 1 { "is" } else { "are" },
                names(libraries)
            ),
            "Starting it ends with: error while loading shared libraries: cannot open shared object file.".to_owned(),
        ),
        Some(Obstacle::Versions(versions)) => versions_lacking(needs, versions),
        _ => Default::default(),
    };
    let again = match first.shelf {
        Shelf::Project => "Build it again here.",
        Shelf::Installed => "Install it again with the Go of this machine.",
    };
    let mut finding =
        Finding::new(format!("{}:{}", first.folder, kind(obstacle)), Severity::Warning, format!("{who} {what}"))
            .detail(format!("{detail} {again}"));
    for program in group.iter().take(SHOWN) {
        finding = finding.evidence(Evidence::new(&program.name, observed(program)));
    }
    if group.len() > SHOWN {
        finding = finding.evidence(Evidence::new(&first.folder, format!("{} more", group.len() - SHOWN)));
    }
    finding.fixes(group.iter().take(SHOWN).filter_map(|program| again_by_hand(program)))
}

/// What the file exists for and yet "not found" is said of.
fn loader_detail(path: &str) -> String {
    let libc = if path.contains("musl") {
        "It was built for musl, the C library of Alpine."
    } else if path.contains("ld-linux") {
        "It was built for glibc, the C library of most distributions."
    } else {
        "It was built for another system."
    };
    format!("The shell says that the file itself is not found (cannot execute: required file not found). {libc}")
}

fn observed(program: &OutputProgram) -> String {
    let built = match &program.go {
        Some(go) => format!("built by {}", go.go_version),
        None => "not built by Go".to_owned(),
    };
    match &program.obstacle {
        Some(Obstacle::Platform { built: platform, .. }) => format!("{platform}, {built}"),
        Some(Obstacle::Loader(path)) => format!("loader {}, {built}", path.display()),
        Some(Obstacle::Libraries(libraries)) => format!("without {}, {built}", names(libraries)),
        Some(Obstacle::Versions(versions)) => {
            let (version, symbol) = versions.first().map(|it| (&*it.version, it.symbol.as_deref())).unwrap_or_default();
            let by = symbol.map(|symbol| format!(" for {symbol}")).unwrap_or_default();
            format!("{version}{by}, {built}")
        }
        _ => built,
    }
}

/// What programs of one finding have in common.
fn kind(obstacle: Option<&Obstacle>) -> String {
    match obstacle {
        Some(Obstacle::Platform { built, .. }) => built.to_string(),
        Some(Obstacle::Loader(path)) => path.display().to_string(),
        Some(Obstacle::Libraries(libraries)) => names(libraries).replace(", ", ","),
        Some(Obstacle::Versions(versions)) => {
            versions.first().map(|it| it.version.replace("GLIBC_", "glibc ")).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn names(libraries: &[LackingLibrary]) -> String {
    libraries.iter().map(|library| &*library.name).collect::<Vec<_>>().join(", ")
}

/// What it asks for that is newer than what is here, and what happens then.
fn versions_lacking(needs: &str, versions: &[LackingVersion]) -> (String, String) {
    let Some(LackingVersion { library, version, newest, .. }) = versions.first() else { return Default::default() };
    let number = |text: &str| text.strip_prefix("GLIBC_").map(str::to_owned);
    let what = match (number(version), newest.as_deref()) {
        (Some(number), Some(newest)) => {
            format!("{needs} glibc {number}, and this system has {}", newest.trim_start_matches("GLIBC_"))
        }
        (_, newest) => {
            let has = newest.map_or("has nothing of the kind".to_owned(), |newest| format!("ends at {newest}"));
            format!("{needs} {version} of {library}, and the one here {has}")
        }
    };
    (what, format!("Starting it ends with: version `{version}' not found. It was built with cgo on a newer system."))
}

/// How a program that Go built is made again.
fn again_by_hand(program: &OutputProgram) -> Option<Fix> {
    let go = program.go.as_ref()?;
    let path = &go.path;
    let is_word =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/+@".contains(c));
    match program.shelf {
        Shelf::Installed => {
            let version = if go.version.starts_with('v') { &go.version } else { "latest" };
            (is_word(path) && is_word(version) && path != "command-line-arguments").then(|| {
                Fix::manual(
                    format!("Install {} again", program.name),
                    "It is built with the Go of this machine, for this machine.",
                    Some(format!("go install {path}@{version}")),
                )
            })
        }
        Shelf::Project => (is_word(path) && path != "command-line-arguments").then(|| {
            Fix::manual(
                format!("Build {} again", program.name),
                "Without GOOS and GOARCH, Go builds for the machine it runs on; without cgo, for any libc.",
                Some(format!("go build -o {} {path}", program.name)),
            )
        }),
    }
}
