//! wsl.conf asks for systemd, and it does not run.

use crate::checks::{Check, remedy};
use crate::host::WslClass;
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::wsl::{Boot, ConfigFiles, Distribution};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-systemd-mismatch",
    layer: Layer::Wsl,
    title: "systemd runs where it is asked for",
    impact: "Services do not start here",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &["wsl-conf-pending", "wsl-outdated"],
    page: page!("wsl/wsl-systemd-mismatch"),
    rule: rule!(judge(Distribution, Boot, ConfigFiles)),
};

fn judge(distribution: &Distribution, boot: &Boot, files: &ConfigFiles) -> Outcome {
    let file = &files.wsl_conf;
    if let Some(missing) = file.problem() {
        return missing.clone().into();
    }
    let Some(entry) = file.entry("boot.systemd").filter(|_| file.flag("boot.systemd") == Some(true)) else {
        return Outcome::skipped("/etc/wsl.conf does not ask for systemd");
    };
    let init = match &boot.init {
        Ok(name) if name == "systemd" => return Outcome::Passed,
        Ok(name) => name,
        Err(missing) => return missing.clone().into(),
    };
    let detail = match distribution.class {
        WslClass::Wsl1 => "WSL 1 cannot run systemd; the setting counts under WSL 2 only.",
        _ => "Docker, snap and other services do not start. It takes WSL 0.67.6 or later, and a restart of WSL.",
    };
    Finding::new("systemd", Severity::Warning, format!("/etc/wsl.conf asks for systemd, but {init} runs in its place"))
        .detail(detail)
        .evidence(Evidence::new(file.place(entry.line), format!("systemd = {}", entry.written)))
        .evidence(Evidence::new("/proc/1/comm", init).expected("systemd"))
        .fix(remedy::wsl::restart_wsl("systemd starts with it, where WSL is new enough: wsl.exe --version."))
        .into()
}
