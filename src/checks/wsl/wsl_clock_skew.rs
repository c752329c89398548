//! The clock of WSL has left that of Windows.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::network::Clocks;
use crate::probes::windows::HostClock;
use crate::probes::wsl::Distribution;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-clock-skew",
    layer: Layer::Wsl,
    title: "The clock of WSL is that of Windows",
    impact: "Secure connections fail here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["wsl-outdated", "wsl-time-daemon"],
    page: page!("wsl/wsl-clock-skew"),
    rule: rule!(judge(HostClock, Clocks, Distribution)),
};

/// Differences that some programs, and certificates, mind; in seconds.
const WARNING: f64 = 2.0;
const ERROR: f64 = 60.0;

fn judge(host: &HostClock, clocks: &Clocks, distribution: &Distribution) -> Outcome {
    let off = host.off_by();
    if off.abs() <= WARNING {
        return Outcome::Passed;
    }
    let network = clocks.on_the_network();
    // The network agrees with us: it is Windows that is wrong, and
    // windows-clock-wrong says so.
    if network.is_ok_and(|reading| reading.off_by() == 0.0) {
        return Outcome::Passed;
    }
    let severity = if off.abs() > ERROR { Severity::Error } else { Severity::Warning };
    let way = if off < 0.0 { "behind" } else { "ahead of" };
    let span = remedy::span(off);
    let mut finding = Finding::new(way, severity, format!("The clock of WSL is {span} {way} that of Windows"));
    finding = match clocks.on_the_network() {
        Ok(reading) => finding
            .evidences(remedy::clock_evidence(reading))
            .detail("Certificates, tokens and make go by it: x509: certificate has expired or is not yet valid."),
        Err(missing) => finding
            .evidence(Evidence::new("clocks on the network", missing.detail))
            .detail("One of the two is wrong; without a clock on the network it cannot be told which. Mostly it is that of WSL, after Windows slept."),
    };
    let name = distribution.named();
    let inverse = Inverse::CannotBeUndone("time that was wrong does not come back".to_owned());
    finding
        .evidence(Evidence::new("the clock of Windows", interval(host.ahead)))
        .fix(remedy::as_root("Set the clock from the virtual mainboard's", &["hwclock", "-s"], inverse))
        .fix(Fix::manual(
            "Set it from Windows",
            "It works where hwclock is not reached from here.",
            Some(format!("wsl.exe -d {name} -u root -- hwclock -s")),
        ))
        .fix(remedy::wsl::restart_wsl("The clock is then that of Windows."))
        .into()
}

/// The interval that the truth lies in.
fn interval((low, high): (f64, f64)) -> String {
    if high < 0.0 {
        format!("this clock is {:.1} to {:.1} s behind it", -high, -low)
    } else {
        format!("this clock is {low:.1} to {high:.1} s ahead of it")
    }
}
