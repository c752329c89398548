//! The project needs a C compiler, and there is none.

use crate::checks::Check;
use crate::checks::remedy::{self, GCC, install};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::build::{CGO_DECIDED_SINCE, Cgo, CgoNeed, Compiler, Compilers};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cgo-no-compiler",
    layer: Layer::Build,
    title: "A C compiler is there where the project needs one",
    impact: "Go leaves C code out of the build",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &["cgo-silently-off"],
    page: page!("build/cgo-no-compiler"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Compilers, CgoNeed, RcFiles)),
};

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    compilers: &Compilers,
    need: &CgoNeed,
    rc: &RcFiles,
) -> Outcome {
    // cc-invalid speaks of settings that name nothing.
    let lacking: Vec<&Compiler> = compilers
        .c()
        .filter(|compiler| toolchains.active(compiler.context).is_some())
        .filter(|compiler| !compiler.has_default && (compiler.setting.is_none() || compiler.fault.is_none()))
        .filter(|compiler| {
            compiler.cgo == Cgo::Decided { on: false } || compiler.cgo == Cgo::On && compiler.fault.is_some()
        })
        .collect();
    let Some(first) = lacking.first() else { return shells.outcome(Vec::new()) };
    let (severity, needed) = match (&need.code, &need.race, &need.problem) {
        (Some(code), _, _) => (Severity::Error, code),
        (None, Some(race), _) => (Severity::Warning, race),
        (None, None, Some(problem)) => return problem.about("whether the project needs cgo").into(),
        (None, None, None) => return shells.outcome(Vec::new()),
    };
    let contexts: Vec<Context> = lacking.iter().map(|compiler| compiler.context).collect();
    let what = if severity == Severity::Error { "the project needs cgo" } else { "go test -race needs cgo" };
    let summary = match &first.setting {
        None => format!("No C compiler is there, and {what}"),
        Some(setting) => format!("Go ignores CC={} and leaves cgo off, and {what}", setting.value),
    };
    Finding::new("cgo", severity, summary)
        .detail(format!("In {} {}", remedy::contexts_title(&contexts), fails(first, severity, toolchains)))
        .seen_in(contexts)
        .about("CC")
        .evidence(needed.clone())
        .evidence(Evidence::new(first.default, "on no folder of PATH"))
        .evidences(first.setting.as_ref().map(|setting| settings.trace("CC", setting, &[first.context], rc).0))
        .fixes(fixes(first, settings))
        .into()
}

/// What Go prints.
fn fails(compiler: &Compiler, severity: Severity, toolchains: &Toolchains) -> String {
    let version = toolchains.active(compiler.context).and_then(|go| go.version.as_ref());
    let loud = compiler.cgo == Cgo::On || version.is_some_and(|version| version.language() < CGO_DECIDED_SINCE);
    let default = compiler.default;
    match severity {
        _ if loud => format!("builds fail with: C compiler \"{default}\" not found"),
        Severity::Error => format!(
            "Go finds no {default} and turns cgo off without a word. Builds then fail with: build constraints exclude all Go files; or the program fails when it runs, as sqlite3 does: requires cgo to work. This is a stub."
        ),
        _ => "go test -race fails with: go: -race requires cgo; enable cgo by setting CGO_ENABLED=1.".to_owned(),
    }
}

fn fixes(compiler: &Compiler, settings: &Settings) -> Vec<Fix> {
    let machine = settings.machine();
    let named = compiler.setting.as_ref().and_then(|setting| {
        let title = format!("Turn cgo on for CC={}", setting.value);
        remedy::set_go(title, "CGO_ENABLED", "1", settings.view(compiler.context)?)
    });
    let installed = if machine.goos() == "darwin" {
        let text = "Apple's command line tools bring clang.".to_owned();
        Fix::manual("Install the command line tools", text, Some("xcode-select --install".into()))
    } else {
        install(machine, &GCC)
    };
    named.into_iter().chain([installed]).collect()
}
