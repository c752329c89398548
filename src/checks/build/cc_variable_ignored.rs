//! A compiler is named by a variable that `go build` does not read.

use crate::checks::{Check, remedy};
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity, mask};
use crate::probes::build::{TargetVariable, TargetVariables};
use crate::probes::go::RunningGos;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cc-variable-ignored",
    layer: Layer::Build,
    title: "Compilers are named by variables that go build reads",
    impact: "Go does not use the C compiler that is named for a target",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("build/cc-variable-ignored"),
    rule: rule!(judge(Contexts, RunningGos, TargetVariables, RcFiles)),
};

fn judge(shells: &Contexts, running: &RunningGos, variables: &TargetVariables, rc: &RcFiles) -> Outcome {
    if running.is_empty() {
        return Outcome::skipped("no go is on any PATH");
    }
    // What only a running program has is its own affair: a package manager
    // that builds for another target sets such variables for its own programs.
    let kept = variables.found.iter().filter(|it| it.contexts.iter().any(|context| !context.is_already_running()));
    shells.outcome(kept.map(|variable| finding(variable, rc)).collect())
}

fn finding(variable: &TargetVariable, rc: &RcFiles) -> Finding {
    let TargetVariable { name, value, setting, .. } = variable;
    let line = mask(&format!("{name}={value}")).into_owned();
    let evidence = match rc.writer_of(name, value) {
        Some(writer) => writer.evidence(),
        None => {
            let whose = variable.contexts.first().map_or("a shell", |context| context.title());
            Evidence::new(format!("environment of {whose}"), line.clone())
        }
    };
    let target = variable.platform.as_ref().map_or_else(|| "another target".to_owned(), ToString::to_string);
    Finding::new(line, Severity::Info, format!("go build does not read {name}; it takes {setting} for every target"))
        .detail(format!(
            "Only the build of Go itself reads such names. A build for {target} calls {setting}, or the host's own compiler, and says nothing about {name}."
        ))
        .seen_in(variable.contexts.clone())
        .about(name)
        .evidence(evidence)
        .fix(by_hand(variable))
}

/// The compiler belongs before the one command that builds for its target.
fn by_hand(variable: &TargetVariable) -> Fix {
    let TargetVariable { name, value, setting, platform, .. } = variable;
    let command = platform.as_ref().map(|platform| {
        let word = remedy::shell_word(value);
        format!("{setting}={word} CGO_ENABLED=1 GOOS={} GOARCH={} go build", platform.goos, platform.goarch)
    });
    let text = format!(
        "{setting} names the compiler of the one build that it stands before. CGO_ENABLED=1 belongs to it: for another target, Go leaves C out. {name} may stay for what else reads it."
    );
    Fix::manual(format!("Give {setting} to the build of that target"), text, command)
}
