//! Windows could not be asked.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::windows::{FailureClass, HostAnswer};
use crate::probes::wsl::ConfigFiles;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-unreachable",
    layer: Layer::Windows,
    title: "Windows answers",
    impact: "What is wrong on Windows cannot be seen",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &["wsl-interop-broken", "wsl-interop-dead"],
    page: page!("windows/windows-unreachable"),
    rule: rule!(judge(HostAnswer, ConfigFiles)),
};

fn judge(answer: &HostAnswer, files: &ConfigFiles) -> Outcome {
    let failure = match &answer.facts {
        Ok(_) => return Outcome::Passed,
        Err(failure) => failure,
    };
    let is_off = |name: &str| files.wsl_conf.flag(name) == Some(false);
    let off = is_off("interop.enabled");
    let severity = match failure.class {
        _ if off => Severity::Info,
        FailureClass::Blocked | FailureClass::NoRelay => Severity::Info,
        // Without drives on purpose.
        FailureClass::NotThere if is_off("automount.enabled") => Severity::Info,
        _ => Severity::Warning,
    };
    let why = if off { "/etc/wsl.conf switches its programs off" } else { failure.class.title() };
    Finding::new("host", severity, format!("Windows could not be asked: {why}"))
        .detail(
            "gomedic starts one PowerShell on Windows that reads a few settings and prints them. What it would have \
             told (variables, proxy, clock, build) is unknown, not fine.",
        )
        .evidence(Evidence::new("powershell.exe", &failure.said))
        .fix(advice(failure.class, off))
        .into()
}

fn advice(class: FailureClass, off: bool) -> Fix {
    let (title, text, command) = match class {
        _ if off => (
            "Leave it, or switch interop on",
            "Remove interop.enabled=false from /etc/wsl.conf and run wsl.exe --shutdown on Windows.",
            Some("sudoedit /etc/wsl.conf"),
        ),
        FailureClass::Hang | FailureClass::RelayTimeout => {
            ("Try it in a new terminal", "If it hangs there too, restart WSL: wsl.exe --shutdown.", None)
        }
        FailureClass::NoBinfmt => ("Repair WSL's interop first", "The finding wsl-interop-broken says how.", None),
        FailureClass::NotThere => (
            "See which drives are mounted",
            "With automount.enabled=false in /etc/wsl.conf, or without drive C, Windows cannot be asked.",
            Some("findmnt -t 9p,virtiofs,drvfs"),
        ),
        FailureClass::NotExecutable => (
            "Look at the options of the mount",
            "automount.options in /etc/wsl.conf: an fmask of 111 takes away the right to execute.",
            Some("findmnt -t 9p,virtiofs,drvfs"),
        ),
        FailureClass::Refused => (
            "Ask who blocks PowerShell",
            "Endpoint protection often refuses it. Run gomedic with --no-host where it must not be started.",
            None,
        ),
        FailureClass::Blocked | FailureClass::NoRelay => (
            "Go on without Windows",
            "Run gomedic with --no-host: nothing is then started on Windows.",
            Some("gomedic check --no-host"),
        ),
        FailureClass::Garbled => (
            "See what PowerShell says",
            "It should print a line and end.",
            Some("powershell.exe -NoProfile -Command 'Get-Date'"),
        ),
    };
    Fix::manual(title, text, command.map(str::to_owned))
}
