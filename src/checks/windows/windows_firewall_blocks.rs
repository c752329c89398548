//! The Hyper-V firewall of Windows blocks what WSL sends.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::windows::HostAnswer;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-firewall-blocks",
    layer: Layer::Windows,
    title: "The firewall of Windows lets WSL out",
    impact: "WSL reaches no network",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-firewall-blocks"),
    rule: rule!(judge(HostAnswer)),
};

fn judge(answer: &HostAnswer) -> Outcome {
    let facts = match answer.facts() {
        Ok(facts) => facts,
        Err(missing) => return missing.into(),
    };
    match facts.outbound.as_deref() {
        // Before Windows 11 22H2 there is no such firewall.
        None => Outcome::skipped("this Windows has no firewall for virtual machines"),
        Some("Block") => finding().into(),
        Some(_) => Outcome::Passed,
    }
}

fn finding() -> Finding {
    Finding::new("outbound", Severity::Error, "The firewall of Windows blocks all that WSL sends")
        .detail("Nothing is reached from here: no module proxy, no name server, no git host.")
        .evidence(Evidence::new("Get-NetFirewallHyperVVMSetting", "DefaultOutboundAction: Block").expected("Allow"))
        .fix(Fix::manual(
            "Let WSL out",
            "In a PowerShell of an administrator on Windows. Where a policy of your company sets it, ask who keeps \
             the policy: what you set by hand is then set back.",
            Some(format!("Set-NetFirewallHyperVVMSetting -Name '{WSL}' -DefaultOutboundAction Allow")),
        ))
}

/// The name of WSL's virtual machine in that firewall.
const WSL: &str = "{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}";
