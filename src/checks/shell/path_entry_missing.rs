//! A line of the user's puts a folder on PATH that is not there.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy;
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, EntryState, PathEntries, PathEntry, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-entry-missing",
    layer: Layer::Shell,
    title: "The folders that start files put on PATH are there",
    impact: "A line of a start file has no effect any more",
    severity: Severity::Info,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/path-entry-missing"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles, Settings)),
};

/// Folders below home that are put on PATH before anything lies there.
const USUAL: [&str; 3] = ["bin", ".local/bin", "go/bin"];

fn judge(shells: &Contexts, entries: &PathEntries, rc: &RcFiles, settings: &Settings) -> Outcome {
    let absent = entries.found.iter().filter(|entry| entry.state == EntryState::Absent(None));
    let findings = absent.filter(|entry| !is_usual(entry, rc, settings)).filter_map(|entry| finding(shells, entry, rc));
    let findings: Vec<Finding> = findings.collect();
    match entries.unknown() {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ => shells.outcome(findings),
    }
}

/// `go install` makes its folder when there is something to put there.
fn is_usual(entry: &PathEntry, rc: &RcFiles, settings: &Settings) -> bool {
    let path = Path::new(&entry.text);
    let home = rc.machine().user.home.as_ref();
    let below_home = home.is_some_and(|home| USUAL.iter().any(|usual| home.join(usual) == path));
    let of_go = settings.views().any(|(_, view)| {
        view.bin_folder().as_deref() == Some(path) || view.gopath().iter().any(|folder| folder.join("bin") == path)
    });
    below_home || of_go
}

/// What the system puts there, guarded or not, is its own business.
fn finding(shells: &Contexts, entry: &PathEntry, rc: &RcFiles) -> Option<Finding> {
    let context = entry.fresh()?;
    let writer = rc.path_writer(Path::new(&entry.text), context, shells.get(context).ok()?)?;
    if !writer.own {
        return None;
    }
    let name = rc.machine().tilde(Path::new(&entry.text));
    let fix = rc
        .adds_nothing_else(&writer, &entry.text)
        .then(|| remedy::comment_out(&writer, "this folder is not there any more"));
    Some(
        Finding::new(&name, Severity::Info, format!("{name} is put on PATH, and is not there"))
            .seen_in(entry.seen_in())
            .about("PATH")
            .detail("It does no harm. It was removed or never made: what it should bring is not found.")
            .evidence(writer.evidence())
            .evidence(Evidence::new(&name, "not there"))
            .fixes(fix),
    )
}
