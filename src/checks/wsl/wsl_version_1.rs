//! This distribution runs under WSL 1.

use crate::checks::Check;
use crate::host::WslClass;
use crate::model::{Class, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::wsl::Distribution;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-version-1",
    layer: Layer::Wsl,
    title: "This distribution runs under WSL 2",
    impact: "Debugging does not work here",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-version-1"),
    rule: rule!(judge(Distribution)),
};

fn judge(distribution: &Distribution) -> Outcome {
    if distribution.class != WslClass::Wsl1 {
        return Outcome::Passed;
    }
    let name = distribution.named();
    Finding::new("wsl-1", Severity::Warning, "This distribution runs under WSL 1")
        .detail(
            "WSL 1 translates system calls: Delve cannot debug here, `go test -race` and other tools that look deep \
             into processes are not supported, and builds over many files are slow.",
        )
        .evidences(distribution.evidence.iter().cloned())
        .fix(Fix::manual(
            "Convert it to WSL 2",
            format!(
                "On Windows. It takes minutes, and needs virtualisation switched on. Keep a copy first: wsl.exe \
                 --export {name} backup.tar. Afterwards `uname -r` ends in WSL2."
            ),
            Some(format!("wsl.exe --set-version {name} 2")),
        ))
        .into()
}
