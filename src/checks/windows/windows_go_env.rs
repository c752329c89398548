//! A variable of Windows is handed to WSL and disturbs Go there.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::windows::{HostAnswer, WindowsVariable};
use crate::probes::wsl::WslEnv;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-go-env",
    layer: Layer::Windows,
    title: "No variable of Windows disturbs the Go of WSL",
    impact: "Go uses folders of Windows",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-go-env"),
    rule: rule!(judge(HostAnswer)),
};

/// Variables that mean something else on the other side.
const NAMES: [&str; 4] = ["GOROOT", "GOPATH", "GOBIN", "GOTOOLCHAIN"];

fn judge(answer: &HostAnswer) -> Outcome {
    let facts = match answer.facts() {
        Ok(facts) => facts,
        Err(missing) => return missing.into(),
    };
    let Some(shared) = facts.variable("WSLENV") else { return Outcome::Passed };
    let list = WslEnv::parse(shared.value().unwrap_or_default());
    let handed = NAMES.iter().filter(|name| list.shares(name)).filter_map(|name| facts.variable(name));
    handed.map(|variable| finding(variable, shared)).collect::<Vec<_>>().into()
}

fn finding(variable: &WindowsVariable, shared: &WindowsVariable) -> Finding {
    let (name, value) = (&variable.name, variable.value().unwrap_or_default());
    Finding::new(name.as_str(), Severity::Warning, format!("Windows hands its {name} to WSL: {value}"))
        .about(name.as_str())
        .detail("It names what belongs to the Go of Windows. The Go here then uses folders on the Windows drive, or does not start.")
        .evidence(Evidence::new(place(variable), value))
        .evidence(Evidence::new(place(shared), shared.value().unwrap_or_default()).expected(format!("without {name}")))
        .fix(Fix::manual(
            format!("Take {name} out of WSLENV"),
            "On Windows, then open a new terminal. The variable itself may stay: the Go of Windows may need it.",
            Some(command(shared, name)),
        ))
}

fn place(variable: &WindowsVariable) -> String {
    let whose = if variable.user.is_some() { "user" } else { "machine" };
    format!("{} of the Windows {whose}", variable.name)
}

fn command(shared: &WindowsVariable, name: &str) -> String {
    let rest = WslEnv::parse(shared.value().unwrap_or_default()).without(name);
    let switch = if shared.user.is_some() { "" } else { " /M" };
    format!("setx.exe WSLENV \"{rest}\"{switch}")
}
