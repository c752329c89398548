//! One folder stands on PATH again and again.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::{
    self,
    path_entry::{Spelling, spellings},
};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::shell::{Contexts, EntryKind, Form, PathEntries, PathEntry, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-duplicate",
    layer: Layer::Shell,
    title: "PATH names each folder once or twice",
    impact: "PATH is longer than it has to be",
    severity: Severity::Info,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/path-duplicate"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles)),
};

/// How often a folder may stand there: once from a login shell and once more
/// from the terminal below it is what most start files come to.
const USUAL: usize = 2;

fn judge(shells: &Contexts, path: &PathEntries, rc: &RcFiles) -> Outcome {
    shells.outcome(path.entries.iter().filter_map(|entry| finding(entry, rc)).collect())
}

fn finding(entry: &PathEntry, rc: &RcFiles) -> Option<Finding> {
    // In a session that is nested in others each shell may have added it.
    let seen: Vec<_> = entry
        .places
        .iter()
        .filter(|(context, places)| PathEntries::FRESH.contains(context) && places.len() > USUAL)
        .collect();
    let most = seen.iter().map(|(_, places)| places.len()).max()?;
    if !matches!(entry.kind, EntryKind::Folder | EntryKind::Absent) {
        return None;
    }
    let name = rc.machine().tilde(Path::new(&entry.text));
    let spelled: Vec<Spelling> = spellings(rc, &entry.text).into_iter().filter(Spelling::is_of_user).collect();
    // One line adds it once: the others come from the base that the desktop or
    // the shell above gives.
    if spelled.len() < 2 {
        return None;
    }
    let places = |places: &[usize]| {
        let places: Vec<String> = places.iter().map(|place| (place + 1).to_string()).collect();
        format!("{} at places {}", entry.text, remedy::listed(&places))
    };
    Some(
        Finding::new(&name, Severity::Info, format!("{name} stands on PATH {most} times"))
            .seen_in(seen.iter().map(|(context, _)| *context))
            .about("PATH")
            .detail("Only the first one counts. The others make PATH hard to read, and a later change of one of the lines seems to do nothing.")
            .evidences(spelled.iter().map(|line| line.writer.evidence()))
            .evidences(seen.iter().map(|(context, at)| Evidence::new(format!("PATH of {}", context.title()), places(at))))
            .fixes(once(&spelled)),
    )
}

/// Keeps the line that the first entry comes from, and comments out the
/// others that are there for nothing else.
fn once(spelled: &[Spelling]) -> Vec<Fix> {
    let plain: Vec<&Spelling> =
        spelled.iter().filter(|line| line.writer.form == Form::Posix && line.adds_nothing_else()).collect();
    let in_front = |line: &&&Spelling| line.behind().contains("PATH");
    let Some(kept) = plain.iter().rfind(in_front).or_else(|| plain.first()) else { return Vec::new() };
    let same = |line: &Spelling| line.writer.path == kept.writer.path && line.writer.line == kept.writer.line;
    let why = format!("{} does the same", kept.writer.place());
    let others: Vec<Fix> =
        plain.iter().filter(|line| !same(line)).map(|line| remedy::comment_out(&line.writer, &why)).collect();
    let class = others.iter().map(|fix| fix.class).max();
    let (Some(class), places) = (class, plain.iter().filter(|line| !same(line)).map(|line| line.writer.place())) else {
        return Vec::new();
    };
    let title = format!("Comment out {}", remedy::listed(&places.collect::<Vec<_>>()));
    let steps = others.into_iter().flat_map(|fix| fix.steps).collect();
    vec![Fix::new(title, class, steps).awaits(remedy::NEW_SHELL)]
}
