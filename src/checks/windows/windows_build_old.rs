//! This Windows is older than what .wslconfig asks for.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::windows::{HostAnswer, HostFacts};
use crate::probes::wsl::ConfigFiles;
use crate::probes::wsl::config::Entry;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-build-old",
    layer: Layer::Windows,
    title: "This Windows can do what .wslconfig asks for",
    impact: "Settings of WSL have no effect",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-build-old"),
    rule: rule!(judge(HostAnswer, ConfigFiles)),
};

/// What takes Windows 11 22H2.
const NEEDS: [&str; 2] = ["wsl2.networkingMode", "wsl2.dnsTunneling"];

fn judge(answer: &HostAnswer, files: &ConfigFiles) -> Outcome {
    let facts = match answer.facts() {
        Ok(facts) => facts,
        Err(missing) => return missing.into(),
    };
    let Some((build, revision)) = facts.build else {
        return Missing::failed("Windows did not say its build").into();
    };
    if build >= HostFacts::WINDOWS_11_22H2 {
        return Outcome::Passed;
    }
    let file = match &files.wslconfig {
        Ok(file) => file,
        Err(missing) => return missing.clone().into(),
    };
    let asks = |entry: &&Entry| ["mirrored", "true", "1"].iter().any(|value| entry.value.eq_ignore_ascii_case(value));
    let asked: Vec<&Entry> = NEEDS.iter().filter_map(|name| file.entry(name)).filter(asks).collect();
    let Some(first) = asked.first() else { return Outcome::Passed };
    let evidence =
        asked.iter().map(|entry| Evidence::new(file.place(entry.line), format!("{} = {}", entry.name, entry.written)));
    Finding::new("build", Severity::Warning, format!("{} needs a newer Windows than build {build}", first.name))
        .detail(
            "Mirrored networking and DNS tunnelling came with Windows 11 22H2, build 22621. Before that WSL falls back \
             to NAT, with a line that is easily missed.",
        )
        .evidences(evidence)
        .evidence(Evidence::new("Windows", format!("build {build}.{revision}")).expected("22621 or later"))
        .fix(Fix::manual(
            "Update Windows, or take the settings out",
            "In NAT mode a proxy on the loopback address of Windows is not reached from WSL: its address is that of \
             the gateway.",
            Some(remedy::wsl::editor(file, first.line)),
        ))
        .into()
}
