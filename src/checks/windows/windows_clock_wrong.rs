//! The clock of Windows is wrong, and WSL has it from there.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::network::Clocks;
use crate::probes::windows::{HostAnswer, HostClock};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-clock-wrong",
    layer: Layer::Windows,
    title: "The clock of Windows is right",
    impact: "Secure connections fail here",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-clock-wrong"),
    rule: rule!(judge(HostClock, Clocks, HostAnswer)),
};

fn judge(host: &HostClock, clocks: &Clocks, answer: &HostAnswer) -> Outcome {
    let network = match clocks.on_the_network() {
        Ok(reading) => reading,
        Err(missing) => return missing.into(),
    };
    let (here, there) = (network.off_by(), host.off_by());
    // How far Windows is ahead of the network: our own clock cancels out.
    let windows_wrong = if there == 0.0 { here } else { -there };
    let agrees_with_one = (there == 0.0) != (here == 0.0);
    if !agrees_with_one || windows_wrong.abs() <= LIMIT {
        return Outcome::Passed;
    }
    let way = if windows_wrong > 0.0 { "ahead" } else { "behind" };
    let span = remedy::span(windows_wrong);
    let mut finding = Finding::new(way, Severity::Warning, format!("The clock of Windows is {span} {way}"))
        .detail(if there == 0.0 {
            "WSL has its time from Windows, so that both are wrong. Certificates and tokens are judged by it."
        } else {
            "The clock of WSL is right: something in the distribution keeps it so, against Windows. Do not set it; set that of Windows."
        })
        .evidences(remedy::clock_evidence(network))
        .evidence(Evidence::new("the clock of Windows", against(there)));
    if let Ok(facts) = answer.facts() {
        let told = [("state", &facts.time_service), ("Type", &facts.time_source), ("NtpServer", &facts.time_server)];
        let told = told
            .into_iter()
            .filter_map(|(name, value)| Some(Evidence::new(format!("W32Time {name}"), value.as_ref()?)));
        finding = finding.evidences(told);
    }
    finding
        .fix(Fix::manual(
            "Set the clock of Windows",
            "In a PowerShell of an administrator on Windows. If it says that no time data was available, no time \
             server is reached: look at Settings, Time & language, Sync now. WSL follows within a minute.",
            Some("w32tm /resync /force".to_owned()),
        ))
        .into()
}

/// A difference that some programs mind, in seconds.
const LIMIT: f64 = 2.0;

fn against(ahead: f64) -> String {
    match ahead {
        0.0 => "agrees with this clock".to_owned(),
        ahead if ahead > 0.0 => format!("this clock is {} ahead of it", remedy::span(ahead)),
        behind => format!("this clock is {} behind it", remedy::span(behind)),
    }
}
