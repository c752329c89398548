//! Settings of WSL stand where WSL does not look for them.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::wsl::config::{ConfigFile, Dialect, ValueFaultKind};
use crate::probes::wsl::{ConfigFiles, Misplaced};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-conf-misplaced",
    layer: Layer::Wsl,
    title: "Settings of WSL stand in the right file",
    impact: "WSL ignores settings",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-conf-misplaced"),
    rule: rule!(judge(ConfigFiles)),
};

fn judge(files: &ConfigFiles) -> Outcome {
    let mut findings: Vec<Finding> = files.misplaced.iter().map(misnamed).collect();
    findings.extend(files.known().filter_map(foreign));
    Outcome::of(findings).or_unknown(files.problem())
}

fn misnamed(file: &Misplaced) -> Finding {
    Finding::new(&file.name, Severity::Warning, format!("WSL never reads {}", file.name))
        .detail(format!("It reads {} only; what stands here has no effect.", file.right))
        .evidence(Evidence::new(&file.name, "a file of settings").expected(&file.right))
        .fix(Fix::manual(
            format!("Move it to {}", file.right),
            format!("Look first whether {} is there already. {}", file.right, remedy::wsl::AFTERWARDS),
            Some(format!(
                "{}mv -n {} {}",
                if file.path.starts_with("/etc") { "sudo " } else { "" },
                remedy::shell_word(&file.path.display().to_string()),
                remedy::shell_word(&file.right)
            )),
        ))
}

/// Settings of the other file.
fn foreign(file: &ConfigFile) -> Option<Finding> {
    let faults: Vec<_> =
        file.value_faults().into_iter().filter(|fault| fault.kind == ValueFaultKind::OtherFile).collect();
    let first = faults.first()?;
    let (key, right) = match file.dialect {
        Dialect::WslConf => ("wsl.conf", ".wslconfig in the folder of the Windows user"),
        Dialect::WslConfig => (".wslconfig", "/etc/wsl.conf of the distribution"),
    };
    let have = match faults.len() - 1 {
        0 => "has".to_owned(),
        more => format!("and {more} more have"),
    };
    Some(
        Finding::new(
            format!("keys:{key}"),
            Severity::Warning,
            format!("{} {have} no effect in {}", first.entry.name, file.name),
        )
        .detail(format!("It belongs into {right}. WSL says: {first}."))
        .evidences(faults.iter().map(|fault| {
            Evidence::new(file.place(fault.entry.line), format!("{} = {}", fault.entry.name, fault.entry.written))
                .expected(format!("in {right}"))
        }))
        .fix(Fix::manual(
            format!("Move it to {right}"),
            format!(
                "Cut the lines here and write them there, below a line with their section. {}",
                remedy::wsl::AFTERWARDS
            ),
            Some(remedy::wsl::editor(file, first.entry.line)),
        )),
    )
}
