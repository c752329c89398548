//! CC or CXX names nothing that runs.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Layer, Outcome, Severity};
use crate::probes::build::{Cgo, Compiler, Compilers, Found, Program};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cc-invalid",
    layer: Layer::Build,
    title: "CC and CXX name compilers that are there",
    impact: "Go cannot build packages with C code here",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &[],
    page: page!("build/cc-invalid"),
    rule: rule!(judge(Contexts, Compilers, Settings, RcFiles)),
};

/// A setting that names a compiler.
#[derive(Clone, Copy)]
struct Variable {
    name: &'static str,
    language: &'static str,
    of: fn(&Compiler) -> &Program,
}

const VARIABLES: [Variable; 2] = [
    Variable { name: "CC", language: "C", of: |compiler| &compiler.cc },
    Variable { name: "CXX", language: "C++", of: |compiler| &compiler.cxx },
];

fn judge(shells: &Contexts, compilers: &Compilers, settings: &Settings, rc: &RcFiles) -> Outcome {
    if compilers.all().next().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut findings = Vec::new();
    for variable in VARIABLES {
        for (setting, contexts) in settings.values(variable.name) {
            findings.extend(finding(variable, &setting, &contexts, compilers, settings, rc));
        }
    }
    shells.outcome(findings)
}

fn finding(
    variable: Variable,
    setting: &Setting,
    contexts: &[Context],
    compilers: &Compilers,
    settings: &Settings,
    rc: &RcFiles,
) -> Option<Finding> {
    let hit: Vec<(Context, &Compiler)> = contexts
        .iter()
        .filter_map(|context| Some((*context, compilers.get(*context)?)))
        .filter(|(_, compiler)| matters(variable, compiler))
        .collect();
    let (_, first) = hit.first()?;
    let program = (variable.of)(first);
    let name = variable.name;
    // Only what is called can fail: C++ files are rare, and with cgo off by
    // default nothing is called.
    let called = hit.iter().any(|(_, compiler)| matches!(compiler.cgo, Cgo::On | Cgo::Set { on: true, .. }));
    let (summary, says, severity) = match &program.found {
        Found::At(_) => return None,
        Found::Nothing(why) => (
            format!("{name} names a {} compiler that is not there: {}", variable.language, program.command),
            format!("cgo: C compiler \"{0}\" not found: exec: \"{0}\": {why}", program.command),
            if called && name == "CC" { Severity::Error } else { Severity::Warning },
        ),
        Found::Unsplit(quote) => (
            format!("{name} has a quotation mark without a partner: {}", setting.value),
            format!("go: {name} environment variable could not be parsed: unterminated {quote} string"),
            Severity::Error,
        ),
    };
    let (evidence, writer) = settings.trace(name, setting, contexts, rc);
    let hit: Vec<Context> = hit.into_iter().map(|(context, _)| context).collect();
    let detail = match (severity, name) {
        (Severity::Error, _) => format!(
            "In {} every build of a package with C code fails, and net and os/user of the standard library are such: \
             {says}.",
            remedy::contexts_title(&hit)
        ),
        (_, "CXX") => format!("Packages with C++ files fail to build: {says}."),
        _ => "cgo is off here because Go's default compiler is not on PATH either; with it, builds of packages with C \
              code would fail."
            .to_owned(),
    };
    Some(
        Finding::new(format!("{name}={}", setting.value), severity, summary)
            .seen_in(hit)
            .about(name)
            .detail(detail)
            .evidence(evidence.expected(format!("no {name}: Go takes {}", default(variable.name))))
            .evidences(searched(program, contexts.first().copied()))
            .fix(remedy::unset(name, setting, writer.as_ref(), "this compiler is not there")),
    )
}

/// A value that cannot be split stops every build; another one matters where
/// C code may be built.
fn matters(variable: Variable, compiler: &Compiler) -> bool {
    let program = (variable.of)(compiler);
    let off = matches!(compiler.cgo, Cgo::Cross | Cgo::Set { on: false, .. });
    match program.found {
        Found::At(_) => false,
        Found::Unsplit(_) => true,
        Found::Nothing(_) => !off && program.setting.origin != SettingOrigin::Default,
    }
}

fn default(name: &str) -> &'static str {
    if name == "CC" { "gcc, or clang where the system has that" } else { "g++, or clang++ where the system has that" }
}

fn searched(program: &Program, context: Option<Context>) -> Option<Evidence> {
    match &program.found {
        Found::Nothing(_) if !program.command.contains('/') => {
            let whose = context.unwrap_or(Context::Session).title();
            Some(Evidence::new(format!("PATH of {whose}"), format!("no {} in any folder", program.command)))
        }
        Found::Nothing(why) => Some(Evidence::new(&program.command, why)),
        _ => None,
    }
}
