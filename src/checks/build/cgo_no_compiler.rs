//! The project needs cgo, and no C compiler is here.

use crate::checks::Check;
use crate::checks::remedy::{self, Package};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::build::{Cgo, CgoNeed, Compiler, Compilers, Found};
use crate::probes::go::{SettingOrigin, Settings};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cgo-no-compiler",
    layer: Layer::Build,
    title: "A C compiler is here where the project needs one",
    impact: "Go cannot build this project",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("build/cgo-no-compiler"),
    rule: rule!(judge(Contexts, Compilers, CgoNeed, Settings, RcFiles)),
};

/// A compiler with the headers of the C library.
const COMPILER: Package =
    Package { debian: "build-essential", fedora: "gcc", arch: "gcc", alpine: "build-base", suse: "gcc" };

fn judge(shells: &Contexts, compilers: &Compilers, need: &CgoNeed, settings: &Settings, rc: &RcFiles) -> Outcome {
    if compilers.all().next().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    if compilers.all().all(|(_, compiler)| matches!(compiler.cgo, Cgo::Set { on: false, .. })) {
        return Outcome::skipped("cgo is switched off (CGO_ENABLED=0)");
    }
    let without: Vec<(Context, &Compiler)> = compilers.all().filter(|(_, compiler)| lacks_default(compiler)).collect();
    let forced = without.iter().any(|(_, compiler)| matches!(compiler.cgo, Cgo::Set { on: true, .. }));
    let wanted = !need.imports.is_empty() || !need.race.is_empty() || forced;
    let findings = if wanted { finding(&without, need, settings, rc) } else { None };
    shells.outcome(findings.into_iter().collect())
}

/// Go's own default compiler is not there. cc-invalid speaks of one that a
/// setting names.
fn lacks_default(compiler: &Compiler) -> bool {
    compiler.is_lacking()
        && compiler.cc.setting.origin == SettingOrigin::Default
        && matches!(compiler.cc.found, Found::Nothing(_))
}

fn finding(without: &[(Context, &Compiler)], need: &CgoNeed, settings: &Settings, rc: &RcFiles) -> Option<Finding> {
    let (context, compiler) = without.first()?;
    let command = &compiler.cc.command;
    let forced = without.iter().find_map(|(_, compiler)| match &compiler.cgo {
        Cgo::Set { on: true, setting } => Some(setting),
        _ => None,
    });
    let by_project = !need.imports.is_empty();
    let (severity, summary) = match (by_project, forced) {
        (true, _) => (Severity::Error, format!("The project needs cgo, and there is no C compiler ({command})")),
        (false, Some(_)) => (Severity::Error, format!("CGO_ENABLED=1, and there is no C compiler ({command})")),
        (false, None) => (Severity::Warning, format!("Tests run with -race, and there is no C compiler ({command})")),
    };
    let contexts: Vec<Context> = without.iter().map(|(context, _)| *context).collect();
    let finding = Finding::new("cc", severity, summary)
        .detail(detail(command, by_project, forced.is_some()))
        .about("CGO_ENABLED")
        .evidences(need.imports.iter().cloned())
        .evidences(if by_project { Vec::new() } else { need.race.clone() })
        .evidences(forced.map(|setting| settings.trace("CGO_ENABLED", setting, &contexts, rc).0))
        .evidence(Evidence::new(format!("PATH of {}", context.title()), format!("no {command} in any folder")))
        .fixes(compiler.others.first().and_then(|other| use_other(other, *context, settings)))
        .fix(remedy::install(settings.machine(), &COMPILER))
        .seen_in(contexts);
    Some(finding)
}

fn detail(command: &str, by_project: bool, forced: bool) -> String {
    let missing =
        format!("cgo: C compiler \"{command}\" not found: exec: \"{command}\": executable file not found in $PATH");
    match (forced, by_project) {
        (true, _) => format!("Builds fail with: {missing}."),
        (false, true) => {
            "Go switches cgo off without a word when it finds no compiler. Then files with C code are left \
                          out, and the build fails with: build constraints exclude all Go files, or undefined names; \
                          go-sqlite3 fails only when it runs."
                .to_owned()
        }
        (false, false) => {
            "The race detector is written in C. go test -race stops with: -race requires cgo; enable cgo by \
                           setting CGO_ENABLED=1."
                .to_owned()
        }
    }
}

/// Another compiler that is here. CC in Go's own settings alone does not
/// switch cgo on again.
fn use_other(other: &str, context: Context, settings: &Settings) -> Option<Fix> {
    let view = settings.view(context)?;
    let file = view.file.path.clone()?;
    let set = |name: &str, value: &str| Step::SetGo { file: file.clone(), name: name.into(), value: value.into() };
    let mut steps = vec![set("CC", other)];
    if view.value("CGO_ENABLED") != "1" {
        steps.push(set("CGO_ENABLED", "1"));
    }
    Some(Fix::new(format!("Let Go use {other}, which is here"), Class::Review, steps))
}
