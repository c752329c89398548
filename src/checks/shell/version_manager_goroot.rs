//! GOROOT and `go` are those of one version manager, and of two versions.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::{self, path_entry};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{GoCommand, Goroot, GorootUse, Goroots, Manager, Origin, Setting, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "version-manager-goroot",
    layer: Layer::Shell,
    title: "A version manager's GOROOT and go are of one version",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("shell/version-manager-goroot"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Goroots, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, goroots: &Goroots, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for (setting, contexts) in settings.values("GOROOT") {
        let origin = Origin::of(Path::new(&setting.value));
        let Some(Goroot::Go { version: Some(theirs), .. }) = goroots.at(&setting.value) else { continue };
        // A line of the GOENV file is no manager's doing.
        if !origin.is_manager() || setting.is_in_file() {
            continue;
        }
        let is_hit = |context: &Context| {
            let go = toolchains.active(*context).filter(|go| go.origin == origin && go.goroot == GorootUse::Given);
            go.is_some_and(|go| go.version.as_ref().is_some_and(|ours| ours != theirs))
        };
        let hit: Vec<Context> = contexts.into_iter().filter(is_hit).collect();
        let Some(go) = hit.first().and_then(|context| toolchains.active(*context)) else { continue };
        let (evidence, writer) = settings.trace("GOROOT", &setting, &hit, rc);
        let mix = Mix { origin, setting: &setting, go, goroot: writer, path: path_line(shells, rc, go, &hit) };
        let (title, runs) = (origin.title(), go.version_title());
        findings.push(
            Finding::new(
                format!("{title}:{}", setting.value),
                Severity::Error,
                format!("GOROOT is {title}'s {theirs}, and the go that runs is {title}'s {runs}"),
            )
            .detail(format!(
                "In {} every build fails with: compile: version \"{theirs}\" does not match go tool version \"{runs}\".",
                remedy::contexts_title(&hit)
            ))
            .about("GOROOT")
            .evidence(evidence.expected("the GOROOT of the go that runs, or none"))
            .evidence(Evidence::new(rc.machine().tilde(&go.path), format!("{runs}: runs")))
            .evidences(mix.path.as_ref().map(Writer::evidence))
            .fixes(mix.fixes(rc))
            .seen_in(hit),
        );
    }
    shells.outcome(findings)
}

/// The line that puts the go that runs on PATH.
fn path_line(shells: &Contexts, rc: &RcFiles, go: &GoCommand, hit: &[Context]) -> Option<Writer> {
    let fresh = hit.iter().copied().find(|context| !context.is_already_running());
    let context = fresh.or(hit.first().copied())?;
    rc.path_writer(go.path.parent()?, context, shells.get(context).ok()?)
}

/// Two versions of one manager in one shell.
struct Mix<'a> {
    origin: Origin,
    setting: &'a Setting,
    go: &'a GoCommand,
    goroot: Option<Writer>,
    path: Option<Writer>,
}

impl Mix<'_> {
    /// The user's own line goes, whichever of the two it is: the other one is
    /// what the manager says.
    fn fixes(&self, rc: &RcFiles) -> Vec<Fix> {
        let title = self.origin.title();
        let own = |line: &&Writer| line.own && !Manager::is_file_of_one(&line.path);
        let goroot = self.goroot.as_ref().filter(own);
        let goroot = goroot.map(|line| remedy::comment_out(line, &format!("{title} and Go set GOROOT themselves")));
        let folder = self.go.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let spelled = path_entry::spellings(rc, &folder).into_iter().filter(|line| own(&&line.writer));
        let path = spelled.filter_map(|line| line.removed(&format!("{title} chooses the Go")));
        let fixes: Vec<Fix> = goroot.into_iter().chain(path).map(remedy::reviewed).collect();
        if !fixes.is_empty() {
            return fixes;
        }
        vec![self.by_hand()]
    }

    fn by_hand(&self) -> Fix {
        let name = Path::new(&self.setting.value).file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let command = match self.origin {
            Origin::Gvm => Some(format!("gvm use {name}")),
            _ => Some("unset GOROOT".to_owned()),
        };
        Fix::manual(
            "Bring the two together in this session",
            "No start file mixes the two: GOROOT was set by hand, or by the program that started this shell.",
            command,
        )
    }
}
