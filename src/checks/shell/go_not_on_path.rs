//! A Go is installed, and no shell finds it.

use crate::checks::Check;
use crate::checks::remedy::{self, Position, Shells};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::go::Toolchains;
use crate::probes::shell::{Contexts, GoFolder, GoFolders, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-not-on-path",
    layer: Layer::Shell,
    title: "The Go that is installed is on PATH",
    impact: "The go command is not found",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["rc-crlf", "rc-syntax-error", "rc-file-hidden"],
    page: page!("shell/go-not-on-path"),
    rule: rule!(judge(Contexts, Toolchains, GoFolders, RcFiles)),
};

/// How many of several installations are offered.
const OFFERED: usize = 3;

fn judge(shells: &Contexts, toolchains: &Toolchains, folders: &GoFolders, rc: &RcFiles) -> Outcome {
    let Some(newest) = folders.found.first() else {
        return Outcome::skipped("no Go is installed in a place that is known");
    };
    if toolchains.in_use().is_some() {
        return Outcome::Passed;
    }
    // A shell that could not be asked may find it.
    if let Some(missing) = shells.unasked() {
        return missing.into();
    }
    let machine = rc.machine();
    let contexts: Vec<Context> = shells.known().map(|(context, _)| context).collect();
    let fixes = folders.found.iter().take(OFFERED).map(|go| {
        let mut fix = remedy::add_to_path(rc, &go.folder, Position::Front, Shells::Every);
        if folders.found.len() > 1 {
            fix.title = format!("{} ({})", fix.title, version(go));
        }
        fix
    });
    let path = shells.get(Context::Interactive).ok().and_then(|environment| environment.get("PATH"));
    Finding::new(
        machine.tilde(&newest.folder),
        Severity::Error,
        format!("{} lies in {}, which is on no PATH", version(newest), machine.tilde(&newest.folder)),
    )
    .seen_in(contexts)
    .about("go")
    .detail(format!(
        "No PATH has a folder with a go command in it, so every go command ends with: {}. Editors and their tools find none either.",
        rc.shell().command_not_found("go")
    ))
    .evidence(Evidence::new("PATH of a new terminal", path.unwrap_or("not set")).expected(format!("{} among them", newest.folder.display())))
    .evidences(folders.found.iter().take(OFFERED).map(|go| {
        Evidence::new(machine.tilde(&go.folder.join("go")), format!("{}, {}", version(go), go.origin.title()))
    }))
    .fixes(fixes)
    .into()
}

fn version(go: &GoFolder) -> String {
    go.version.as_ref().map_or_else(|| "Go".to_owned(), ToString::to_string)
}
