//! Programs that cannot run on this system.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{Binaries, Obstacle, OutputProgram, Shelf};
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
    match &binaries.problem {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ => findings.into(),
    }
}

/// The programs of one folder that cannot run for one reason.
fn groups(binaries: &Binaries) -> Vec<Vec<&OutputProgram>> {
    let mut groups: Vec<Vec<&OutputProgram>> = Vec::new();
    for program in binaries.found.iter().filter(|program| program.obstacle.is_some()) {
        let is_alike = |group: &&mut Vec<&OutputProgram>| {
            group.first().is_some_and(|first| first.folder == program.folder && first.obstacle == program.obstacle)
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
    let (kind, what, detail) = match obstacle {
        Some(Obstacle::Platform { goos, goarch }) => (
            format!("{goos}/{goarch}"),
            format!("{is} built for {goos}/{goarch} and cannot run here"),
            "Starting it ends with: cannot execute binary file: Exec format error.".to_owned(),
        ),
        Some(Obstacle::Interpreter(path)) => (
            path.display().to_string(),
            format!("{needs} a loader that is not here: {}", path.display()),
            loader_detail(&path.to_string_lossy()),
        ),
        Some(Obstacle::Libraries(names)) => (
            names.join(","),
            format!(
                "{needs} {} that {} not here: {}",
                if names.len() == 1 { "a library" } else { "libraries" },
                if names.len() == 1 { "is" } else { "are" },
                names.join(", ")
            ),
            "Starting it ends with: error while loading shared libraries: cannot open shared object file.".to_owned(),
        ),
        Some(Obstacle::Glibc { required, provided }) => (
            format!("glibc {required}"),
            format!("{needs} glibc {required}, and this system has {provided}"),
            format!(
                "Starting it ends with: version `GLIBC_{required}' not found. It was built with cgo on a newer system."
            ),
        ),
        None => (String::new(), String::new(), String::new()),
    };
    let again = match first.shelf {
        Shelf::Project => "Build it again here.",
        Shelf::Installed => "Install it again with the Go of this machine.",
    };
    let mut finding = Finding::new(format!("{}:{kind}", first.folder), Severity::Warning, format!("{who} {what}"))
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
        Some(Obstacle::Platform { goos, goarch }) => format!("{goos}/{goarch}, {built}"),
        Some(Obstacle::Interpreter(path)) => format!("loader {}, {built}", path.display()),
        Some(Obstacle::Libraries(names)) => format!("without {}, {built}", names.join(", ")),
        Some(Obstacle::Glibc { required, .. }) => format!("GLIBC_{required}, {built}"),
        None => built,
    }
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
