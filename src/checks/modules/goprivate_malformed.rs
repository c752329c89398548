//! A pattern of GOPRIVATE or its relatives matches no module.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity, mask};
use crate::probes::go::{Setting, Settings};
use crate::probes::modules::ModulePatterns;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goprivate-malformed",
    layer: Layer::Modules,
    title: "The patterns of GOPRIVATE and its relatives can match modules",
    impact: "Private modules are looked for in public",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("modules/goprivate-malformed"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

const NAMES: [&str; 4] = ["GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE"];

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let findings = NAMES.into_iter().flat_map(|name| {
        let values = settings.values(name).into_iter();
        values.filter_map(move |(setting, contexts)| finding(settings, rc, name, &setting, contexts))
    });
    shells.outcome(findings.collect())
}

fn finding(
    settings: &Settings,
    rc: &RcFiles,
    name: &'static str,
    setting: &Setting,
    contexts: Vec<Context>,
) -> Option<Finding> {
    let list = ModulePatterns::parse(&setting.value);
    let (pattern, fault) = list.faults().next()?;
    let view = settings.view(*contexts.first()?)?;
    let shown = mask(pattern.trim()).into_owned();
    let right = ModulePatterns::repaired(&setting.value);
    let (evidence, writer) = settings.trace(name, setting, &contexts, rc);
    let evidence = match &right {
        Some(right) => evidence.expected(format!("{name}={right}")),
        None => evidence.expected("module paths, as git.corp.example/team, divided by commas"),
    };
    let rewrite = right.as_ref().and_then(|right| remedy::rewrite(name, setting, writer.as_ref(), right, view));
    let by_hand =
        right.filter(|_| rewrite.is_none()).map(|right| remedy::set_by_hand(name, setting, &right, rc.machine()));
    let unset = remedy::unset(name, setting, writer.as_ref(), "it matches no module");
    let value = mask(&setting.value).into_owned();
    let value = (!evidence.observed.contains(&value)).then(|| Evidence::new(format!("the value of {name}"), value));
    Some(
        Finding::new(format!("{name}:{shown}"), Severity::Warning, format!("{name}: '{shown}' {}", fault.title()))
            .seen_in(contexts)
            .about(name)
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .detail(effect(name))
            .evidence(evidence)
            .evidences(value)
            .fixes(rewrite.or(by_hand))
            .fix(remedy::reviewed(unset)),
    )
}

fn effect(name: &str) -> &'static str {
    match name {
        "GONOSUMDB" => {
            "Patterns are compared with module paths. Private modules are asked for at the checksum database, by name, and fail with: reading https://sum.golang.org/lookup/…: 404 Not Found."
        }
        "GOINSECURE" => "Patterns are compared with module paths. This one changes nothing.",
        _ => {
            "Patterns are compared with module paths. Private modules are asked for at the public proxy and the checksum database, by name, and fail with: 404 Not Found, or 410 Gone."
        }
    }
}
