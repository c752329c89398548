//! One folder stands on PATH again and again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::checks::Check;
use crate::checks::remedy::{NEW_SHELL, listed};
use crate::model::{Class, Context, Edit, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, text};
use crate::probes::shell::{Contexts, EntryState, PathEntries, PathEntry, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-duplicate",
    layer: Layer::Shell,
    title: "No folder stands on PATH again and again",
    impact: "PATH grows, and lookups take longer",
    severity: Severity::Info,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/path-duplicate"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles)),
};

/// A line that both a login shell and the terminal after it read puts its
/// folder there twice.
const USUAL: usize = 2;

fn judge(shells: &Contexts, entries: &PathEntries, rc: &RcFiles) -> Outcome {
    let folders = entries.found.iter().filter(|entry| entry.state == EntryState::Folder);
    shells.outcome(folders.filter_map(|entry| finding(entry, rc)).collect())
}

fn finding(entry: &PathEntry, rc: &RcFiles) -> Option<Finding> {
    let fresh = |context: &Context| matches!(context, Context::Interactive | Context::Login);
    let often = entry.contexts.iter().filter(|(context, times)| fresh(context) && *times > USUAL);
    let often: Vec<(Context, usize)> = often.copied().collect();
    let (context, times) = often.first().copied()?;
    let name = rc.machine().tilde(Path::new(&entry.text));
    let writers = rc.lines_that_add(&entry.text, context);
    let evidence: Vec<Evidence> = match writers.as_slice() {
        [] => vec![Evidence::new(format!("PATH of {}", context.title()), format!("{name}, {times} times"))],
        writers => writers.iter().map(Writer::evidence).collect(),
    };
    Some(
        Finding::new(&name, Severity::Info, format!("{name} stands on PATH {}", text::count(times, "time")))
            .seen_in(often.iter().map(|(context, _)| *context))
            .about("PATH")
            .detail("It does no harm but to speed: each lookup of a command that is not there looks into it as often.")
            .evidences(evidence)
            .fixes(fix(entry, rc, &writers)),
    )
}

/// The first of the lines is enough.
fn fix(entry: &PathEntry, rc: &RcFiles, writers: &[Writer]) -> Option<Fix> {
    let (_, others) = writers.split_first()?;
    let needless: Vec<&Writer> =
        others.iter().filter(|writer| writer.own && rc.adds_nothing_else(writer, &entry.text)).collect();
    if needless.is_empty() || needless.len() < others.len() {
        return None;
    }
    let places: Vec<String> = needless.iter().map(|writer| writer.place()).collect();
    let mut files: BTreeMap<PathBuf, Vec<Edit>> = BTreeMap::new();
    for writer in needless {
        let (line, was) = (writer.line, writer.text.clone());
        let reason = "this folder is on PATH already".to_owned();
        files.entry(writer.path.clone()).or_default().push(Edit::CommentOut { line, was, reason });
    }
    let steps = files.into_iter().map(|(path, edits)| Step::EditFile { path, edits });
    Some(Fix::new(format!("Comment out {}", listed(&places)), Class::Safe, steps.collect()).awaits(NEW_SHELL))
}
