//! The demo machines: what their prose says is wrong with them is found, and
//! nothing else.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use gomedic::checks;
use gomedic::host::recorded::Recorded;
use gomedic::model::Severity;
use support::run_checks;

/// The checks that find something of this severity or worse.
fn found(machine: &str, severity: Severity) -> BTreeSet<&'static str> {
    let path = Path::new("assets/machines").join(machine);
    let machine = Recorded::open(&path).unwrap_or_else(|error| panic!("{error}"));
    let report = run_checks(machine, checks::all());
    report.findings().filter(|(_, finding)| finding.severity >= severity).map(|(check, _)| check.id).collect()
}

#[test]
fn the_healthy_distribution_is_healthy() {
    assert_eq!(found("wsl-healthy.md", Severity::Info), BTreeSet::new());
}

#[test]
fn every_planted_fault_of_wsl_is_found_and_no_other() {
    let planted = [
        // GOPATH of Windows, handed over by WSLENV, and what lies there.
        "windows-go-env",
        "wsl-wslenv-go",
        "wsl-gopath-on-windows",
        "wsl-cache-on-windows",
        // A go of Windows in front.
        "wsl-windows-tool-first",
        // Clash on Windows, and what goes through it.
        "wsl-proxy-loopback",
        "proxy-dead",
        "goproxy-unreachable",
        // The two files of settings.
        "wsl-conf-syntax",
        "wslconfig-backslash",
        "wsl-conf-pending",
        "wsl-network-mode",
        // The clock.
        "wsl-clock-skew",
        "wsl-time-daemon",
        // VS Code.
        "wsl-vscode-settings-leak",
        "wsl-vscode-extension",
    ];
    assert_eq!(found("wsl-broken.md", Severity::Info), BTreeSet::from(planted));
}
