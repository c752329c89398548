//! The container, or another tracer, keeps Delve from starting programs.

use crate::checks::Check;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{Filter, ToolName, Tools, Tracing};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "ptrace-container",
    layer: Layer::Editor,
    title: "Delve may follow the programs that it starts",
    impact: "Debugging does not start",
    severity: Severity::Warning,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("editor/ptrace-container"),
    rule: rule!(judge(Tools, Tracing)),
};

fn judge(tools: &Tools, tracing: &Tracing) -> Outcome {
    if tools.in_use(ToolName::Delve).next().is_none() {
        return Outcome::skipped("no Delve is there");
    }
    if let Some(tracer) = &tracing.tracer {
        return traced(tracing, tracer).into();
    }
    match &tracing.filter {
        Filter::None | Filter::Allows => Outcome::Passed,
        Filter::Refuses { source, said } => filtered(source, said).into(),
        Filter::Unknown => {
            Missing::failed("system calls are filtered here, and without strace nothing tells which").into()
        }
    }
}

const SAYS: &str = "could not launch process: fork/exec …: operation not permitted";

fn traced(tracing: &Tracing, tracer: &str) -> Finding {
    Finding::new("traced", Severity::Warning, "Another program follows this session, so Delve cannot debug in it")
        .detail(format!("A program can be followed by one other only. Debugging ends with: {SAYS}."))
        .seen_in([Context::Session])
        .about("dlv")
        .evidence(Evidence::new(tracing.source(), format!("TracerPid: {tracer}")).expected("0"))
        .fix(Fix::manual(
            "Debug in a session that nobody follows",
            "strace, graftcp, proot and other debuggers follow everything that is started below them. Open a terminal without them.",
            None,
        ))
}

fn filtered(source: &str, said: &str) -> Finding {
    Finding::new("filtered", Severity::Warning, "A filter of system calls keeps Delve from starting programs")
        .detail(format!("Containers have such a filter. Debugging ends with: {SAYS}. Building and running work."))
        .about("dlv")
        .evidence(Evidence::new(source, said).expected("ptrace is allowed"))
        .fix(Fix::manual(
            "Give the container the right to debug",
            "The container has to be started anew with it: \"capAdd\": [\"SYS_PTRACE\"] in devcontainer.json, cap_add: [SYS_PTRACE] in a compose file, securityContext.capabilities.add in Kubernetes.",
            Some("docker run --cap-add=SYS_PTRACE IMAGE".into()),
        ))
}
