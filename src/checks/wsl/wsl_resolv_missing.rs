//! /etc/resolv.conf is gone, or names nobody.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Outcome, Severity};
use crate::probes::wsl::{ConfigFiles, Resolv, ResolvState};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-resolv-missing",
    layer: Layer::Wsl,
    title: "/etc/resolv.conf names a server",
    impact: "No name is found here",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("wsl/wsl-resolv-missing"),
    rule: rule!(judge(Resolv, ConfigFiles)),
};

/// Where WSL writes it, below its own folder.
const WRITTEN: &str = "/mnt/wsl/resolv.conf";

fn judge(resolv: &Resolv, files: &ConfigFiles) -> Outcome {
    let what = match resolv.state {
        ResolvState::Servers(_) => return Outcome::Passed,
        ResolvState::Absent => "is not there",
        ResolvState::Dangling => "is a link to what is not there",
        ResolvState::Empty => "names no server",
    };
    let observed = resolv.link.as_ref().map_or_else(|| what.to_owned(), |link| format!("a link to {link}"));
    let own = files.wsl_conf.flag("network.generateResolvConf") == Some(false);
    let finding = Finding::new("resolv.conf", Severity::Error, format!("/etc/resolv.conf {what}"))
        .detail("Without a name server nothing is found by name: dial tcp: lookup proxy.golang.org: no such host, or: Temporary failure in name resolution.")
        .evidence(Evidence::new("/etc/resolv.conf", observed).expected("a line: nameserver ADDRESS"));
    if own {
        let evidence = files.wsl_conf.entry("network.generateResolvConf");
        return finding
            .evidences(evidence.map(|entry| {
                Evidence::new(files.wsl_conf.place(entry.line), format!("generateResolvConf = {}", entry.written))
            }))
            .fix(Fix::manual(
                "Let WSL write it, or write it yourself",
                format!("Take generateResolvConf=false out of /etc/wsl.conf. {}", remedy::wsl::AFTERWARDS),
                Some("sudoedit /etc/wsl.conf".to_owned()),
            ))
            .into();
    }
    let restart = remedy::wsl::restart_wsl("WSL writes the file when it starts.");
    if resolv.link.as_deref() == Some(WRITTEN) {
        // The link is right; what it leads to is WSL's to write.
        return finding.fix(restart).into();
    }
    let link = ["ln", "-sfn", WRITTEN, "/etc/resolv.conf"];
    let inverse = match &resolv.link {
        Some(old) => Inverse::Argv(["ln", "-sfn", old, "/etc/resolv.conf"].map(str::to_owned).to_vec()),
        None if resolv.state == ResolvState::Absent => {
            Inverse::Argv(["rm", "/etc/resolv.conf"].map(str::to_owned).to_vec())
        }
        None => Inverse::CannotBeUndone("the empty file is replaced by a link".to_owned()),
    };
    finding.fix(remedy::as_root(format!("Link it to {WRITTEN}"), &link, inverse)).fix(restart).into()
}
