//! A program that runs already has another PATH than a new shell gets.

use crate::checks::Check;
use crate::checks::remedy::{self, Position, Shells};
use crate::host::Environment;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "path-stale-session",
    layer: Layer::Shell,
    title: "This session finds the Go that a new terminal finds",
    impact: "This terminal does not see what was changed",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("shell/path-stale-session"),
    rule: rule!(judge(Contexts, Toolchains, RcFiles)),
};

fn judge(shells: &Contexts, toolchains: &Toolchains, rc: &RcFiles) -> Outcome {
    if shells.get(Context::Interactive).is_err() {
        return shells.outcome(Vec::new());
    }
    let look = Look { shells, toolchains, rc };
    let findings = [Context::Session, Context::Editor].into_iter().filter_map(|context| look.at(context)).collect();
    Outcome::of(findings)
}

struct Look<'a> {
    shells: &'a Contexts,
    toolchains: &'a Toolchains,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn at(&self, context: Context) -> Option<Finding> {
        let environment = self.shells.get(context).ok()?;
        let fresh = self.toolchains.active(Context::Interactive);
        match (self.toolchains.active(context), fresh) {
            (None, Some(fresh)) => self.lacks(context, fresh),
            (Some(own), Some(fresh)) if own.version != fresh.version => self.differs(context, own, fresh, environment),
            (Some(own), None) => self.by_hand(context, own, environment),
            _ => None,
        }
    }

    /// A new terminal finds a Go that this one does not.
    fn lacks(&self, context: Context, fresh: &GoCommand) -> Option<Finding> {
        // What login shells lack too an editor cannot have: that is another
        // fault.
        if context == Context::Editor && self.toolchains.active(Context::Login).is_none() {
            return None;
        }
        let summary =
            format!("{} finds no go; a new terminal finds {}", capital(context.title()), fresh.version_title());
        let detail = format!(
            "{} was started before PATH got {}, or by something that does not read the start files.",
            capital(context.title()),
            self.folder(fresh)
        );
        Some(self.finding(context, summary, detail, fresh).fix(restart(context)))
    }

    /// Both find one, and not the same.
    fn differs(
        &self,
        context: Context,
        own: &GoCommand,
        fresh: &GoCommand,
        environment: &Environment,
    ) -> Option<Finding> {
        let chosen = own.shim || fresh.shim || own.origin.is_manager() || is_made_for_a_project(environment);
        let in_project = own.path.starts_with(&self.rc.machine().folder);
        // Only a line of a start file tells that the new one is meant.
        let writer = self.rc.path_writer(fresh.path.parent()?, Context::Interactive, self.interactive()?);
        if chosen || in_project || writer.is_none() {
            return None;
        }
        let summary = format!(
            "{} runs {}; a new terminal runs {}",
            capital(context.title()),
            own.version_title(),
            fresh.version_title()
        );
        let detail = format!(
            "{} has the PATH from when it was started, or one that was changed by hand since.",
            capital(context.title())
        );
        let own = Evidence::new(self.rc.machine().tilde(&own.path), own.version_title());
        Some(self.finding(context, summary, detail, fresh).evidence(own).fix(restart(context)))
    }

    /// This session finds one, and no new terminal will.
    fn by_hand(&self, context: Context, own: &GoCommand, environment: &Environment) -> Option<Finding> {
        let machine = self.rc.machine();
        let folder = own.path.parent()?;
        // In a container PATH comes with the image; login shells there may
        // well lack it, and nobody uses them.
        let elsewhere =
            machine.container || is_made_for_a_project(environment) || own.path.starts_with(&machine.folder);
        if context != Context::Session || elsewhere || self.toolchains.active(Context::Login).is_some() {
            return None;
        }
        let name = machine.tilde(folder);
        let path = environment.get("PATH").unwrap_or_default();
        Some(
            Finding::new(
                format!("session:{name}"),
                Severity::Info,
                format!("Only this session finds {}: no start file puts {name} on PATH", own.version_title()),
            )
            .seen_in([Context::Interactive, Context::Login])
            .about("go")
            .detail(format!(
                "PATH was set by hand here, or by the program that started this shell. In the next terminal go ends with: {}.",
                self.rc.shell().command_not_found("go")
            ))
            .evidence(Evidence::new("PATH of this session", path))
            .evidence(self.shells.evidence(Context::Interactive, "PATH"))
            .fix(remedy::add_to_path(self.rc, folder, Position::Front, Shells::Every)),
        )
    }

    fn finding(&self, context: Context, summary: String, detail: String, fresh: &GoCommand) -> Finding {
        let writer = fresh
            .path
            .parent()
            .and_then(|folder| self.rc.path_writer(folder, Context::Interactive, self.interactive()?));
        Finding::new(format!("{context}:{}", self.folder(fresh)), Severity::Info, summary)
            .seen_in([context])
            .about("go")
            .detail(detail)
            .evidence(self.shells.evidence(context, "PATH").expected(format!("{} among them", self.folder(fresh))))
            .evidences(writer.map(|writer| writer.evidence()))
    }

    fn folder(&self, go: &GoCommand) -> String {
        go.path.parent().map(|folder| self.rc.machine().tilde(folder)).unwrap_or_default()
    }

    fn interactive(&self) -> Option<&Environment> {
        self.shells.get(Context::Interactive).ok()
    }
}

/// direnv and Nix give one folder's shells a PATH of their own.
fn is_made_for_a_project(environment: &Environment) -> bool {
    ["DIRENV_DIR", "IN_NIX_SHELL", "DEVBOX_SHELL_ENABLED", "CI"].iter().any(|name| environment.get(name).is_some())
}

fn restart(context: Context) -> Fix {
    match context {
        Context::Editor => Fix::manual(
            "Restart the editor",
            "Close the editor and its server, then start it from a new terminal, or after logging in again.",
            None,
        ),
        _ => Fix::manual(
            "Open a new terminal",
            "A new terminal reads the start files anew. In this one the shell can be replaced by a new one:",
            Some("exec \"$SHELL\" -l".to_owned()),
        ),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
