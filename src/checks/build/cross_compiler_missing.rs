//! A build file names a cross compiler that is not installed.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::build::{CompilerState, CrossBuild, CrossBuilds};
use crate::probes::go::Settings;
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cross-compiler-missing",
    layer: Layer::Build,
    title: "The C compilers for the project's targets are there",
    impact: "The project does not build for one of its targets",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("build/cross-compiler-missing"),
    rule: rule!(judge(Contexts, Settings, CrossBuilds)),
};

fn judge(shells: &Contexts, settings: &Settings, builds: &CrossBuilds) -> Outcome {
    let findings: Vec<Finding> = builds
        .found
        .iter()
        .filter_map(|build| match &build.state {
            CompilerState::Missing(contexts) => Some(finding(build, contexts, settings)),
            CompilerState::Complete | CompilerState::Incomplete { .. } => None,
        })
        .collect();
    match &builds.problem {
        Some(problem) if findings.is_empty() => problem.clone().into(),
        _ if builds.found.is_empty() => Outcome::skipped("no build file of the project needs a cross compiler"),
        _ => shells.outcome(findings),
    }
}

fn finding(build: &CrossBuild, contexts: &[Context], settings: &Settings) -> Finding {
    let CrossBuild { compiler, platform, target, .. } = build;
    let summary = format!("The project builds for {platform} with {compiler}, which is not here");
    Finding::new(compiler, Severity::Warning, summary)
        .detail(format!(
            "The project needs cgo, and that build fails with: cgo: C compiler \"{compiler}\" not found: exec: \"{compiler}\": executable file not found in $PATH."
        ))
        .seen_in(contexts.iter().copied())
        .about(compiler)
        .evidence(build.place.clone())
        .evidence(build.code.clone())
        .evidence(Evidence::new(compiler, "on no folder of PATH"))
        .fix(remedy::install_cross_compiler(settings.machine(), target))
}
