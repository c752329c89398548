//! CC or CXX names nothing that runs.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::build::{CallFault, Cgo, Compilers};
use crate::probes::go::{Setting, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cc-invalid",
    layer: Layer::Build,
    title: "CC and CXX name compilers that run",
    impact: "Go cannot build what uses C, the net package among it",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("build/cc-invalid"),
    rule: rule!(judge(Contexts, Settings, Compilers, RcFiles)),
};

/// A setting that names no compiler, with the contexts that see it.
struct Invalid<'a> {
    name: &'static str,
    setting: &'a Setting,
    default: &'static str,
    fault: &'a CallFault,
    contexts: Vec<Context>,
}

fn judge(shells: &Contexts, settings: &Settings, compilers: &Compilers, rc: &RcFiles) -> Outcome {
    let mut groups: Vec<Invalid<'_>> = Vec::new();
    for compiler in compilers.all() {
        let (Some(setting), Some(fault)) = (&compiler.setting, &compiler.fault) else { continue };
        // Go stops over the other faults before it builds anything.
        if compiler.cgo == Cgo::Off && matches!(fault, CallFault::Nothing(_)) {
            continue;
        }
        match groups.iter_mut().find(|group| group.name == compiler.name && group.setting == setting) {
            Some(group) => group.contexts.push(compiler.context),
            None => groups.push(Invalid {
                name: compiler.name,
                setting,
                default: compiler.default,
                fault,
                contexts: vec![compiler.context],
            }),
        }
    }
    shells.outcome(groups.iter().map(|group| group.finding(settings, rc)).collect())
}

impl Invalid<'_> {
    fn finding(&self, settings: &Settings, rc: &RcFiles) -> Finding {
        let name = self.name;
        let (severity, what, observed) = match self.fault {
            CallFault::Nothing(command) => (
                if name == "CC" { Severity::Error } else { Severity::Warning },
                format!("names nothing that runs: {command}"),
                Evidence::new(
                    command,
                    if command.starts_with('/') { "no such program" } else { "on no folder of PATH" },
                ),
            ),
            CallFault::Relative(command) => (
                Severity::Error,
                format!("is a path that does not begin with /: {command}"),
                Evidence::new("go", "takes a plain name or an absolute path"),
            ),
            CallFault::OpenQuote(quote) => (
                Severity::Error,
                format!("has a quote that is not closed: {}", self.setting.value),
                Evidence::new("go", format!("looks for a second {quote}")),
            ),
        };
        let (evidence, writer) = settings.trace(name, self.setting, &self.contexts, rc);
        let why = format!("no such compiler; Go takes {} by itself", self.default);
        Finding::new(format!("{name}={}", self.setting.value), severity, format!("{name} {what}"))
            .detail(format!(
                "In {} {}. Unset, {name} means {}.",
                remedy::contexts_title(&self.contexts),
                self.fails(),
                self.default
            ))
            .seen_in(self.contexts.iter().copied())
            .about(name)
            .evidence(evidence)
            .evidence(observed)
            .fix(remedy::unset(name, self.setting, writer.as_ref(), &why))
    }

    /// What Go prints, and when.
    fn fails(&self) -> String {
        let name = self.name;
        match (self.fault, name) {
            (CallFault::Nothing(command), "CC") => format!(
                "what uses C, even the net package of the standard library, fails to build with: cgo: C compiler \"{command}\" not found"
            ),
            (CallFault::Nothing(command), _) => {
                format!("packages with C++ code fail to build: \"{command}\": executable file not found")
            }
            (CallFault::Relative(command), _) => format!(
                "every go build fails with: go: {name} environment variable is relative; must be absolute path: {command}"
            ),
            (CallFault::OpenQuote(quote), _) => format!(
                "every go build fails with: go: {name} environment variable could not be parsed: unterminated {quote} string"
            ),
        }
    }
}
