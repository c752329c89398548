//! WSL is so old that its clock loses the time that Windows sleeps.

use crate::checks::{Check, remedy};
use crate::host::WslClass;
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::wsl::{Distribution, Package, Release};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-outdated",
    layer: Layer::Wsl,
    title: "WSL is not too old",
    impact: "The clock can stand still here",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-outdated"),
    rule: rule!(judge(Distribution, Package)),
};

/// The first release whose clock is right after Windows slept.
const KEEPS_TIME: Release = Release(2, 1, 1);

fn judge(distribution: &Distribution, package: &Package) -> Outcome {
    if distribution.class == WslClass::Wsl1 {
        return Outcome::skipped("WSL 1 comes with Windows");
    }
    let (evidence, summary) = match package.release {
        Some(release) if release >= KEEPS_TIME => return Outcome::Passed,
        Some(release) => {
            let evidence = Evidence::new("wslinfo --version", release.to_string());
            (evidence, format!("WSL is {release}, older than {KEEPS_TIME}"))
        }
        None => {
            let evidence = Evidence::new("/bin/wslinfo", "is not there; it came with WSL 2.0.4");
            (evidence, "WSL is older than 2.0.4, or the one that is a part of Windows".to_owned())
        }
    };
    Finding::new("wsl", Severity::Warning, summary)
        .detail(
            "Before 2.1.1 the clock stands still while Windows sleeps. After that, downloads fail with: x509: \
             certificate has expired or is not yet valid.",
        )
        .evidence(evidence.expected(format!("{KEEPS_TIME} or later")))
        .fix(remedy::wsl::update_wsl(
            "Run it on Windows or here. Distributions and files stay; all that runs in WSL ends. Afterwards \
             `wslinfo --version` says the new version.",
        ))
        .into()
}
