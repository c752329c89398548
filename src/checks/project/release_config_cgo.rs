//! A release is built for platforms with cgo, and no C compiler is named that
//! makes code for them.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::build::{PlatformCgo, RecipeCgo};
use crate::probes::go::Settings;
use crate::probes::project::{GoMod, Recipes};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "release-config-cgo",
    layer: Layer::Project,
    title: "Releases with cgo have a C compiler for each platform",
    impact: "The release fails for other platforms",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/release-config-cgo"),
    rule: rule!(judge(GoMod, Recipes, RecipeCgo, Settings)),
};

fn judge(module: &GoMod, recipes: &Recipes, cgo: &RecipeCgo, settings: &Settings) -> Outcome {
    if module.found.is_none() {
        return Outcome::skipped("this folder is in no module");
    }
    let machine = settings.machine();
    let own = Toolkit::of(machine.goos(), machine.goarch());
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = recipes.problem.clone();
    for group in groups(cgo) {
        let mut kits: Vec<Toolkit> = group.iter().map(|one| Toolkit::of_platform(one)).collect();
        kits.dedup();
        // A build for one system alone may be meant for a machine of that
        // system; a C compiler for another processor comes with none.
        let is_foreign = |one: &&&PlatformCgo| {
            let kit = Toolkit::of_platform(one);
            kit != own && (kits.len() > 1 || kit.system == own.system && kit.system == "linux")
        };
        let foreign: Vec<&PlatformCgo> = group.iter().filter(is_foreign).copied().collect();
        unknown = unknown.or(foreign.iter().find_map(|one| one.needs.as_ref().err().cloned()));
        let lacking: Vec<&PlatformCgo> = foreign.into_iter().filter(|one| matches!(one.needs, Ok(Some(_)))).collect();
        findings.extend(finding(&lacking));
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.about("whether the release needs C").into(),
        None if recipes.builds.is_empty() => Outcome::skipped("no Makefile and no goreleaser file builds programs"),
        _ => findings.into(),
    }
}

/// The builds that one command makes: those of one name in one file.
fn groups(cgo: &RecipeCgo) -> Vec<Vec<&PlatformCgo>> {
    let mut groups: Vec<Vec<&PlatformCgo>> = Vec::new();
    for one in &cgo.found {
        let is_same = |group: &&mut Vec<&PlatformCgo>| {
            group.iter().any(|other| (&other.build.file, &other.build.name) == (&one.build.file, &one.build.name))
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// What one C compiler makes code for.
#[derive(Debug, PartialEq, Eq)]
struct Toolkit {
    system: String,
    /// Empty where one compiler does several processors.
    processor: String,
}

impl Toolkit {
    fn of(goos: &str, goarch: &str) -> Toolkit {
        // Apple's compiler does all of Apple's processors, and on Linux one
        // compiler does both kinds of x86.
        let processor = match (goos, goarch) {
            ("darwin", _) => "",
            ("linux", "386" | "amd64") => "x86",
            (_, goarch) => goarch,
        };
        Toolkit { system: goos.to_owned(), processor: processor.to_owned() }
    }

    fn of_platform(one: &PlatformCgo) -> Toolkit {
        Toolkit::of(&one.platform.goos, &one.platform.goarch)
    }
}

fn finding(lacking: &[&PlatformCgo]) -> Option<Finding> {
    let first = lacking.first()?;
    let Ok(Some(package)) = &first.needs else { return None };
    let build = &first.build;
    let mut names: Vec<String> =
        lacking.iter().map(|one| format!("{}/{}", one.platform.goos, one.platform.goarch)).collect();
    names.dedup();
    let cgo = build.cgo.as_ref().map(|told| told.place.clone());
    let builds = lacking.iter().map(|one| one.build.place.clone()).filter(|place| Some(place) != cgo.as_ref());
    let mut places: Vec<Evidence> = builds.collect();
    places.dedup();
    let what = if package.module == "std" { format!("{:?}", package.package) } else { package.package.clone() };
    let summary = format!("{} names no C compiler for {}", build.file.rsplit('/').next()?, short(&names));
    let finding = Finding::new(format!("{}:{}", build.file, build.name), Severity::Warning, summary)
        .detail(format!(
            "CGO_ENABLED=1 is set and CC is not, so the C code of {what} is given to the C compiler of the machine that builds, and that does not know these platforms. {}",
            fails(first)
        ))
        .evidences(cgo)
        .evidences(places)
        .evidence(Evidence::new(&package.file, "import \"C\""))
        .fix(fix(&names, package.module == "std", build.file.ends_with("akefile")));
    Some(finding)
}

/// The first platforms, and how many more there are.
fn short(names: &[String]) -> String {
    match names {
        [a, b, rest @ ..] if rest.len() > 1 => format!("{a}, {b} and {} more platforms", rest.len()),
        _ => remedy::listed(names),
    }
}

/// What the compiler of Linux prints.
fn fails(one: &PlatformCgo) -> String {
    let text = match (one.platform.goos.as_str(), one.platform.goarch.as_str()) {
        ("windows", _) => "fatal error: windows.h: No such file or directory",
        ("darwin", _) => "gcc: error: unrecognized command-line option '-arch'",
        (_, "arm64") => "gcc_arm64.S: Error: no such instruction: `stp x29,x30,[sp,#-16]!'",
        _ => return "The build ends with errors of the assembler or of gcc.".to_owned(),
    };
    format!("The build ends with, for instance: {text}")
}

fn fix(names: &[String], is_std: bool, is_makefile: bool) -> Fix {
    if is_std {
        // Go's own packages do without C everywhere.
        return Fix::manual(
            "Build it without cgo",
            "The program has C code only by way of Go's own packages, which do without. Put this in the place of CGO_ENABLED=1.",
            Some("CGO_ENABLED=0".to_owned()),
        );
    }
    let compiler = names.iter().find_map(|name| match name.as_str() {
        "linux/arm64" => Some("aarch64-linux-gnu-gcc"),
        "linux/arm" => Some("arm-linux-gnueabihf-gcc"),
        "windows/amd64" => Some("x86_64-w64-mingw32-gcc"),
        "windows/386" => Some("i686-w64-mingw32-gcc"),
        _ => None,
    });
    let place = if is_makefile { "before its go build" } else { "in the env of an entry below overrides" };
    let text = format!(
        "Name a compiler for each platform {place}. Where there is none, as for darwin outside of macOS, build on a machine of that platform."
    );
    Fix::manual("Name a C compiler for each platform", text, compiler.map(|compiler| format!("CC={compiler}")))
}
