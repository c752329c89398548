//! A program is empty, or not all of it is there.

use crate::checks::Check;
use crate::checks::remedy::shell_word;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::project::{Binaries, Flaw, FlawedProgram, Outputs, Shelf};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "binary-empty",
    layer: Layer::Project,
    title: "Programs that were built are all there",
    impact: "A program that was built is not whole",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &["disk-full"],
    page: page!("project/binary-empty"),
    rule: rule!(judge(Outputs, Binaries)),
};

/// How many programs of one folder are shown.
const SHOWN: usize = 8;

fn judge(outputs: &Outputs, binaries: &Binaries) -> Outcome {
    let installed = binaries.flawed.iter().filter(|program| program.shelf == Shelf::Installed);
    let mut groups: Vec<Vec<&FlawedProgram>> = Vec::new();
    for program in outputs.flawed.iter().chain(installed) {
        let is_alike = |group: &&mut Vec<&FlawedProgram>| {
            group
                .first()
                .is_some_and(|first| first.folder == program.folder && kind(&first.flaw) == kind(&program.flaw))
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(program),
            None => groups.push(vec![program]),
        }
    }
    let findings: Vec<Finding> = groups.iter().map(|group| finding(group)).collect();
    Outcome::of(findings).or_unknown(outputs.problem.as_ref().or(binaries.problem.as_ref()))
}

/// What programs of one finding have in common.
fn kind(flaw: &Flaw) -> &'static str {
    match flaw {
        Flaw::Empty => "empty",
        Flaw::Damaged(_) => "damaged",
        Flaw::EndMissing(_) => "end-missing",
        Flaw::NoCode => "no-code",
    }
}

fn finding(group: &[&FlawedProgram]) -> Finding {
    let first = group[0];
    let (who, one) = match group {
        [one] => (one.name.clone(), true),
        many => (format!("{} programs in {}", many.len(), first.folder), false),
    };
    let (is, has, lacks, their) = if one { ("is", "has", "lacks", "its") } else { ("are", "have", "lack", "their") };
    let (severity, what, detail) = match &first.flaw {
        Flaw::Empty => (
            Severity::Error,
            format!("{is} empty"),
            "A shell that starts it does nothing and reports success; other programs get: exec format error.",
        ),
        Flaw::Damaged(_) => (
            Severity::Error,
            format!("{is} damaged: {their} headers speak of more than is there"),
            "It was copied or written only in part. Started, it ends with: Segmentation fault, or Exec format error.",
        ),
        Flaw::EndMissing(_) => (
            Severity::Warning,
            format!("{lacks} {their} end, which is for debuggers only"),
            "It was copied or written only in part. It starts, and a debugger finds neither names nor lines in it.",
        ),
        Flaw::NoCode => (
            Severity::Error,
            format!("{has} no machine code"),
            "Its headers are whole, and nothing in it can be executed. Started, it ends with: Segmentation fault.",
        ),
    };
    let mut finding =
        Finding::new(format!("{}:{}", first.folder, kind(&first.flaw)), severity, format!("{who} {what}"))
            .detail(detail);
    for program in group.iter().take(SHOWN) {
        finding = finding.evidence(Evidence::new(&program.name, observed(&program.flaw)));
    }
    if group.len() > SHOWN {
        finding = finding.evidence(Evidence::new(&first.folder, format!("{} more", group.len() - SHOWN)));
    }
    finding.fix(again_by_hand(group))
}

fn observed(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Empty => "0 bytes".to_owned(),
        Flaw::Damaged(what) | Flaw::EndMissing(what) => what.clone(),
        Flaw::NoCode => "no code section".to_owned(),
    }
}

/// A file that is there counts as built for make and its like: it has to go.
fn again_by_hand(group: &[&FlawedProgram]) -> Fix {
    let (title, text) = match group[0].shelf {
        Shelf::Project => (
            "Delete it and build again",
            "While the file is there, make and its like may take it for up to date and build nothing.",
        ),
        Shelf::Installed => ("Delete it and install again", "go install writes it anew."),
    };
    let names: Vec<String> = group.iter().take(SHOWN).map(|program| word(&program.name)).collect();
    Fix::manual(title, text, Some(format!("rm {}", names.join(" "))))
}

/// A path for a command line; the shell fills in `~` only where no quote is.
fn word(name: &str) -> String {
    match name.strip_prefix("~/") {
        Some(rest) => format!("~/{}", shell_word(rest)),
        None => shell_word(name),
    }
}
