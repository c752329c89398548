//! GOFLAGS holds what Go rejects.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Layer, Outcome, Severity};
use crate::probes::go::goflags::{self, FlagFault};
use crate::probes::go::{Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goflags-invalid",
    layer: Layer::Go,
    title: "GOFLAGS holds flags that Go takes",
    impact: "Go commands stop at GOFLAGS",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("go/goflags-invalid"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for (setting, contexts) in settings.values("GOFLAGS") {
        let Some((severity, summary, detail)) = fault(&setting) else { continue };
        let (evidence, writer) = settings.trace("GOFLAGS", &setting, &contexts, rc);
        findings.push(
            Finding::new(&setting.value, severity, summary)
                .detail(detail)
                .seen_in(contexts)
                .about("GOFLAGS")
                .evidence(evidence.expected("-flag=value words; one with blanks inside in quotes: '-ldflags=-s -w'"))
                .fix(remedy::unset("GOFLAGS", &setting, writer.as_ref(), "go rejects this")),
        );
    }
    shells.outcome(findings)
}

fn fault(setting: &Setting) -> Option<(Severity, String, String)> {
    let stops = |text: String| format!("Every go command but go env fails with: {text}.");
    let Some(fault) = goflags::first_fault(&setting.value) else {
        let vendor =
            goflags::words(&setting.value).ok()?.iter().any(|word| word.trim_start_matches('-') == "mod=vendor");
        return vendor.then(|| {
            (
                Severity::Warning,
                "GOFLAGS asks for -mod=vendor in every project".to_owned(),
                "A project without a vendor folder fails with: inconsistent vendoring, and go install PROGRAM@VERSION refuses. Go uses a vendor folder by itself where there is one.".to_owned(),
            )
        });
    };
    let word = fault.word().to_owned();
    let detail = match &fault {
        FlagFault::Quote(_) => stops("parsing $GOFLAGS: unterminated quote".to_owned()),
        FlagFault::NotAFlag(_) => stops(format!("go: parsing $GOFLAGS: non-flag \"{word}\"")),
        FlagFault::Unknown(_) => stops(format!("go: parsing $GOFLAGS: unknown flag {word}")),
        FlagFault::NoValue(_) => stops(format!("go: flag needs an argument: {word} (from $GOFLAGS)")),
        FlagFault::WritesSettings(_) => format!(
            "Go takes {word} as a flag of its own: go env NAME becomes go env {word} NAME, which writes or removes settings instead of showing them. Usually quotes are missing: '-ldflags=-s -w'."
        ),
    };
    let summary = match &fault {
        FlagFault::WritesSettings(_) => format!("GOFLAGS holds {word}, which makes go env write instead of show"),
        _ => format!("GOFLAGS holds {word}, which Go does not take"),
    };
    Some((Severity::Error, summary, detail))
}
