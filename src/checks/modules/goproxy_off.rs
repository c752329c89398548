//! GOPROXY is off, and the project lacks modules.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, text};
use crate::probes::go::{Setting, Settings};
use crate::probes::modules::{Content, Downloads, Needed};
use crate::probes::project::{GoMod, ModuleFile, Vendor};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goproxy-off",
    layer: Layer::Modules,
    title: "What the project needs can be downloaded, or is here",
    impact: "Go cannot build here",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/goproxy-off"),
    rule: rule!(judge(Contexts, Settings, GoMod, Vendor, Downloads, RcFiles)),
};

/// How many modules are named.
const NAMED: usize = 3;

fn judge(
    shells: &Contexts,
    settings: &Settings,
    module: &GoMod,
    vendor: &Vendor,
    downloads: &Downloads,
    rc: &RcFiles,
) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("there is no go.mod here") };
    if vendor.found.is_some() {
        return Outcome::skipped("the modules are in the vendor folder");
    }
    let off = settings.values("GOPROXY").into_iter().filter(|(setting, _)| is_off(&setting.value));
    let findings = off.filter_map(|(setting, contexts)| finding(settings, downloads, module, rc, &setting, &contexts));
    shells.outcome(findings.collect())
}

/// True when the first entry ends the list: nothing is asked for at all.
fn is_off(value: &str) -> bool {
    value.split([',', '|']).map(str::trim).find(|entry| !entry.is_empty()) == Some("off")
}

fn finding(
    settings: &Settings,
    downloads: &Downloads,
    module: &ModuleFile,
    rc: &RcFiles,
    setting: &Setting,
    contexts: &[Context],
) -> Option<Finding> {
    // Private modules are fetched all the same.
    let lacking = |context: &Context| -> Vec<&Needed> {
        let Some(view) = settings.view(*context) else { return Vec::new() };
        let all = downloads.in_context(*context).filter(|(module, content)| {
            !module.indirect
                && matches!(content, Content::Nothing | Content::OnlyGoMod)
                && !view.is_private(&module.path)
        });
        all.map(|(module, _)| module).collect()
    };
    let hit: Vec<Context> = contexts.iter().copied().filter(|context| !lacking(context).is_empty()).collect();
    let lacks = lacking(hit.first()?);
    let (evidence, writer) = settings.trace("GOPROXY", setting, &hit, rc);
    let first = lacks.first()?;
    let evidence_of = |needed: &&Needed| {
        Evidence::new(
            format!("{}:{}", module.name, needed.line),
            format!("{} {}, not downloaded", needed.path, needed.version),
        )
    };
    let summary = match lacks.len() {
        1 => format!("GOPROXY=off, and {}@{} was never downloaded", first.path, first.version),
        n => format!("GOPROXY=off, and {} of this project were never downloaded", text::count(n, "module")),
    };
    let unset = remedy::unset("GOPROXY", setting, writer.as_ref(), "modules were missing");
    Some(
        Finding::new("GOPROXY=off", Severity::Warning, summary)
            .seen_in(hit)
            .about("GOPROXY")
            .detail("Builds that need them fail with: module lookup disabled by GOPROXY=off.")
            .evidence(evidence)
            .evidences(lacks.iter().take(NAMED).map(evidence_of))
            .fix(remedy::reviewed(unset))
            .fix(Fix::manual(
                "Download the modules of this project once",
                "Where GOPROXY=off is meant, ask the proxy for this one command:",
                Some("GOPROXY=https://proxy.golang.org,direct go mod download".to_owned()),
            )),
    )
}
