//! Settings of WSL were changed after WSL had started.

use jiff::Timestamp;

use crate::checks::{Check, remedy};
use crate::host::WslClass;
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::wsl::config::ConfigFile;
use crate::probes::wsl::{Boot, ConfigFiles, Distribution};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-conf-pending",
    layer: Layer::Wsl,
    title: "Settings of WSL are in force",
    impact: "Changed settings of WSL are not in force yet",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-conf-pending"),
    rule: rule!(judge(Distribution, Boot, ConfigFiles)),
};

fn judge(distribution: &Distribution, boot: &Boot, files: &ConfigFiles) -> Outcome {
    if distribution.class == WslClass::Wsl1 {
        return Outcome::skipped("under WSL 1 a new session reads the settings");
    }
    let started = match &boot.time {
        Ok(time) => *time,
        Err(missing) => return missing.clone().into(),
    };
    let newer = |file: &&ConfigFile| file.content.is_some() && file.modified.is_some_and(|time| time > started);
    let findings: Vec<Finding> = files.known().filter(newer).map(|file| finding(file, started)).collect();
    findings.into()
}

fn finding(file: &ConfigFile, started: Timestamp) -> Finding {
    let time = |time: Timestamp| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let changed = file.modified.map(time).unwrap_or_default();
    Finding::new(&file.name, Severity::Info, format!("{} was changed after WSL had started", file.name))
        .detail("WSL reads it when its virtual machine starts. Until then the old settings are in force.")
        .evidence(Evidence::new(&file.name, format!("changed {changed}")))
        .evidence(Evidence::new("/proc/uptime", format!("started {}", time(started))))
        .fix(remedy::wsl::restart_wsl("The new settings are in force afterwards."))
}
