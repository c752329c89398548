//! Windows takes no paths of more than 260 characters, and the project lies there.

use crate::checks::Check;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::windows::HostAnswer;
use crate::probes::wsl::ProjectPlace;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "windows-longpaths-off",
    layer: Layer::Windows,
    title: "Windows takes long paths",
    impact: "Builds on Windows fail for long paths",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("windows/windows-longpaths-off"),
    rule: rule!(judge(HostAnswer, ProjectPlace)),
};

fn judge(answer: &HostAnswer, project: &ProjectPlace) -> Outcome {
    let Some(place) = &project.windows else { return Outcome::skipped("the project does not lie on Windows") };
    let facts = match answer.facts() {
        Ok(facts) => facts,
        Err(missing) => return missing.into(),
    };
    match facts.long_paths {
        Some(true) => Outcome::Passed,
        None => Missing::failed("Windows did not say whether it takes long paths").into(),
        Some(false) => Finding::new("long-paths", Severity::Info, "Windows takes no paths of more than 260 characters")
            .detail(
                "Module caches have long paths. Go itself copes; git on Windows and other tools say: Filename too long.",
            )
            .evidence(Evidence::new(r"HKLM\SYSTEM\CurrentControlSet\Control\FileSystem", "LongPathsEnabled = 0").expected("1"))
            .evidence(Evidence::new("project", place))
            .fix(Fix::manual(
                "Switch long paths on",
                "In a PowerShell of an administrator on Windows. Programs see it when they are started anew; git has \
                 a switch of its own: git config --global core.longpaths true.",
                Some(COMMAND.to_owned()),
            ))
            .into(),
    }
}

const COMMAND: &str = "Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Control\\FileSystem LongPathsEnabled 1";
