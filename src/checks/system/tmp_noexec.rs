//! Programs cannot be executed in the folder that Go builds in.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::Settings;
use crate::probes::modules::{PlaceKind, Places};
use crate::probes::shell::RcFiles;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "tmp-noexec",
    layer: Layer::System,
    title: "Programs run in the folder that Go builds in",
    impact: "go run and go test do not work here",
    severity: Severity::Warning,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("system/tmp-noexec"),
    rule: rule!(judge(Places, Settings, RcFiles)),
};

fn judge(places: &Places, settings: &Settings, rc: &RcFiles) -> Outcome {
    let Some(place) = places.get(PlaceKind::Temporary) else {
        return Outcome::skipped("GOTMPDIR is no absolute path");
    };
    let filesystem = match &place.filesystem {
        Ok(filesystem) => filesystem,
        Err(missing) => return missing.clone().into(),
    };
    if !filesystem.noexec {
        return Outcome::Passed;
    }
    let machine = settings.machine();
    let path = machine.tilde(&place.path);
    let mut finding = Finding::new(
        place.path.display().to_string(),
        Severity::Warning,
        format!("Go builds in {path}, where no program may be executed"),
    )
    .detail(format!(
        "go build works, and go run and go test fail with: fork/exec {}/go-build…: permission denied.",
        place.path.display()
    ))
    .seen_in([places.context])
    .about("GOTMPDIR")
    .evidence(Evidence::new(
        filesystem.mount_point.display().to_string(),
        format!("{} mounted noexec", filesystem.kind),
    ));
    let view = settings.view(places.context);
    let set = view.and_then(|view| view.get("GOTMPDIR"));
    if let Some(setting) = &set {
        let (evidence, writer) = settings.trace("GOTMPDIR", setting, &[places.context], rc);
        finding = finding.evidence(evidence);
        finding = finding.fix(remedy::unset("GOTMPDIR", setting, writer.as_ref(), "no program may be executed there"));
    }
    let folder = machine.user.home.as_ref().map(|home| home.join(".cache/go-tmp"));
    let file = view.and_then(|view| view.file.path.clone());
    if let (Some(folder), Some(file), None) = (folder, file, set) {
        let value = folder.display().to_string();
        let title = format!("Let Go build in {}", machine.tilde(&folder));
        let steps = vec![
            Step::CreateFolder { path: folder, mode: 0o700 },
            Step::SetGo { file, name: "GOTMPDIR".to_owned(), value },
        ];
        finding = finding.fix(Fix::new(title, Class::Safe, steps));
    }
    finding.into()
}
