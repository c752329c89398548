//! A program of the project cannot run here.

use crate::checks::Check;
use crate::host::Machine;
use crate::model::{Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::project::{Binaries, Obstacle, OutputProgram};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "binary-foreign",
    layer: Layer::Project,
    title: "Programs that were built here run here",
    impact: "A program cannot run here",
    severity: Severity::Warning,
    class: None,
    causes: &["cross-target-left-set"],
    page: page!("project/binary-foreign"),
    rule: rule!(judge(Binaries, Settings)),
};

fn judge(binaries: &Binaries, settings: &Settings) -> Outcome {
    let findings: Vec<Finding> = binaries
        .found
        .iter()
        .filter_map(|program| Some(finding(program, program.obstacle.as_ref()?, settings.machine())))
        .collect();
    match &binaries.problem {
        Some(missing) if findings.is_empty() => Missing::clone(missing).into(),
        _ if binaries.found.is_empty() => Outcome::skipped("no program lies in the usual folders"),
        _ => findings.into(),
    }
}

fn finding(program: &OutputProgram, obstacle: &Obstacle, machine: &Machine) -> Finding {
    let name = &program.name;
    let (summary, detail, observed) = match obstacle {
        Obstacle::Platform { goos, goarch } => (
            format!("{name} is built for {goos}/{goarch}, and this is {}/{}", machine.goos(), machine.goarch()),
            "Starting it fails with: cannot execute binary file: Exec format error. Build it here, with GOOS and GOARCH unset.".to_owned(),
            format!("{goos}/{goarch}"),
        ),
        Obstacle::Interpreter(path) => (
            format!("{name} needs the loader {}, which is not here", path.display()),
            "Starting it fails with: no such file or directory, or: required file not found, although the file exists: what is missing is the program that loads it. It was linked on a system with another C library. Build it here, or with CGO_ENABLED=0.".to_owned(),
            format!("interpreter {}", path.display()),
        ),
        Obstacle::Libraries(missing) => (
            format!("{name} needs libraries that are not here: {}", missing.join(", ")),
            "Starting it fails with: error while loading shared libraries. Install what it needs, build it here, or build it with CGO_ENABLED=0.".to_owned(),
            format!("needed: {}", missing.join(", ")),
        ),
        Obstacle::Glibc { required, provided } => (
            format!("{name} needs glibc {required}, and this system has {provided}"),
            format!("Starting it fails with: version `GLIBC_{required}' not found. It was linked on a newer system. Build it here, or with CGO_ENABLED=0."),
            format!("GLIBC_{required}"),
        ),
    };
    let built = program.go.as_ref().map(|go| Evidence::new(name.clone(), format!("built by {}", go.go_version)));
    Finding::new(program.path.display().to_string(), Severity::Warning, summary)
        .detail(detail)
        .evidence(Evidence::new(name.clone(), observed))
        .evidences(built)
}
