//! Another Go stands on PATH before the one that a version manager chooses.

use std::path::{Path, PathBuf};

use crate::checks::Check;
use crate::checks::remedy::{self, Position, Shells, path_entry};
use crate::model::Class;
use crate::model::{Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, InUse, Installed, Manager, Pick, Through, Toolchains, VersionManagers};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "version-manager-shadowed",
    layer: Layer::Shell,
    title: "The Go that a version manager chooses is the one that runs",
    impact: "The version manager's Go does not run",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/version-manager-shadowed"),
    rule: rule!(judge(Contexts, Toolchains, VersionManagers, RcFiles)),
};

fn judge(shells: &Contexts, toolchains: &Toolchains, managers: &VersionManagers, rc: &RcFiles) -> Outcome {
    if managers.is_empty() && shells.unknown().next().is_none() {
        return Outcome::skipped("no version manager takes part in any shell");
    }
    let mut losses: Vec<Loss<'_>> = Vec::new();
    for (context, in_use) in managers.all() {
        let Some((chosen, winner)) = loss(toolchains, context, in_use) else { continue };
        match losses.iter_mut().find(|known| known.winner.path == winner.path && known.chosen == chosen) {
            Some(known) => known.contexts.push(context),
            None => losses.push(Loss { in_use, chosen, winner, contexts: vec![context] }),
        }
    }
    // What only a running program has was put first by hand, or by direnv, Nix
    // and the like, which mean it.
    losses.retain(|loss| loss.contexts.iter().any(|context| !context.is_already_running()));
    shells.outcome(losses.into_iter().map(|loss| loss.finding(shells, rc)).collect())
}

/// The Go that a manager chooses, and the one that runs in its place. One of
/// another manager is a choice too, and one of the same version does no harm.
fn loss<'a>(toolchains: &'a Toolchains, context: Context, in_use: &'a InUse) -> Option<(&'a Installed, &'a GoCommand)> {
    let chosen = in_use.pick.installed()?;
    let winner = toolchains.active(context)?;
    let is_on_path = toolchains.on_path(context).iter().any(|go| go.origin == in_use.manager.origin);
    let differs = winner.root.is_some() && winner.version.is_some() && winner.version != chosen.version;
    (is_on_path && differs && !winner.origin.is_manager()).then_some((chosen, winner))
}

/// A manager's choice that another Go wins over.
struct Loss<'a> {
    in_use: &'a InUse,
    chosen: &'a Installed,
    winner: &'a GoCommand,
    contexts: Vec<Context>,
}

/// What put the two folders on PATH.
struct Lines {
    winner: Option<Writer>,
    manager: Option<Writer>,
    shown: Vec<Evidence>,
}

impl Lines {
    /// True when a shell comes to the manager's line after the winner's, or
    /// no line puts the winner there.
    fn manager_is_last(&self, rc: &RcFiles) -> bool {
        let order = rc.writers("PATH");
        let place = |line: &Option<Writer>| {
            let line = line.as_ref()?;
            order.iter().position(|other| other.path == line.path && other.line == line.line)
        };
        place(&self.manager) > place(&self.winner)
    }
}

impl Loss<'_> {
    fn finding(self, shells: &Contexts, rc: &RcFiles) -> Finding {
        let (machine, title) = (rc.machine(), self.in_use.manager.title());
        let runs = self.winner.version_title();
        let folder = self.winner.path.parent().map(|folder| machine.tilde(folder)).unwrap_or_default();
        let lines = self.lines(shells, rc);
        let summary = format!("{title} chooses Go {} here, and {runs} in {folder} runs", release(self.chosen));
        Finding::new(format!("{title}:{}", machine.tilde(&self.winner.path)), Severity::Warning, summary)
            .detail(format!(
                "In {} {folder} stands before {} on PATH. Whatever {title} is told, for this folder or for all, go version keeps saying {runs}.",
                remedy::contexts_title(&self.contexts),
                machine.tilde(&self.manager_folder()),
            ))
            .about("go")
            .evidences(self.asked())
            .evidence(Evidence::new(machine.tilde(&self.winner.path), format!("{runs}, {}: runs", self.winner.origin.title())))
            .evidence(Evidence::new(machine.tilde(&self.manager_go()), format!("Go {}, {title}: behind it", release(self.chosen))))
            .evidences(lines.shown.clone())
            .fixes(self.fixes(rc, &lines))
            .seen_in(self.contexts)
    }

    /// Where the manager is asked for its version.
    fn asked(&self) -> Option<Evidence> {
        match &self.in_use.pick {
            Pick::Has(pin, _) => Some(pin.evidence()),
            _ => None,
        }
    }

    /// The manager's own `go`.
    fn manager_go(&self) -> PathBuf {
        match &self.in_use.through {
            Through::Shim(shim) => shim.clone(),
            Through::Hook => self.chosen.root.join("bin/go"),
        }
    }

    /// What ought to stand first on PATH.
    fn manager_folder(&self) -> PathBuf {
        let go = self.manager_go();
        go.parent().map(Path::to_owned).unwrap_or(go)
    }

    fn lines(&self, shells: &Contexts, rc: &RcFiles) -> Lines {
        let fresh = self.contexts.iter().copied().find(|context| !context.is_already_running());
        let context = fresh.or(self.contexts.first().copied()).unwrap_or(Context::Session);
        let line = |folder: &Path| rc.path_writer(folder, context, shells.get(context).ok()?);
        let seen = |folder: &Path, line: &Option<Writer>| {
            rc.seen_on_path(folder, context).map(|seen| seen.evidence).or_else(|| line.as_ref().map(Writer::evidence))
        };
        let winners = self.winner.path.parent().unwrap_or(&self.winner.path).to_owned();
        let (winner, manager) = (line(&winners), line(&self.manager_folder()));
        let mut shown: Vec<Evidence> =
            seen(&self.manager_folder(), &manager).into_iter().chain(seen(&winners, &winner)).collect();
        shown.dedup();
        Lines { winner, manager, shown }
    }

    /// The narrowest edit that puts the manager first.
    fn fixes(&self, rc: &RcFiles, lines: &Lines) -> Vec<Fix> {
        let own = |line: &Option<Writer>| line.clone().filter(|line| line.own && !Manager::is_file_of_one(&line.path));
        let name = self.winner.path.parent().map(|folder| rc.machine().tilde(folder)).unwrap_or_default();
        let manager = rc.machine().tilde(&self.manager_folder());
        let back = own(&lines.winner).and_then(|line| {
            let with = remedy::turned_to_back(&line.text)?;
            Some(remedy::replace_line(format!("Put {name} last on PATH in {}", line.place()), &line, with))
        });
        let front = own(&lines.manager).and_then(|line| {
            let with = remedy::turned_to_front(&line.text)?;
            Some(remedy::replace_line(format!("Put {manager} first on PATH in {}", line.place()), &line, with))
        });
        // A line that adds the manager behind the others can come first only
        // by being turned, and only when it runs last.
        let narrow: Vec<Fix> =
            if front.is_some() && lines.manager_is_last(rc) { front } else { back.or(front) }.into_iter().collect();
        if !narrow.is_empty() {
            return narrow;
        }
        match &self.in_use.through {
            Through::Shim(_) => vec![self.shims_first(rc, own(&lines.winner))],
            // The folder of one version is no line for a start file.
            Through::Hook => self.without_winner(rc, &name),
        }
    }

    /// The shims once more, where they have the last word.
    fn shims_first(&self, rc: &RcFiles, winner: Option<Writer>) -> Fix {
        let shims = self.manager_folder();
        match winner {
            Some(line) => remedy::add_to_path_in(rc, &shims, Position::FrontAgain, vec![line.path]),
            None => remedy::add_to_path(rc, &shims, Position::FrontAgain, Shells::Every),
        }
    }

    /// Takes the winner off PATH, or leaves it to the user to load the manager
    /// behind it.
    fn without_winner(&self, rc: &RcFiles, name: &str) -> Vec<Fix> {
        let title = self.in_use.manager.title();
        let folder = self.winner.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let spelled = path_entry::spellings(rc, &folder).into_iter().filter(path_entry::Spelling::is_of_user);
        let why = format!("{title} chooses the Go");
        let removed = spelled.filter_map(|line| line.removed(&why)).map(remedy::reviewed);
        let by_hand = Fix::manual(
            format!("Load {title} after the line that puts {name} on PATH"),
            format!("Move the lines that load {title} to the end of the start file, and open a new terminal."),
            None,
        );
        removed.chain([by_hand]).collect()
    }
}

/// The version without `go`, or the name that the manager gives it.
fn release(installed: &Installed) -> &str {
    installed.version.as_ref().map_or(installed.name.as_str(), |version| version.bare())
}
