//! One kind of shell finds another Go than the other, or none, because a line
//! stands in a file that only one of them reads.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::{self, Position, Shells};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, Toolchains};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-context-differs",
    layer: Layer::Shell,
    title: "Terminals and login shells find the same Go",
    impact: "New terminals do not find the go command",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["rc-crlf", "rc-syntax-error", "rc-file-hidden"],
    page: page!("shell/path-context-differs"),
    rule: rule!(judge(Contexts, Toolchains, RcFiles)),
};

fn judge(shells: &Contexts, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    let look = Look { shells, toolchains, rc };
    let terminal = toolchains.active(Context::Interactive);
    let login = toolchains.active(Context::Login);
    let found = match (terminal, login) {
        (None, None) => None,
        (Some(terminal), Some(login)) if is_same(terminal, login) => None,
        (Some(terminal), login) => look.terminals_alone(terminal, login),
        (None, Some(login)) => look.login_alone(login),
    };
    shells.outcome(found.into_iter().collect())
}

/// The same file, or the same version from two places.
fn is_same(one: &GoCommand, other: &GoCommand) -> bool {
    one.real == other.real || (one.version.is_some() && one.version == other.version)
}

struct Look<'a> {
    shells: &'a Contexts,
    toolchains: &'a Toolchains,
    rc: &'a RcFiles,
}

impl Look<'_> {
    /// A line for terminals puts a Go on PATH that login shells lack.
    fn terminals_alone(&self, go: &GoCommand, login: Option<&GoCommand>) -> Option<Finding> {
        let machine = self.rc.machine();
        let folder = go.path.parent()?;
        let environment = self.shells.get(Context::Interactive).ok()?;
        // Without such a line the difference comes from elsewhere, such as the
        // environment of a container, and no file is wrong.
        let writer = self.rc.path_writer(folder, Context::Interactive, environment)?;
        if writer.contexts.contains(&Context::Login) || self.shells.get(Context::Login).is_err() {
            return None;
        }
        let (name, version) = (machine.tilde(folder), go.version_title());
        let theirs = login.map_or_else(|| "finds none".to_owned(), |other| format!("finds {}", other.version_title()));
        let editor_too = self.shells.get(Context::Editor).is_ok()
            && self.toolchains.active(Context::Editor).is_none_or(|editor| !is_same(editor, go));
        let finding =
            Finding::new(&name, severity(go), format!("A new terminal finds {version} in {name}, a login shell {theirs}"))
                .seen_in([Context::Login].into_iter().chain(editor_too.then_some(Context::Editor)))
                .about("go")
                .detail(format!(
                    "{} is read by terminals only. What starts from a login shell {theirs}: desktop programs, editors and their gopls, cron jobs, commands over ssh.",
                    writer.name
                ))
                .evidence(writer.evidence())
                .evidence(self.shells.evidence(Context::Login, "PATH").expected(format!("{} among them", folder.display())));
        Some(
            match login {
                Some(other) => finding.evidence(Evidence::new(machine.tilde(&other.path), other.version_title())),
                None => finding,
            }
            .fix(remedy::add_to_path(self.rc, folder, Position::Front, Shells::Login)),
        )
    }

    /// A line for terminals forgets the PATH that login shells set.
    fn login_alone(&self, go: &GoCommand) -> Option<Finding> {
        let folder = go.path.parent()?;
        let reset = self.rc.path_reset(Context::Interactive)?;
        if reset.contexts.contains(&Context::Login) || self.shells.get(Context::Interactive).is_err() {
            return None;
        }
        let name = self.rc.machine().tilde(folder);
        let finding = Finding::new(
            &name,
            Severity::Error,
            format!("A login shell finds {} in {name}, a new terminal finds none", go.version_title()),
        )
        .seen_in([Context::Interactive])
        .about("go")
        .detail(format!(
            "{} sets PATH anew and forgets what was there. In every new terminal go ends with: {}.",
            reset.place(),
            self.rc.shell().command_not_found("go")
        ))
        .evidence(reset.evidence().expected("the old PATH as a part of the new one"))
        .evidence(
            self.shells.evidence(Context::Interactive, "PATH").expected(format!("{} among them", folder.display())),
        );
        let keep = keep_path(&reset);
        Some(finding.fixes(keep).fix(remedy::comment_out(&reset, "it forgets what PATH was before")))
    }
}

/// What a version manager adds to terminals alone is what its manual says.
fn severity(go: &GoCommand) -> Severity {
    if go.shim || go.origin.is_manager() { Severity::Info } else { Severity::Warning }
}

/// Adds the old PATH to a line that sets it anew, where that is a matter of a
/// few characters.
fn keep_path(reset: &Writer) -> Option<Fix> {
    let text = reset.text.trim_end();
    let (head, value) = text.split_once("PATH=")?;
    let plain = |part: &str| !part.contains([' ', ';', '#', '&', '|', '(', '\'', '`', '\\']);
    let ends_plainly = Path::new(value).is_absolute() && plain(value) && !value.contains('"');
    let with = match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if plain(inner) && !inner.contains('"') => format!("{head}PATH=\"{inner}:$PATH\""),
        None if ends_plainly => format!("{head}PATH={value}:$PATH"),
        _ => return None,
    };
    Some(remedy::replace_line(format!("Keep the old PATH in {}", reset.place()), reset, with))
}
