//! Names in the project differ only in the case of their letters.

use crate::checks::Check;
use crate::checks::remedy::shell_word;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{CaseCollisions, Collision, CollisionKind, GoMod, ProjectFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "case-collision",
    layer: Layer::Project,
    title: "No names of the project differ only in case",
    impact: "Go refuses packages of this project",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/case-collision"),
    rule: rule!(judge(CaseCollisions, ProjectFiles, GoMod)),
};

/// How many groups are shown of those that are told together.
const SHOWN: usize = 4;

fn judge(collisions: &CaseCollisions, files: &ProjectFiles, module: &GoMod) -> Outcome {
    if files.root.is_none() && module.found.is_none() {
        return Outcome::skipped("this folder is no project");
    }
    let (paths, others): (Vec<_>, Vec<_>) =
        collisions.found.iter().partition(|collision| collision.kind == CollisionKind::Paths);
    let mut findings: Vec<Finding> = others.into_iter().map(finding).collect();
    findings.extend(of_paths(&paths));
    Outcome::of(findings).or_unknown(collisions.problem.as_ref())
}

fn finding(collision: &Collision) -> Finding {
    let (place, first) = collision.names.first().map_or(("", ""), |(place, name)| (place.as_str(), name.as_str()));
    let second = collision.names.get(1).map_or("", |(_, name)| name.as_str());
    let short = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let said = format!("case-insensitive import collision: \"{first}\" and \"{second}\"");
    let (key, severity, summary, detail) = match collision.kind {
        CollisionKind::Sources => (
            place,
            Severity::Error,
            format!("{} and {} differ only in case", short(first), short(second)),
            format!(
                "Go refuses their package, and what imports it: case-insensitive file name collision: \"{}\" and \"{}\".",
                short(first),
                short(second)
            ),
        ),
        CollisionKind::Packages => (
            place,
            Severity::Error,
            format!("The packages {} and {} differ only in case", tail(first, second), tail(second, first)),
            format!("go build ./... and every program that has both end with: {said}."),
        ),
        CollisionKind::Modules => (
            first,
            Severity::Warning,
            format!("go.mod names {second} in another spelling as well"),
            format!("A program that imports packages of both ends with: {said}. So does go mod vendor."),
        ),
        CollisionKind::IndirectModules | CollisionKind::Paths => (
            first,
            Severity::Info,
            format!("go.mod names {second} in another spelling as well"),
            format!(
                "Some other module asks for the one spelling. Where packages of both come into one program, it ends with: {said}."
            ),
        ),
    };
    Finding::new(key, severity, summary).detail(detail).evidences(evidences(collision)).fix(by_hand(collision))
}

/// Paths that no build stumbles over, all in one.
fn of_paths(collisions: &[&Collision]) -> Option<Finding> {
    let first = collisions.first()?;
    let summary = match (collisions.len(), first.names.as_slice()) {
        (1, [(_, one), (_, other), ..]) => format!("{one} and {other} differ only in case"),
        (n, _) => format!("{n} groups of paths differ only in case"),
    };
    let mut detail =
        "Windows and macOS tell no case in names: a checkout there has one of them, and git sees the other as changed."
            .to_owned();
    let more = collisions.len().saturating_sub(SHOWN);
    if more > 0 {
        detail += &format!(" {more} more groups are not shown.");
    }
    let evidence = collisions.iter().take(SHOWN).flat_map(|collision| evidences(collision));
    Some(Finding::new("paths", Severity::Info, summary).detail(detail).evidences(evidence).fix(by_hand(first)))
}

fn evidences(collision: &Collision) -> impl Iterator<Item = Evidence> {
    collision.names.iter().map(|(place, name)| match collision.kind {
        CollisionKind::Sources => Evidence::new(place, "source file of the package"),
        CollisionKind::Paths => Evidence::new(place, "differs only in case"),
        CollisionKind::Packages | CollisionKind::Modules | CollisionKind::IndirectModules => Evidence::new(place, name),
    })
}

/// The import path from the part on in which it differs from the other one.
fn tail<'a>(path: &'a str, other: &str) -> &'a str {
    let same = path.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map_or(0, |((at, _), _)| at);
    let start = path[..same].rfind('/').map_or(0, |at| at + 1);
    &path[start..]
}

/// Which of them is meant, nobody but their author knows.
fn by_hand(collision: &Collision) -> Fix {
    match collision.kind {
        CollisionKind::Modules | CollisionKind::IndirectModules => {
            let names: Vec<String> = collision.names.iter().map(|(_, name)| shell_word(name)).collect();
            Fix::manual(
                "Use one spelling: the one in the module's own go.mod",
                "Correct the imports of your own code. Where another module asks for the other spelling, a newer version of it mostly does not.",
                Some(format!("go mod why -m {}", names.join(" "))),
            )
        }
        CollisionKind::Packages => Fix::manual(
            "Keep one of the folders",
            "A rename on Windows or macOS often leaves both in git. Move what is still of use into one, and correct the imports.",
            Some(format!("git log --stat -- {}", places(collision))),
        ),
        CollisionKind::Sources | CollisionKind::Paths => Fix::manual(
            "Keep one of them, or rename one",
            "A rename on Windows or macOS often leaves both in git: see which one is the newer.",
            Some(format!("git log --stat -- {}", places(collision))),
        ),
    }
}

fn places(collision: &Collision) -> String {
    let places: Vec<String> = collision.names.iter().map(|(place, _)| in_shell(place)).collect();
    places.join(" ")
}

/// A path as a shell takes it, which knows the tilde outside of quotes alone.
fn in_shell(place: &str) -> String {
    match place.strip_prefix("~/") {
        Some(rest) => format!("~/{}", shell_word(rest)),
        None => shell_word(place),
    }
}
