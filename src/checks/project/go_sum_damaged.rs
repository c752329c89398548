//! go.mod or go.sum has conflict markers or lines that Go cannot read.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::project::{Damage, DamagedFile, Damages, GoMod, Role, Vendor};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-sum-damaged",
    layer: Layer::Project,
    title: "go.mod and go.sum can be read",
    impact: "Go cannot read this module's files",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/go-sum-damaged"),
    rule: rule!(judge(GoMod, Vendor, Toolchains, Damages)),
};

/// How many lines are shown.
const SHOWN: usize = 6;

fn judge(module: &GoMod, vendor: &Vendor, toolchains: &Toolchains, damages: &Damages) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("this folder is in no module") };
    // Sums are read once something is required, and not for a vendor folder.
    let requires = module.content.as_ref().is_ok_and(|content| !content.requires.is_empty());
    let reads_sums = requires && vendor.found.is_none();
    let version = toolchains.in_use().and_then(|(_, go)| go.version.clone());
    let findings: Vec<Finding> = damages.files.iter().map(|file| finding(file, reads_sums, version.as_ref())).collect();
    Outcome::of(findings).or_unknown(damages.problem.as_ref())
}

fn finding(file: &DamagedFile, reads_sums: bool, version: Option<&GoVersion>) -> Finding {
    let short = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let conflict = file.lines.iter().any(|line| line.kind == Damage::ConflictMarker);
    let first = file.lines.first().map_or(0, |line| line.line);
    let summary = match conflict {
        true => format!("{} has the markers of an unfinished merge", file.name),
        false if file.lines.len() == 1 => format!("Line {first} of {} cannot be read", file.name),
        false => format!("{} has {} lines that cannot be read", file.name, file.lines.len()),
    };
    let severity = if file.role == Role::Requirements || reads_sums { Severity::Error } else { Severity::Warning };
    let said = match file.role {
        Role::Requirements => format!("Every go command here ends with: go: errors parsing {short}."),
        Role::Sums if !reads_sums => {
            format!("Nothing reads {short} as things stand. The next go command that does ends with: malformed go.sum.")
        }
        Role::Sums if version.is_some_and(|version| version.language() < (1, 22)) => format!(
            "This Go passes over {short} without a word and then misses its entries: missing go.sum entry. Later ones end with: malformed go.sum: wrong number of fields."
        ),
        Role::Sums => format!("Builds end with: malformed go.sum: {short}:{first}: wrong number of fields."),
    };
    let evidence = file.lines.iter().take(SHOWN).map(|line| {
        let what = match &line.kind {
            Damage::ConflictMarker => line.text.clone(),
            Damage::Malformed(what) if line.text.is_empty() => what.clone(),
            Damage::Malformed(what) => format!("{} ({what})", line.text),
        };
        Evidence::new(format!("{}:{}", file.name, line.line), what)
    });
    Finding::new(&file.name, severity, summary).detail(said).evidences(evidence).fix(by_hand(file, conflict, first))
}

/// Both sides of a merge are somebody's decision, and sums are Go's own: no
/// tool may choose among them.
fn by_hand(file: &DamagedFile, conflict: bool, first: usize) -> Fix {
    let (title, text) = match (file.role, conflict) {
        (Role::Sums, true) => (
            "Finish the merge: keep the sums of both sides",
            "Delete the marker lines alone and keep all others: go.sum may have more lines than it needs. Then run go mod tidy, which drops the ones too many.",
        ),
        (Role::Sums, false) => (
            "Take the file from version control",
            "Compare it with the version in git. When the line is lost, delete it whole, and go mod tidy adds the sum again after checking it.",
        ),
        (Role::Requirements, true) => (
            "Finish the merge",
            "Of two versions of one requirement keep the higher one; keep what only one side has. Then run go mod tidy.",
        ),
        (Role::Requirements, false) => ("Correct the line", "Compare the file with the version in git."),
    };
    Fix::manual(title, text, Some(format!("${{EDITOR:-vi}} +{first} {}", file.path.display())))
}
