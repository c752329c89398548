//! The checksum database is switched off.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings, View};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gosumdb-off",
    layer: Layer::Modules,
    title: "Downloaded modules are compared with the checksum database",
    impact: "Modules are taken unchecked",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["distro-go-env-defaults"],
    page: page!("modules/gosumdb-off"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

/// Go's own default.
const DEFAULT: &str = "sum.golang.org";

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let look = Look { settings, rc };
    let off = settings.values("GOSUMDB").into_iter().filter(|(setting, _)| setting.value == "off");
    let mut findings: Vec<Finding> = off.filter_map(|(setting, contexts)| look.off(&setting, contexts)).collect();
    for name in ["GONOSUMDB", "GOPRIVATE"] {
        let all = settings.values(name).into_iter().filter(|(setting, _)| matches_everything(&setting.value));
        findings.extend(all.filter_map(|(setting, contexts)| look.everything(name, &setting, contexts)));
    }
    shells.outcome(findings)
}

struct Look<'a> {
    settings: &'a Settings,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn off(&self, setting: &Setting, contexts: Vec<Context>) -> Option<Finding> {
        let contexts = self.downloading(contexts);
        let view = self.settings.view(*contexts.first()?)?;
        let is_policy = matches!(setting.origin, SettingOrigin::Goroot { .. });
        let severity = if is_policy { Severity::Info } else { Severity::Warning };
        let summary = match is_policy {
            true => "This Go installation switches the checksum database off",
            false => "The checksum database is switched off: GOSUMDB=off",
        };
        let (evidence, writer) = self.settings.trace("GOSUMDB", setting, &contexts, self.rc);
        let fix = match is_policy {
            true => remedy::set_go(format!("Set GOSUMDB to {DEFAULT} for yourself"), "GOSUMDB", DEFAULT, view),
            false => Some(remedy::unset("GOSUMDB", setting, writer.as_ref(), "modules were taken unchecked")),
        };
        Some(
            Finding::new("GOSUMDB=off", severity, summary)
                .explained_by(if is_policy { &["distro-go-env-defaults"] } else { &[] })
                .seen_in(contexts)
                .about("GOSUMDB")
                .detail(
                    "New modules are used as they come, and Go refuses to download a newer Go: checksum database disabled by GOSUMDB=off. Private modules need no such thing: GOPRIVATE leaves out those alone.",
                )
                .evidence(evidence.expected(DEFAULT))
                .fixes(fix),
        )
    }

    /// A pattern that takes every module out.
    fn everything(&self, name: &'static str, setting: &Setting, contexts: Vec<Context>) -> Option<Finding> {
        // GONOSUMDB stands for itself where it is set, also against GOPRIVATE.
        let decides = |context: &Context| {
            let view = self.settings.view(*context);
            name == "GONOSUMDB" || view.is_some_and(|view| view.get("GONOSUMDB").is_none())
        };
        let is_on = |context: &Context| self.settings.view(*context).is_some_and(|view| view.value("GOSUMDB") != "off");
        let mut contexts = self.downloading(contexts);
        contexts.retain(|context| decides(context) && is_on(context));
        contexts.first()?;
        let (evidence, writer) = self.settings.trace(name, setting, &contexts, self.rc);
        let also =
            if name == "GOPRIVATE" { " Go asks no module proxy either, and cannot download a newer Go." } else { "" };
        Some(
            Finding::new(
                format!("{name}=*"),
                Severity::Warning,
                format!("{name}={} keeps every module from the checksum database", setting.value),
            )
            .explained_by(&[])
            .seen_in(contexts)
            .about(name)
            .detail(format!("The pattern * matches all modules, so none is compared with the log.{also} Patterns for private hosts alone are enough."))
            .evidence(evidence.expected("the paths of private modules only"))
            .fix(Fix::manual(
                format!("Name private modules only in {name}"),
                "List the hosts or organisations that are private, divided by commas:",
                Some(format!("go env -w {name}=git.corp.example,github.com/mycompany")),
            ))
            .fix(chosen(remedy::unset(name, setting, writer.as_ref(), "it takes all modules out of the checksum database"))),
        )
    }

    /// The contexts that download at all.
    fn downloading(&self, contexts: Vec<Context>) -> Vec<Context> {
        let downloads =
            |view: &View| view.value("GOPROXY").trim() != "off" && !view.value("GOFLAGS").contains("-mod=vendor");
        contexts.into_iter().filter(|context| self.settings.view(*context).is_some_and(downloads)).collect()
    }
}

/// Some modules may well be private: taking the pattern away is a choice.
fn chosen(mut fix: Fix) -> Fix {
    if fix.class == Class::Safe {
        fix.class = Class::Review;
    }
    fix
}

fn matches_everything(patterns: &str) -> bool {
    patterns.split(',').any(|pattern| matches!(pattern.trim(), "*" | "**" | "*/*"))
}
