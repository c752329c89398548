//! A start file puts a folder on PATH that does not exist.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::path_entry::{Spelling, spellings};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::shell::{Contexts, EntryKind, PathEntries, PathEntry, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-entry-missing",
    layer: Layer::Shell,
    title: "The folders that start files put on PATH are there",
    impact: "A folder that was meant to be on PATH is gone",
    severity: Severity::Info,
    class: Some(Class::Safe),
    causes: &["rc-crlf"],
    page: page!("shell/path-entry-missing"),
    rule: rule!(judge(Contexts, PathEntries, RcFiles)),
};

fn judge(shells: &Contexts, path: &PathEntries, rc: &RcFiles) -> Outcome {
    shells.outcome(path.entries.iter().filter_map(|entry| finding(entry, shells, rc)).collect())
}

fn finding(entry: &PathEntry, shells: &Contexts, rc: &RcFiles) -> Option<Finding> {
    let folder = Path::new(&entry.text);
    let contexts: Vec<_> = entry.contexts().filter(|context| PathEntries::FRESH.contains(context)).collect();
    if entry.kind != EntryKind::Absent || contexts.is_empty() || comes_later(folder, shells, rc) {
        return None;
    }
    let spelled: Vec<Spelling> = spellings(rc, &entry.text).into_iter().filter(Spelling::is_of_user).collect();
    let fixes: Vec<_> = spelled.iter().filter_map(|line| line.removed("the folder does not exist")).collect();
    let first = spelled.first()?;
    let name = rc.machine().tilde(folder);
    Some(
        Finding::new(&name, Severity::Info, format!("{} puts {name} on PATH, which does not exist", first.writer.place()))
            .seen_in(contexts)
            .about("PATH")
            .detail("Nothing fails because of it. It is what is left of something that was moved or removed, or a slip of the pen.")
            .evidences(spelled.iter().map(|line| line.writer.evidence()))
            .evidence(Evidence::new(name, "no such folder"))
            .fixes(fixes),
    )
}

/// Folders that are named before they are there, as a matter of course: those
/// that tools make when they install their first program, and those of drives
/// that are not mounted all the time.
fn comes_later(folder: &Path, shells: &Contexts, rc: &RcFiles) -> bool {
    let away = ["/mnt", "/media", "/run", "/Volumes", "/net", "/snap", "/var/lib"];
    if away.iter().any(|place| folder.starts_with(place)) || is_of_every_system(folder) {
        return true;
    }
    let home = rc.machine().user.home.as_deref();
    let Some(below) = home.and_then(|home| folder.strip_prefix(home).ok()) else { return is_of_go(folder, shells) };
    // ~/bin, ~/go/bin, and what tools keep below a hidden folder.
    let is_of_go_tool = |part: &str| [".go", ".gvm", "go"].iter().any(|begin| part.starts_with(begin));
    let parts: Vec<_> = below.iter().filter_map(|part| part.to_str()).collect();
    let hidden =
        parts.first().is_some_and(|part| part.starts_with('.')) && !parts.iter().any(|part| is_of_go_tool(part));
    below == Path::new("bin") || below == Path::new("go/bin") || hidden || is_of_go(folder, shells)
}

fn is_of_every_system(folder: &Path) -> bool {
    ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/usr/games", "/usr/local/games"]
        .iter()
        .any(|place| folder == Path::new(place))
}

/// GOBIN and the `bin` of a GOPATH are made by the first `go install`.
fn is_of_go(folder: &Path, shells: &Contexts) -> bool {
    shells.known().any(|(_, environment)| {
        let bin = environment.get("GOBIN").is_some_and(|bin| Path::new(bin) == folder);
        let paths = environment.get("GOPATH").unwrap_or_default();
        bin || paths.split(':').any(|path| !path.is_empty() && Path::new(path).join("bin") == folder)
    })
}
