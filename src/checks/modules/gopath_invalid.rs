//! GOPATH is no list of absolute folders.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::modules::{EntryFault, GopathEntries};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gopath-invalid",
    layer: Layer::Modules,
    title: "GOPATH names a folder that Go can use",
    impact: "No go command works",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("modules/gopath-invalid"),
    rule: rule!(judge(Contexts, GopathEntries, Settings, RcFiles)),
};

fn judge(shells: &Contexts, entries: &GopathEntries, settings: &Settings, rc: &RcFiles) -> Outcome {
    let machine = settings.machine();
    let mut findings = Vec::new();
    for wrong in &entries.wrong {
        let entry = &wrong.entry;
        let (summary, says) = match wrong.fault {
            EntryFault::Tilde => (
                format!("GOPATH begins with a tilde, which Go does not replace: {entry}"),
                format!("go: GOPATH entry cannot start with shell metacharacter '~': \"{entry}\""),
            ),
            EntryFault::Relative => (
                format!("GOPATH is no absolute path: {entry}"),
                format!("go: GOPATH entry is relative; must be absolute path: \"{entry}\""),
            ),
            EntryFault::Stray => (
                format!("GOPATH has a quote, a blank or a carriage return at its end: {entry:?}"),
                format!(
                    "go: GOPATH entry is relative; must be absolute path: {entry:?}, or: no such file or directory"
                ),
            ),
            EntryFault::NoFolder => (format!("GOPATH names a file: {entry}"), "not a directory".to_owned()),
        };
        let (evidence, writer) = settings.trace("GOPATH", &wrong.setting, &wrong.contexts, rc);
        let expanded = machine.untilde(entry);
        let fix = match (&wrong.setting.origin, wrong.fault) {
            (SettingOrigin::File { path, name, .. }, EntryFault::Tilde) if expanded.is_absolute() => {
                let value = wrong.setting.value.replacen(entry, &expanded.display().to_string(), 1);
                let step = Step::SetGo { file: path.clone(), name: "GOPATH".to_owned(), value };
                Fix::new(format!("Write the whole path in {name}"), Class::Safe, vec![step])
            }
            _ => remedy::unset(
                "GOPATH",
                &wrong.setting,
                writer.as_ref(),
                "Go takes only absolute paths; its default is ~/go",
            ),
        };
        findings.push(
            Finding::new(entry, Severity::Error, summary)
                .detail(format!("Every go command that uses modules fails with: {says}."))
                .seen_in(wrong.contexts.iter().copied())
                .about("GOPATH")
                .evidence(evidence.expected("an absolute path, or nothing: the default is ~/go"))
                .fix(fix),
        );
    }
    shells.outcome(findings)
}
