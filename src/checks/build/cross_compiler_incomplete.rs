//! A cross compiler is installed without what it links programs with.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::build::{CompilerState, CrossBuild, CrossBuilds};
use crate::probes::go::Settings;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cross-compiler-incomplete",
    layer: Layer::Build,
    title: "The C compilers for the project's targets have their libraries",
    impact: "The project does not build for one of its targets",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("build/cross-compiler-incomplete"),
    rule: rule!(judge(Settings, CrossBuilds)),
};

fn judge(settings: &Settings, builds: &CrossBuilds) -> Outcome {
    let findings: Vec<Finding> = builds.found.iter().filter_map(|build| finding(build, settings)).collect();
    match &builds.problem {
        Some(problem) if findings.is_empty() => problem.clone().into(),
        _ if builds.found.is_empty() => Outcome::skipped("no build file of the project needs a cross compiler"),
        _ => Outcome::of(findings),
    }
}

fn finding(build: &CrossBuild, settings: &Settings) -> Option<Finding> {
    let CompilerState::Incomplete { path, file, folder } = &build.state else { return None };
    let CrossBuild { compiler, platform, target, .. } = build;
    let (library, fails) = match *file {
        "crt1.o" => ("a C library", "cannot find Scrt1.o: No such file or directory; or stdlib.h: No such file"),
        _ => ("the files of MinGW", "cannot find crt2.o; cannot find -lmingwex; or windows.h: No such file"),
    };
    let machine = settings.machine();
    let finding =
        Finding::new(compiler, Severity::Warning, format!("{compiler} is here without {library} for {platform}"))
            .detail(format!("The project needs cgo, and its build for {platform} fails with: {fails}."))
            .about(compiler)
            .evidence(build.place.clone())
            .evidence(build.code.clone())
            .evidence(Evidence::new(machine.tilde(path), "the compiler alone"))
            .evidence(Evidence::new(machine.tilde(&folder.join(file)), "no such file"))
            .fix(remedy::install_cross_library(machine, target));
    Some(finding)
}
