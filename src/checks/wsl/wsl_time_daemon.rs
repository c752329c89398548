//! A time service inside the distribution fights Windows for the clock.

use crate::checks::{Check, remedy};
use crate::host::WslClass;
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::wsl::{Distribution, Package, Release, TimeDaemon, TimeDaemons};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-time-daemon",
    layer: Layer::Wsl,
    title: "No time service fights Windows for the clock",
    impact: "The clock jumps, or drifts away",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-time-daemon"),
    rule: rule!(judge(Distribution, Package, TimeDaemons)),
};

/// Since then WSL keeps the clock right by itself, also after Windows slept.
const KEEPS_TIME: Release = Release(2, 1, 1);

fn judge(distribution: &Distribution, package: &Package, daemons: &TimeDaemons) -> Outcome {
    if distribution.class == WslClass::Wsl1 {
        return Outcome::skipped("under WSL 1 the clock is that of Windows");
    }
    let new = package.release.is_some_and(|release| release >= KEEPS_TIME);
    let severity = if new { Severity::Warning } else { Severity::Info };
    daemons.running.iter().map(|daemon| finding(daemon, severity)).collect::<Vec<_>>().into()
}

fn finding(daemon: &TimeDaemon, severity: Severity) -> Finding {
    let unit = daemon.unit;
    let finding = Finding::new(
        unit,
        severity,
        format!("{} sets the clock of WSL, which Windows does already", daemon.name),
    )
    .detail(
        "The clock belongs to the virtual machine, and WSL keeps it by that of Windows. Two that pull at it make \
             it drift, or jump back a minute after it was set.",
    )
    .evidence(Evidence::new(&daemon.mark, "it runs"));
    if !daemon.by_systemd {
        return finding.fix(Fix::manual(
            format!("Stop {}", daemon.name),
            "It was not started by systemd: look for what starts it, such as boot.command in /etc/wsl.conf.",
            Some("grep -n command /etc/wsl.conf".to_owned()),
        ));
    }
    let inverse = ["systemctl", "enable", "--now", unit].map(str::to_owned).to_vec();
    finding.fix(remedy::as_root(
        format!("Switch {unit} off"),
        &["systemctl", "disable", "--now", unit],
        Inverse::Argv(inverse),
    ))
}
