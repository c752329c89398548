//! The builds of Dockerfiles, as those of other files.

use std::path::PathBuf;

use crate::model::Evidence;
use crate::probes::project::{Build, BuildFlags, DockerfileAt, GoCall, Run, Stage, Told};

/// What a Dockerfile builds in images of Go with glibc.
pub(super) fn builds(file: &DockerfileAt) -> Vec<Build> {
    let mut found: Vec<Build> = Vec::new();
    for stage in &file.content.stages {
        let is_glibc = file.content.image(stage).is_some_and(|image| image.is_go() && !image.is_go_on_alpine());
        let calls = file.content.calls(stage).into_iter().filter(|(_, call)| is_glibc && call.builds());
        for build in calls.filter_map(|(run, call)| build(file, stage, run, call)) {
            // A stage has the calls of those that it starts from.
            if !found.contains(&build) {
                found.push(build);
            }
        }
    }
    found
}

fn build(file: &DockerfileAt, stage: &Stage, run: &Run, call: &GoCall) -> Option<Build> {
    let is_set = |name: &&str| stage.scope.has(name) || call.variable(name).is_some();
    let elsewhere = ["GOFLAGS", "CC", "GOOS", "GOARCH"];
    if elsewhere.iter().any(is_set) {
        return None;
    }
    let place: Evidence = file.evidence(call.line);
    let cgo = run.value(call, "CGO_ENABLED").ok()?;
    // The golang images of Debian have gcc, and with that cgo is on.
    let value = cgo.unwrap_or_else(|| "1".to_owned());
    let flag = |name: &str| call.flag(name).unwrap_or_default();
    let package = call.package().filter(|package| !package.contains(['$', '*', '`']) && !package.contains(".."))?;
    let root = file.path.parent()?;
    // The context is mostly the folder of the Dockerfile, or the one above.
    let parts = package.split('/').filter(|part| !["", "."].contains(part));
    let folder: PathBuf = parts.fold(root.to_owned(), |folder, part| folder.join(part));
    Some(Build {
        file: file.name.clone(),
        name: call.flag("o").unwrap_or("build").to_owned(),
        folder: Some(folder),
        platforms: Vec::new(),
        cgo: Some(Told { value, place: place.clone() }),
        flags: BuildFlags::new(flag("ldflags"), flag("tags"), flag("buildmode")),
        place,
    })
}
