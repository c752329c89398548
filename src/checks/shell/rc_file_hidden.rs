//! bash does not read ~/.profile, because another start file stands before it.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::collections::order;
use crate::host::Environment;
use crate::model::{Class, Context, Edit, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::shell::{Contexts, GoFolders, HiddenFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-file-hidden",
    layer: Layer::Shell,
    title: "No start file hides another one",
    impact: "Settings in a start file are never read",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("shell/rc-file-hidden"),
    rule: rule!(judge(Contexts, HiddenFiles, GoFolders)),
};

/// What Go reads from the environment and people set in start files.
const VARIABLES: [&str; 17] = [
    "GOROOT",
    "GOPATH",
    "GOBIN",
    "GOPROXY",
    "GOPRIVATE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOSUMDB",
    "GOFLAGS",
    "GOTOOLCHAIN",
    "GOMODCACHE",
    "GOCACHE",
    "GOENV",
    "CGO_ENABLED",
    "HTTPS_PROXY",
    "https_proxy",
    "SSL_CERT_FILE",
];

fn judge(shells: &Contexts, hidden: &HiddenFiles, folders: &GoFolders) -> Outcome {
    let Some(by) = &hidden.by else { return Outcome::Passed };
    let Ok(login) = shells.get(Context::Login) else { return shells.outcome(Vec::new()) };
    let lost = lost(hidden, folders, login);
    shells.outcome(finding(hidden, by, &lost).into_iter().collect())
}

/// The lines that would give Go something that a login shell lacks.
fn lost(hidden: &HiddenFiles, folders: &GoFolders, login: &Environment) -> Vec<Writer> {
    let unset = VARIABLES.iter().filter(|name| login.raw(name).is_none());
    let variables = unset.filter_map(|name| hidden.rc.writers(name).pop());
    let on_path = login.path_entries();
    let is_off_path = |folder: &&Path| !on_path.iter().any(|entry| Path::new(entry) == *folder);
    let off_path = folders.found.iter().map(|go| go.folder.as_path()).filter(is_off_path);
    let paths = off_path.filter_map(|folder| hidden.rc.path_writer(folder, Context::Login, login));
    let mut lines: Vec<Writer> = Vec::new();
    for writer in variables.chain(paths) {
        if !lines.iter().any(|known| known.place() == writer.place()) {
            lines.push(writer);
        }
    }
    order::sort_by(&mut lines, |a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    lines
}

fn finding(hidden: &HiddenFiles, by: &Path, lost: &[Writer]) -> Option<Finding> {
    let first = lost.first()?;
    let reader = hidden.rc.machine().tilde(by);
    let mut names: Vec<&str> = lost.iter().flat_map(|writer| writer.sets.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    Some(
        Finding::new(
            &first.name,
            Severity::Warning,
            format!("bash never reads {}: {reader} stands before it", first.name),
        )
        .seen_in([Context::Login])
        .about(names.first().copied().unwrap_or("PATH"))
        .detail(format!(
            "A login bash reads the first of ~/.bash_profile, ~/.bash_login and ~/.profile, and no other. What {} sets is lost: {}.",
            first.name,
            remedy::listed(&names)
        ))
        .evidences(lost.iter().map(Writer::evidence))
        .evidence(Evidence::new(&reader, "is read in its place").expected(format!(". {}", first.name)))
        .fix(read_too(by, &reader, first)),
    )
}

/// The file that is read reads the hidden one in its turn.
fn read_too(by: &Path, reader: &str, hidden: &Writer) -> Fix {
    let line = match hidden.name.strip_prefix("~/") {
        Some(rest) => format!("[ -r \"$HOME/{rest}\" ] && . \"$HOME/{rest}\""),
        None => format!("[ -r '{0}' ] && . '{0}'", hidden.path.display()),
    };
    let step = Step::EditFile { path: by.to_owned(), edits: vec![Edit::Append { lines: vec![line] }] };
    Fix::new(format!("Read {} from {reader}", hidden.name), Class::Review, vec![step]).awaits(remedy::NEW_SHELL)
}
