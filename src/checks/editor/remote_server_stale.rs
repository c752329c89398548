//! The running editor has an environment from before a start file changed.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::listed;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::editor::{EditorHost, EditorHosts, EditorUse, Seat};
use crate::probes::go::Toolchains;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "remote-server-stale",
    layer: Layer::Editor,
    title: "The running editor has the settings that a new shell has",
    impact: "What was changed in a start file does not reach the editor",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("editor/remote-server-stale"),
    rule: rule!(judge(EditorUse, EditorHosts, Contexts, Toolchains, RcFiles)),
};

/// The variables that decide what Go does.
const NAMES: [&str; 22] = [
    "GOROOT",
    "GOPATH",
    "GOBIN",
    "GOMODCACHE",
    "GOCACHE",
    "GOENV",
    "GOFLAGS",
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOTOOLCHAIN",
    "GO111MODULE",
    "CGO_ENABLED",
    "CC",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "NO_PROXY",
    "no_proxy",
];

fn judge(
    editors: &EditorUse,
    hosts: &EditorHosts,
    shells: &Contexts,
    toolchains: &Toolchains,
    rc: &RcFiles,
) -> Outcome {
    if editors.for_go().next().is_none() {
        return Outcome::skipped("no editor is set up for Go");
    }
    if hosts.found.is_empty() {
        return hosts.problem.clone().map_or_else(|| Outcome::skipped("no such editor runs here"), Outcome::from);
    }
    let fresh = Fresh { shells, toolchains, rc };
    let stale = hosts.found.iter().map(|host| (host, fresh.differences(host))).find(|(_, found)| !found.is_empty());
    match (stale, &hosts.problem) {
        (Some((host, differences)), _) => finding(host, differences).into(),
        (None, Some(missing)) => missing.clone().into(),
        (None, None) => shells.outcome(Vec::new()),
    }
}

/// What a new shell gives.
struct Fresh<'a> {
    shells: &'a Contexts,
    toolchains: &'a Toolchains,
    rc: &'a RcFiles,
}

/// A variable, or a command, that the editor has from before.
struct Difference {
    name: &'static str,
    evidence: Vec<Evidence>,
}

impl Fresh<'_> {
    /// What an editor has otherwise than every new shell, because of a file
    /// that changed since.
    fn differences(&self, host: &EditorHost) -> Vec<Difference> {
        let shells: Vec<Context> =
            [Context::Interactive, Context::Login].into_iter().filter(|one| self.shells.get(*one).is_ok()).collect();
        if host.newer.is_empty() || shells.len() < 2 {
            return Vec::new();
        }
        let variables = NAMES.into_iter().filter_map(|name| self.variable(name, host, &shells));
        self.go(host, &shells).into_iter().chain(variables).collect()
    }

    /// None as long as one kind of shell gives the same.
    fn variable(&self, name: &'static str, host: &EditorHost, shells: &[Context]) -> Option<Difference> {
        let theirs = host.environment.get(name);
        let fresh: Vec<Option<&str>> =
            shells.iter().filter_map(|context| self.shells.get(*context).ok()).map(|shell| shell.get(name)).collect();
        let ours = *fresh.first()?;
        if fresh.contains(&theirs) || fresh.iter().any(|value| *value != ours) {
            return None;
        }
        let written = match ours {
            Some(value) => {
                let writer = self.rc.writer_of(name, value)?;
                host.newer.iter().find(|file| file.path == writer.path)?;
                Some(writer.evidence())
            }
            None => None,
        };
        let shown = |value: Option<&str>| value.map_or_else(|| "not set".to_owned(), |value| mask(value).into_owned());
        let seen = Evidence::new("environment of the editor", format!("{name}: {}", shown(theirs)));
        Some(Difference { name, evidence: [seen.expected(shown(ours))].into_iter().chain(written).collect() })
    }

    fn go(&self, host: &EditorHost, shells: &[Context]) -> Option<Difference> {
        let fresh: Vec<Option<&Path>> =
            shells.iter().map(|context| Some(self.toolchains.active(*context)?.path.as_path())).collect();
        let ours = (*fresh.first()?)?;
        if fresh.contains(&host.go.as_deref()) || fresh.iter().any(|path| *path != Some(ours)) {
            return None;
        }
        let theirs = host.go.as_ref().map_or_else(|| "none".to_owned(), |path| path.display().to_string());
        let seen = Evidence::new("environment of the editor", format!("PATH leads to go: {theirs}"));
        Some(Difference { name: "go", evidence: vec![seen.expected(ours.display().to_string())] })
    }
}

fn finding(host: &EditorHost, differences: Vec<Difference>) -> Finding {
    let who = match host.seat {
        Seat::Elsewhere => "The editor's server",
        Seat::Here => "The running editor",
    };
    let names: Vec<&str> = differences.iter().map(|difference| difference.name).collect();
    let time = |time: jiff::Timestamp| time.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let newer = host.newer.iter().map(|file| Evidence::new(&file.name, format!("changed {}", time(file.changed))));
    Finding::new("editor", Severity::Warning, format!("{who} still has the old {}", listed(&names)))
        .detail(
            "It read the start files when it began and hands on what it found then. Reloading the window changes nothing: the server that gave it goes on.",
        )
        .seen_in([Context::Editor])
        .about(names.first().copied().unwrap_or_default())
        .evidence(Evidence::new(who.trim_start_matches("The "), format!("started {}", time(host.started))))
        .evidences(newer)
        .evidences(differences.into_iter().flat_map(|difference| difference.evidence))
        .fix(restart(host.seat))
}

fn restart(seat: Seat) -> Fix {
    match seat {
        Seat::Elsewhere => Fix::manual(
            "Restart the editor's server",
            "In the window, open the command palette and choose \"Kill VS Code Server on Host…\" (Remote-SSH) or \"Kill Server\" of your kind of remote; then connect again.",
            None,
        ),
        Seat::Here => Fix::manual(
            "Quit the editor and start it again",
            "Close all of its windows: the next one begins with a new environment. An editor that the desktop starts may need a new login.",
            None,
        ),
    }
}
