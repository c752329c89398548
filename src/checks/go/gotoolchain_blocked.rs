//! The project asks for a newer Go, and GOTOOLCHAIN forbids it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Severity, Step};
use crate::probes::go::{
    Because, Choice, Installations, Selection, Selections, Setting, SettingOrigin, Settings, Toolchains,
};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gotoolchain-blocked",
    layer: Layer::Go,
    title: "GOTOOLCHAIN allows the Go that the project asks for",
    impact: "Go refuses to build this project",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["distro-go-env-defaults", "go-shadowed"],
    page: page!("go/gotoolchain-blocked"),
    rule: rule!(judge(Contexts, Toolchains, Selections, Settings, Installations, GoMod, GoWork, RcFiles)),
};

#[expect(clippy::too_many_arguments, reason = "one parameter per fact")]
fn judge(
    shells: &Contexts,
    toolchains: &Toolchains,
    selections: &Selections,
    settings: &Settings,
    installations: &Installations,
    module: &GoMod,
    work: &GoWork,
    rc: &RcFiles,
) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let demand = match Demand::of(module, work) {
        Ok(demand) => demand,
        Err(missing) => return missing.into(),
    };
    let mut findings = Vec::new();
    for (selection, contexts) in selections.grouped() {
        let Some(block) = Block::of(selection, demand.as_ref()) else { continue };
        let (evidence, writer) = settings.trace("GOTOOLCHAIN", &selection.setting, &contexts, rc);
        let go = contexts.first().and_then(|context| toolchains.active(*context));
        let mut finding = Finding::new(block.key(selection), Severity::Error, block.summary(selection))
            .detail(block.detail(selection))
            .evidence(evidence)
            .evidences(block.asked_by(demand.as_ref()))
            .about("GOTOOLCHAIN");
        if let Some(go) = go {
            finding = finding.evidence(Evidence::new(settings.machine().tilde(&go.path), go.version_title()));
        }
        findings.push(
            finding
                .explained_by(match selection.setting.origin {
                    SettingOrigin::Goroot { .. } => &["distro-go-env-defaults", "go-shadowed"],
                    _ => &["go-shadowed"],
                })
                .fixes(fixes(&block, selection, &contexts, settings, installations, writer.as_ref()))
                .seen_in(contexts),
        );
    }
    if findings.is_empty() && demand.is_none() {
        return Outcome::skipped("this folder is in no module");
    }
    shells.outcome(findings)
}

/// A toolchain that the project wants and that may not run.
struct Block<'a> {
    /// What is wanted: `1.26.0` of a `go` line, or a toolchain's name.
    wanted: String,
    /// The oldest version that will do.
    version: Option<GoVersion>,
    /// The newest Go that may run.
    running: GoVersion,
    because: Because,
    /// `go.mod` or `go.work`.
    file: &'a str,
    not_on_path: bool,
}

impl<'a> Block<'a> {
    fn of(selection: &Selection, demand: Option<&'a Demand<'a>>) -> Option<Block<'a>> {
        let file = demand.map_or("go.mod", Demand::file);
        match &selection.choice {
            Choice::TooOld { running, because } => {
                let line = demand?.go?;
                let version = demand?.go_version();
                let (wanted, running) = (line.value.clone(), running.clone());
                Some(Block { wanted, version, running, because: *because, file, not_on_path: false })
            }
            // Of what the setting itself asks for, gotoolchain-invalid speaks.
            Choice::NotOnPath { because: Because::Setting, .. } => None,
            Choice::NotOnPath { to, because } => Some(Block {
                wanted: to.name.clone(),
                version: Some(to.version.clone()),
                running: selection.own.clone(),
                because: *because,
                file,
                not_on_path: true,
            }),
            _ => None,
        }
    }

    fn key(&self, selection: &Selection) -> String {
        format!("{}:{}", selection.setting.value, self.wanted)
    }

    fn summary(&self, selection: &Selection) -> String {
        let (setting, wanted) = (&selection.setting.value, &self.wanted);
        match (self.not_on_path, self.because) {
            (true, _) => format!("{} asks for {wanted}, and GOTOOLCHAIN={setting} takes it only from PATH", self.file),
            (false, Because::Setting) => {
                format!(
                    "{} asks for Go {wanted}, and GOTOOLCHAIN={setting} keeps Go at {}",
                    self.file,
                    self.running.bare()
                )
            }
            (false, _) => format!("{} asks for Go {wanted}, and its own toolchain line forbids to switch", self.file),
        }
    }

    fn detail(&self, selection: &Selection) -> String {
        let running = self.running.bare();
        if self.not_on_path {
            return format!("In this project every go command ends with: go: cannot find {:?} in PATH.", self.wanted);
        }
        let explained = match self.because {
            Because::Setting => format!("GOTOOLCHAIN={}", selection.setting.value),
            _ => format!("{} sets toolchain default", self.file),
        };
        format!(
            "In this project every go command ends with: go: {} requires go >= {} (running go {running}; {explained}).",
            self.file, self.wanted
        )
    }

    /// The line that asks.
    fn asked_by(&self, demand: Option<&Demand<'_>>) -> Option<Evidence> {
        let demand = demand?;
        let line = match self.because {
            Because::ToolchainLine if self.not_on_path => demand.toolchain?,
            _ => demand.go?,
        };
        Some(demand.evidence(line))
    }
}

fn fixes(
    block: &Block<'_>,
    selection: &Selection,
    contexts: &[Context],
    settings: &Settings,
    installations: &Installations,
    writer: Option<&Writer>,
) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let by_project = !block.not_on_path && block.because == Because::ToolchainLine;
    if !by_project {
        fixes.extend(allow(&selection.setting, contexts, settings, writer));
    }
    fixes.extend(remedy::use_or_get_go(settings.machine(), installations, block.version.as_ref()));
    fixes
}

/// Lets Go switch, where the setting was made. What lies below it may forbid
/// it too: Fedora's `go.env` does.
fn allow(setting: &Setting, contexts: &[Context], settings: &Settings, writer: Option<&Writer>) -> Option<Fix> {
    let view = contexts.first().and_then(|context| settings.view(*context))?;
    let set = || {
        let file = view.file.path.clone()?;
        Some(Step::SetGo { file, name: "GOTOOLCHAIN".to_owned(), value: "auto".to_owned() })
    };
    let titled = |steps: Vec<Step>| Fix::new("Let Go get the toolchain: GOTOOLCHAIN=auto", Class::Review, steps);
    match &setting.origin {
        SettingOrigin::Environment => {
            let below = view.below_environment("GOTOOLCHAIN");
            let mut fix =
                remedy::reviewed(remedy::unset("GOTOOLCHAIN", setting, writer, "the project asks for a newer Go"));
            // A fix by hand stays one.
            if fix.class == Class::Review && below.is_some_and(|below| !allows(&below.value)) {
                fix.steps.extend(set());
            }
            Some(fix)
        }
        SettingOrigin::File { path, name, .. } => match view.below_file("GOTOOLCHAIN") {
            Some(below) if !allows(&below.value) => Some(titled(vec![set()?])),
            _ => Some(Fix::new(
                format!("Remove GOTOOLCHAIN from {name}"),
                Class::Review,
                vec![Step::UnsetGo { file: path.clone(), name: "GOTOOLCHAIN".to_owned() }],
            )),
        },
        SettingOrigin::Goroot { .. } | SettingOrigin::Default => Some(titled(vec![set()?])),
    }
}

/// True for a setting with which Go downloads what a project asks for.
fn allows(setting: &str) -> bool {
    setting == "auto" || setting.ends_with("+auto")
}
