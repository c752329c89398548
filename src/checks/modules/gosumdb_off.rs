//! The checksum database is switched off.

use crate::checks::{Check, remedy};
use crate::model::{Class, Finding, Layer, Outcome, Severity};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gosumdb-off",
    layer: Layer::Modules,
    title: "The checksum database is asked",
    impact: "Downloads are not verified",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("modules/gosumdb-off"),
    rule: rule!(judge(Contexts, Settings, RcFiles)),
};

fn judge(shells: &Contexts, settings: &Settings, rc: &RcFiles) -> Outcome {
    let mut findings = Vec::new();
    for (name, off) in [("GOSUMDB", "off"), ("GONOSUMDB", "*")] {
        for (setting, contexts) in settings.values(name) {
            if setting.value.trim() != off {
                continue;
            }
            let (evidence, writer) = settings.trace(name, &setting, &contexts, rc);
            let view = contexts.first().and_then(|context| settings.view(*context));
            // What comes with the distribution is its decision, and known.
            let inherited = matches!(setting.origin, SettingOrigin::Goroot { .. });
            let fix = match view {
                Some(view) if inherited => {
                    remedy::set_go("Ask the checksum database: GOSUMDB=sum.golang.org", name, "sum.golang.org", view)
                }
                _ => Some(remedy::unset(
                    name,
                    &setting,
                    writer.as_ref(),
                    "downloads were not verified; for private modules there is GOPRIVATE",
                )),
            };
            findings.push(
                Finding::new(
                    format!("{name}={off}"),
                    if inherited { Severity::Info } else { Severity::Warning },
                    format!("{name}={off} switches the checksum database off for all modules"),
                )
                .detail("What is downloaded for the first time is not verified by anybody. Go also refuses to download toolchains then: toolchain not available. Private modules need GOPRIVATE with their hosts, and not this.")
                .seen_in(contexts)
                .about(name)
                .evidence(evidence.expected("sum.golang.org, and GOPRIVATE for private hosts"))
                .fixes(fix),
            );
        }
    }
    shells.outcome(findings)
}
