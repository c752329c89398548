//! A version manager is asked for a Go that it does not have.

use crate::checks::Check;
use crate::checks::remedy::{self, manager as with_manager};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, InUse, Lack, Origin, Pin, PinnedBy, Program, Through, Toolchains, VersionManagers};
use crate::probes::project::GoMod;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "version-manager-stale",
    layer: Layer::Shell,
    title: "Version managers have the Go that they are asked for",
    impact: "The version manager has no Go to run here",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/version-manager-stale"),
    rule: rule!(judge(Contexts, Toolchains, VersionManagers, GoMod, RcFiles)),
};

fn judge(
    shells: &Contexts,
    toolchains: &Toolchains,
    managers: &VersionManagers,
    module: &GoMod,
    rc: &RcFiles,
) -> Outcome {
    if managers.is_empty() && shells.unknown().next().is_none() {
        return Outcome::skipped("no version manager takes part in any shell");
    }
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    let mut unread = None;
    for (context, in_use) in managers.all() {
        let runs = toolchains.active(context);
        let lack = match in_use.lack(runs) {
            Ok(lack) => lack.filter(|lack| is_missed(*lack, module)),
            Err(missing) => {
                unread = Some(missing);
                continue;
            }
        };
        let Some(lack) = lack else { continue };
        let same = |gap: &&mut Gap<'_>| {
            gap.in_use.manager == in_use.manager && gap.in_use.pick == in_use.pick && gap.lack.is_like(lack)
        };
        match gaps.iter_mut().find(same) {
            Some(gap) => gap.add(runs, context),
            None => gaps.push(Gap { in_use, lack, runs: vec![(runs, vec![context])] }),
        }
    }
    match unread {
        Some(missing) if gaps.is_empty() => missing.into(),
        _ => shells.outcome(gaps.into_iter().map(|gap| gap.finding(rc)).collect()),
    }
}

/// Outside of Go projects nobody calls go: no choice is no loss.
fn is_missed(lack: Lack<'_>, module: &GoMod) -> bool {
    !matches!(lack, Lack::Choice) || module.found.is_some()
}

struct Gap<'a> {
    in_use: &'a InUse,
    lack: Lack<'a>,
    /// The `go` that shells come to, with the contexts of each.
    runs: Vec<(Option<&'a GoCommand>, Vec<Context>)>,
}

impl<'a> Gap<'a> {
    fn add(&mut self, runs: Option<&'a GoCommand>, context: Context) {
        match self.runs.iter_mut().find(|(known, _)| *known == runs) {
            Some((_, contexts)) => contexts.push(context),
            None => self.runs.push((runs, vec![context])),
        }
    }

    fn finding(self, rc: &RcFiles) -> Finding {
        let manager = &self.in_use.manager;
        let title = manager.title();
        let (key, summary) = match self.lack {
            Lack::Manager(broken) => (
                "shim".to_owned(),
                match &broken.program {
                    Program::At(path) => format!("{title}'s shims call {}, now gone", rc.machine().tilde(path)),
                    Program::Named(name) => format!("{title}'s shims call {name}, which is not on PATH"),
                },
            ),
            Lack::Version(pin) => {
                (pin.first().to_owned(), format!("{title} has no Go {}, which {} asks for", bare(pin), pin.by.name()))
            }
            Lack::Choice => ("unasked".to_owned(), format!("Nothing tells {title} which Go to run here")),
        };
        let has = match self.in_use.installed.as_slice() {
            [] => "no Go".to_owned(),
            all => all.iter().map(|installed| installed.name.as_str()).collect::<Vec<_>>().join(", "),
        };
        let effects: Vec<String> = self.runs.iter().map(|(go, contexts)| self.effect(*go, contexts, rc)).collect();
        let shown = self.runs.iter().filter_map(|(go, _)| Some(self.shown((*go)?, rc)));
        Finding::new(format!("{title}:{key}"), self.severity(), summary)
            .detail(effects.join(" "))
            .about("go")
            .evidences(self.asked(rc))
            .evidence(Evidence::new(rc.machine().tilde(&self.in_use.versions), has))
            .evidences(shown)
            .fixes(self.fixes(rc))
            .seen_in(self.runs.iter().flat_map(|(_, contexts)| contexts.iter().copied()))
    }

    /// What asks, or the line of the shim that leads nowhere.
    fn asked(&self, rc: &RcFiles) -> Option<Evidence> {
        match (self.lack, &self.in_use.through) {
            (Lack::Version(pin), _) => Some(pin.evidence()),
            (Lack::Manager(broken), Through::Shim(shim)) => {
                Some(Evidence::new(format!("{}:{}", rc.machine().tilde(shim), broken.line), &broken.text))
            }
            _ => None,
        }
    }

    fn shown(&self, go: &GoCommand, rc: &RcFiles) -> Evidence {
        let what = if self.is_shim(go) {
            format!("{}'s shim: runs", self.in_use.manager.title())
        } else {
            format!("{}: runs", go.version_title())
        };
        Evidence::new(rc.machine().tilde(&go.path), what)
    }

    /// goenv's and asdf's shims fail at once; mise tries to install first, and
    /// a hook leaves the place to another Go.
    fn severity(&self) -> Severity {
        let runs_shim = self.runs.iter().any(|(go, _)| go.is_some_and(|go| self.is_shim(go)));
        let fails = runs_shim && self.in_use.manager.origin != Origin::Mise;
        if fails { Severity::Error } else { Severity::Warning }
    }

    fn is_shim(&self, go: &GoCommand) -> bool {
        go.shim && go.origin == self.in_use.manager.origin
    }

    fn effect(&self, runs: Option<&GoCommand>, contexts: &[Context], rc: &RcFiles) -> String {
        let contexts = remedy::contexts_title(contexts);
        let title = self.in_use.manager.title();
        match runs {
            Some(go) if self.is_shim(go) => {
                format!(
                    "In {contexts} every go command in this folder ends with: {}.",
                    self.lack.error(&self.in_use.manager)
                )
            }
            Some(go) => format!(
                "In {contexts} {title} puts no Go on PATH here, so {}, {}, runs in its place.",
                go.version_title(),
                rc.machine().tilde(&go.path)
            ),
            None => format!(
                "In {contexts} {title} puts no Go on PATH here. Every go command ends with: {}.",
                rc.shell().command_not_found("go")
            ),
        }
    }

    fn fixes(&self, rc: &RcFiles) -> Vec<Fix> {
        let newest = self.in_use.installed.last();
        let pin = match self.lack {
            Lack::Version(pin) => pin,
            Lack::Manager(broken) => return vec![with_manager::mend_shims(rc, self.in_use, broken)],
            Lack::Choice => {
                let default = newest.map(|newest| with_manager::choose_by_default(rc.machine(), self.in_use, newest));
                return vec![default.unwrap_or_else(|| with_manager::install_first(self.in_use))];
            }
        };
        let install = with_manager::install(self.in_use, pin.first());
        match &pin.by {
            PinnedBy::Default(place) => {
                let other = with_manager::choose_another(self.in_use, pin, place, rc.machine());
                let (first, last): (Vec<Fix>, Vec<Fix>) = other.into_iter().partition(|fix| fix.class == Class::Safe);
                first.into_iter().chain([install]).chain(last).collect()
            }
            PinnedBy::Variable(name) => vec![install, forget(rc, name, pin)],
            // The project's file is shared with others: it stays as it is.
            PinnedBy::Project(_) => vec![install],
        }
    }
}

/// Takes the variable back that asks.
fn forget(rc: &RcFiles, name: &str, pin: &Pin) -> Fix {
    match rc.writer_of(name, &pin.words.join(":")) {
        Some(line) => remedy::reviewed(remedy::comment_out(&line, "that Go is not installed")),
        None => remedy::forget(name),
    }
}

/// `1.26.6` of `go1.26.6`.
fn bare(pin: &Pin) -> &str {
    pin.first().trim_start_matches("go")
}
