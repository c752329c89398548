//! WSL runs another network mode than .wslconfig asks for.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::wsl::{ConfigFiles, Mode, NetworkMode};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-network-mode",
    layer: Layer::Wsl,
    title: "WSL runs the network mode that was asked for",
    impact: "The network of WSL is another than the one asked for",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &["wsl-conf-pending", "windows-build-old"],
    page: page!("wsl/wsl-network-mode"),
    rule: rule!(judge(ConfigFiles, NetworkMode)),
};

fn judge(files: &ConfigFiles, network: &NetworkMode) -> Outcome {
    let file = match &files.wslconfig {
        Ok(file) => file,
        Err(missing) => return missing.clone().into(),
    };
    if let Some(missing) = file.problem() {
        return missing.clone().into();
    }
    let Some(entry) = file.entry("wsl2.networkingMode") else {
        return Outcome::skipped("no network mode is asked for");
    };
    // wsl-conf-value speaks of one that WSL does not know.
    let Some(asked) = Mode::parse(&entry.value) else { return Outcome::Passed };
    if asked == network.mode {
        return Outcome::Passed;
    }
    let (asked, runs) = (asked.title(), network.mode.title());
    Finding::new(asked, Severity::Warning, format!("WSL was asked for {asked} networking, but runs {runs}"))
        .detail(
            "Either WSL has not been restarted since, or this Windows cannot do it and WSL fell back: mirrored needs \
             Windows 11 22H2, and IPv6 that is not switched off.",
        )
        .evidence(Evidence::new(file.place(entry.line), format!("networkingMode = {}", entry.written)))
        .evidence(network.evidence.clone().expected(asked))
        .fix(remedy::wsl::restart_wsl("If the mode is the same afterwards, wsl.exe says why in its first lines."))
        .into()
}
