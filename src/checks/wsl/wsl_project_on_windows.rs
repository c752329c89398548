//! The module lies on a Windows drive.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::wsl::{ProjectCost, ProjectPlace};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "wsl-project-on-windows",
    layer: Layer::Wsl,
    title: "The project lies on the disk of WSL",
    impact: "Builds take many times as long as they should",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("wsl/wsl-project-on-windows"),
    rule: rule!(judge(ProjectPlace, ProjectCost)),
};

fn judge(place: &ProjectPlace, cost: &ProjectCost) -> Outcome {
    let (Some(folder), Some(windows)) = (&place.folder, &place.windows) else {
        return Outcome::skipped("the project does not lie on Windows");
    };
    let kind = place.kind.as_deref().unwrap_or("a mount of Windows");
    let per_file = cost.took.as_secs_f64() * 1e6 / cost.files.max(1) as f64;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Finding::new(folder.display().to_string(), Severity::Warning, format!("The project lies on Windows: {windows}"))
        .detail(
            "Every file is reached through a protocol between the two systems, edits on the Windows side are not \
             noticed by gopls, and folders in use cannot be renamed: permission denied.",
        )
        .evidence(Evidence::new(folder.display().to_string(), kind).expected("a folder on the disk of WSL"))
        .evidence(Evidence::new(
            "measured",
            format!("{per_file:.0} µs to look at one file ({} files, {} ms)", cost.files, cost.took.as_millis()),
        ))
        .fix(Fix::manual(
            "Move it to your home folder",
            "Commit or push first, then clone it anew: a fresh clone has the modes and line ends of Linux. From \
             Windows it is reached as \\\\wsl.localhost.",
            Some(format!("git clone {} ~/{name}", remedy::shell_word(&folder.display().to_string()))),
        ))
        .into()
}
