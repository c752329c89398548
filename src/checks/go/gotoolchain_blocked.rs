//! The project asks for a newer Go, and a setting forbids to fetch or run it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{Because, Choice, Selection, Selections, Setting, SettingOrigin, Settings};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gotoolchain-blocked",
    layer: Layer::Go,
    title: "The Go that the project asks for may run",
    impact: "This project cannot be built",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/gotoolchain-blocked"),
    rule: rule!(judge(Contexts, Selections, GoMod, GoWork, Settings, RcFiles)),
};

fn judge(
    shells: &Contexts,
    selections: &Selections,
    module: &GoMod,
    work: &GoWork,
    settings: &Settings,
    rc: &RcFiles,
) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("the folder lies in no module"),
        Err(missing) => return missing.into(),
    };
    let mut findings = Vec::new();
    for (selection, contexts) in selections.grouped() {
        let Some(block) = Block::of(selection, &demand) else { continue };
        let (evidence, writer) = settings.trace(block.name, block.setting, &contexts, rc);
        let view = contexts.first().and_then(|context| settings.view(*context));
        let file = view.and_then(|view| view.file.path.clone());
        let mut finding = Finding::new(
            format!("{}={} {}", block.name, block.setting.value, block.wanted),
            Severity::Error,
            format!("The project asks for {}, and {}={} forbids it", block.wanted, block.name, block.setting.value),
        )
        .detail(block.detail)
        .seen_in(contexts)
        .about(block.name)
        .evidences(demand.go.map(|line| demand.evidence(line)))
        .evidences(demand.toolchain.map(|line| demand.evidence(line)))
        .evidence(evidence);
        finding = match (&block.setting.origin, file) {
            // The distribution's default: one's own setting wins over it.
            (SettingOrigin::Goroot { .. }, Some(file)) if block.name == "GOTOOLCHAIN" => {
                let step = Step::SetGo { file, name: "GOTOOLCHAIN".to_owned(), value: "auto".to_owned() };
                finding.fix(Fix::new("Let Go fetch what a project asks for", Class::Review, vec![step]))
            }
            _ => {
                let mut fix = remedy::unset(
                    block.name,
                    block.setting,
                    writer.as_ref(),
                    "it forbade the Go that a project asks for",
                );
                if fix.class == Class::Safe {
                    fix.class = Class::Review;
                }
                finding.fix(fix)
            }
        };
        findings.push(finding.fix(remedy::official_archive(settings.machine())));
    }
    shells.outcome(findings)
}

/// What forbids the Go that is asked for.
struct Block<'a> {
    name: &'static str,
    setting: &'a Setting,
    wanted: String,
    detail: String,
}

impl<'a> Block<'a> {
    fn of(selection: &'a Selection, demand: &Demand<'_>) -> Option<Block<'a>> {
        let own = selection.own.bare();
        let value = &selection.setting.value;
        match &selection.choice {
            Choice::TooOld { running, because: Because::Setting } => {
                let asked = demand.go.map_or("", |line| line.value.as_str());
                Some(Block {
                    name: "GOTOOLCHAIN",
                    setting: &selection.setting,
                    wanted: format!("Go {asked}"),
                    detail: format!(
                        "Every command in this project fails with: go: {} requires go >= {asked} (running go {}; GOTOOLCHAIN={value}).",
                        demand.file(),
                        running.bare()
                    ),
                })
            }
            Choice::NotOnPath { to, .. } => Some(Block {
                name: "GOTOOLCHAIN",
                setting: &selection.setting,
                wanted: to.name.clone(),
                detail: format!(
                    "GOTOOLCHAIN={value} takes newer toolchains from PATH alone, and {} is not there. Go {own} fails with: go: cannot find \"{}\" in PATH.",
                    to.name, to.name
                ),
            }),
            Choice::NoDownload { to, name, setting, .. } => Some(Block {
                name,
                setting,
                wanted: to.name.clone(),
                detail: format!(
                    "Go {own} would have to download {}, and {name}={} forbids it. It fails with: download {}: toolchain not available.",
                    to.name, setting.value, to.name
                ),
            }),
            _ => None,
        }
    }
}
