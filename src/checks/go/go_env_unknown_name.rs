//! Something is set for Go under a name that Go does not read.

use crate::checks::{Check, remedy};
use crate::model::text::shorten;
use crate::model::{Class, Edit, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, mask};
use crate::probes::go::{NamePlace, RunningGos, UnknownName, UnknownNames};
use crate::probes::shell::{Contexts, Form, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-env-unknown-name",
    layer: Layer::Go,
    title: "What is set for Go has a name that Go reads",
    impact: "A Go setting has no effect",
    severity: Severity::Info,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/go-env-unknown-name"),
    rule: rule!(judge(Contexts, RunningGos, UnknownNames, RcFiles)),
};

/// How much of a name stands in a summary.
const SHOWN: usize = 40;

fn judge(shells: &Contexts, running: &RunningGos, names: &UnknownNames, rc: &RcFiles) -> Outcome {
    if running.is_empty() {
        return Outcome::skipped("no go is on any PATH");
    }
    let findings: Vec<Finding> = names.found.iter().filter_map(|unknown| finding(unknown, rc)).collect();
    shells.outcome(findings).or_unknown(names.untold.as_ref())
}

/// What only a running program has is its own affair.
fn finding(unknown: &UnknownName, rc: &RcFiles) -> Option<Finding> {
    let name = &unknown.name;
    let shown = shorten(name, SHOWN);
    let line = mask(&format!("{name}={}", unknown.value)).into_owned();
    let key = match &unknown.place {
        NamePlace::Environment => line.clone(),
        NamePlace::File { file, .. } => format!("{file}:{name}"),
    };
    let (evidence, fixes, summary) = match &unknown.place {
        NamePlace::Environment if unknown.contexts.iter().all(|context| context.is_already_running()) => return None,
        NamePlace::Environment => {
            let writer = rc.writer_of(name, &unknown.value);
            let whose = unknown.contexts.first().map_or("a shell", |context| context.title());
            let evidence = match &writer {
                Some(writer) => writer.evidence(),
                None => Evidence::new(format!("environment of {whose}"), line),
            };
            let meant = unknown.meant.unwrap_or_default();
            (
                evidence,
                in_shell(unknown, writer.as_ref()),
                format!("Go does not read {shown}; the setting is called {meant}"),
            )
        }
        NamePlace::File { file, line: number, .. } => {
            let summary = match unknown.meant {
                Some(meant) => format!("Go does not read {shown}; the setting is called {meant}"),
                None => format!("{shown} has no effect in Go's settings file"),
            };
            (Evidence::new(format!("{file}:{number}"), line), in_file(unknown), summary)
        }
    };
    Some(
        Finding::new(key, Severity::Info, summary)
            .detail(detail(unknown))
            .seen_in(unknown.contexts.clone())
            .about(name)
            .evidence(evidence)
            .fixes(fixes),
    )
}

fn detail(unknown: &UnknownName) -> String {
    let name = &unknown.name;
    match (&unknown.place, unknown.meant) {
        (NamePlace::Environment, Some(meant)) => {
            format!("Go says nothing about it, and {meant} keeps its default. Another program may read {name}.")
        }
        (_, Some(meant)) => format!(
            "Go skips the line, and {meant} keeps its default. go env -w would have said: go: unknown go command variable {name}."
        ),
        (_, None) => format!(
            "Go skips the line: this file is for the settings that go env shows, and not for variables of programs. go env -w would have said: go: unknown go command variable {name}."
        ),
    }
}

/// A shell's variable may be read by others: both ways are a choice.
fn in_shell(unknown: &UnknownName, writer: Option<&Writer>) -> Vec<Fix> {
    let Some(writer) = writer else { return vec![remedy::forget(&unknown.name)] };
    let renamed = unknown.meant.and_then(|meant| {
        let line = renamed(writer, &unknown.name, meant)?;
        Some(remedy::reviewed(remedy::replace_line(format!("Call it {meant} in {}", writer.place()), writer, line)))
    });
    let removed = remedy::reviewed(remedy::comment_out(writer, "Go reads no variable of this name"));
    renamed.into_iter().chain([removed]).collect()
}

/// The line with the right name; None where the name stands in it twice. A
/// GOROOT does more harm than its look-alike.
fn renamed(writer: &Writer, name: &str, meant: &str) -> Option<String> {
    let once = writer.text.matches(name).count() == 1 && writer.sets.len() == 1;
    (once && meant != "GOROOT" && writer.form != Form::FishVariables).then(|| writer.text.replace(name, meant))
}

fn in_file(unknown: &UnknownName) -> Vec<Fix> {
    let NamePlace::File { path, file, line } = &unknown.place else { return Vec::new() };
    let name = &unknown.name;
    let renamed = unknown.meant.filter(|meant| *meant != "GOROOT").map(|meant| {
        let value = &unknown.value;
        let edit = Edit::ReplaceLine { line: *line, was: format!("{name}={value}"), with: format!("{meant}={value}") };
        let step = Step::EditFile { path: path.clone(), edits: vec![edit] };
        Fix::new(format!("Call it {meant} in {file}"), Class::Review, vec![step])
    });
    let step = Step::UnsetGo { file: path.clone(), name: name.clone() };
    let removed = Fix::new(format!("Remove {} from {file}", shorten(name, SHOWN)), Class::Safe, vec![step]);
    renamed.into_iter().chain([removed]).collect()
}
