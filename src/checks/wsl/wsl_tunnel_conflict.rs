//! DNS tunnelling is asked for, and resolv.conf is kept from it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::wsl::ConfigFiles;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-tunnel-conflict",
    layer: Layer::Wsl,
    title: "DNS tunnelling can do its work",
    impact: "Names are not found, most of all behind a VPN",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-tunnel-conflict"),
    rule: rule!(judge(ConfigFiles)),
};

fn judge(files: &ConfigFiles) -> Outcome {
    let file = &files.wsl_conf;
    if let Some(missing) = file.problem() {
        return missing.clone().into();
    }
    let own =
        file.entry("network.generateResolvConf").filter(|_| file.flag("network.generateResolvConf") == Some(false));
    let Some(own) = own else { return Outcome::skipped("WSL writes /etc/resolv.conf itself") };
    let wslconfig = match &files.wslconfig {
        Ok(wslconfig) => wslconfig,
        Err(missing) => return missing.clone().into(),
    };
    if let Some(missing) = wslconfig.problem() {
        return missing.clone().into();
    }
    // Where nobody asked for it by name, a resolv.conf of one's own is a choice.
    let asked = wslconfig.entry("wsl2.dnsTunneling").filter(|_| wslconfig.flag("wsl2.dnsTunneling") == Some(true));
    let Some(asked) = asked else { return Outcome::Passed };
    Finding::new("tunnel", Severity::Warning, "DNS tunnelling is asked for, but WSL may not write resolv.conf")
        .detail(
            "DNS tunnelling works through a name server that WSL writes into /etc/resolv.conf. With \
             generateResolvConf=false the file stays as it is, and names are looked up past the tunnel.",
        )
        .evidence(Evidence::new(file.place(own.line), format!("generateResolvConf = {}", own.written)).expected("true"))
        .evidence(Evidence::new(wslconfig.place(asked.line), format!("dnsTunneling = {}", asked.written)))
        .fix(remedy::wsl::edit_config(
            "Let WSL write resolv.conf",
            file,
            own.line,
            &own.text,
            &own.text.replacen(own.written.as_str(), "true", 1),
        ))
        .into()
}
