//! Everybody on this machine may write a file that the user's shell runs.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Inverse, Layer, Missing, Outcome, Severity, Step};
use crate::probes::shell::{RcMode, RcModes};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "rc-world-writable",
    layer: Layer::Shell,
    title: "Nobody else can write the start files",
    impact: "Other users can change what your shell does",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("shell/rc-world-writable"),
    rule: rule!(judge(RcModes)),
};

/// Write permission of everybody.
const OTHERS: u32 = 0o002;

fn judge(modes: &RcModes) -> Outcome {
    let files = modes.files.iter().filter(|file| !file.made_up);
    let findings: Vec<Finding> = files.clone().filter_map(finding).collect();
    let unknown: Option<&Missing> =
        files.filter_map(|file| file.stat.as_ref().err()).find(|missing| !missing.is_absent());
    Outcome::of(findings).or_unknown(unknown)
}

fn finding(file: &RcMode) -> Option<Finding> {
    let stat = file.stat.as_ref().ok().filter(|stat| stat.mode & OTHERS != 0)?;
    let right = stat.mode & !OTHERS;
    let name = &file.name;
    Some(
        Finding::new(name, Severity::Warning, format!("Everybody on this machine can write {name}"))
            .detail("Your shell runs what stands in it, with your rights, each time it starts.")
            .evidence(Evidence::new(name, format!("mode {:04o}", stat.mode)).expected(format!("mode {right:04o}")))
            .fix(take_away(file, stat.mode, right)),
    )
}

fn take_away(file: &RcMode, mode: u32, right: u32) -> Fix {
    let title = format!("Take the right to write {} from everybody else", file.name);
    if file.own {
        return Fix::new(title, Class::Safe, vec![Step::SetMode { path: file.path.clone(), mode: right }]);
    }
    let path = file.path.display().to_string();
    let back = vec!["chmod".to_owned(), format!("{mode:04o}"), path.clone()];
    remedy::as_root(title, &["chmod", "o-w", &path], Inverse::Argv(back))
}
