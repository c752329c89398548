//! cgo is off although nobody said so, and something here counts on it.

use crate::checks::Check;
use crate::checks::remedy::{self, GCC};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, mask};
use crate::probes::build::{CGO_DECIDED_SINCE, Cgo, CgoNeed, Compiler, Compilers};
use crate::probes::go::{Setting, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "cgo-silently-off",
    layer: Layer::Go,
    title: "cgo is on where something counts on it",
    impact: "Go leaves C code out of the build without a word",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("go/cgo-silently-off"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Compilers, CgoNeed, RcFiles)),
};

/// Settings that have a meaning only with cgo.
const CGO_SETTINGS: [&str; 7] =
    ["CC", "CXX", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS", "PKG_CONFIG"];

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    compilers: &Compilers,
    need: &CgoNeed,
    rc: &RcFiles,
) -> Outcome {
    let look = Look { settings, need, rc };
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen: Vec<(Sign, Vec<Context>, &Compiler)> = Vec::new();
    for compiler in compilers.c().filter(|compiler| compiler.cgo == Cgo::Decided { on: false }) {
        let version = toolchains.active(compiler.context).and_then(|go| go.version.as_ref());
        if version.is_none_or(|version| version.language() < CGO_DECIDED_SINCE) {
            continue;
        }
        let Some(sign) = look.sign(compiler) else { continue };
        match seen.iter_mut().find(|(known, _, _)| *known == sign) {
            Some((_, contexts, _)) => contexts.push(compiler.context),
            None => seen.push((sign, vec![compiler.context], compiler)),
        }
    }
    findings.extend(seen.into_iter().map(|(sign, contexts, compiler)| look.finding(&sign, contexts, compiler)));
    shells.outcome(findings)
}

/// What shows that somebody counts on cgo.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    /// A setting that has a meaning only with cgo.
    Setting(&'static str, Setting),
    /// `-race` for every command.
    Race(Setting),
    /// C code of the project, and a compiler that Go does not look for.
    Code(&'static str),
}

struct Look<'a> {
    settings: &'a Settings,
    need: &'a CgoNeed,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn sign(&self, compiler: &Compiler) -> Option<Sign> {
        // cc-invalid speaks of compilers that name nothing.
        if compiler.setting.is_some() && compiler.fault.is_some() {
            return None;
        }
        let view = self.settings.view(compiler.context)?;
        let named = CGO_SETTINGS.iter().find_map(|name| Some(Sign::Setting(name, view.get(name)?)));
        let race = || {
            let flags = view.get("GOFLAGS")?;
            flags
                .value
                .split_whitespace()
                .any(|flag| flag == "-race" || flag == "-race=true")
                .then_some(Sign::Race(flags))
        };
        let code = || self.need.code.as_ref().and(compiler.other).map(Sign::Code);
        named.or_else(race).or_else(code)
    }

    fn finding(&self, sign: &Sign, contexts: Vec<Context>, compiler: &Compiler) -> Finding {
        let default = compiler.default;
        let (key, about, summary) = match sign {
            Sign::Setting("CC", setting) => (
                "CC",
                "CC",
                format!("Go ignores CC={} when it decides about cgo, and turns cgo off", mask(&setting.value)),
            ),
            Sign::Setting(name, _) => {
                (*name, *name, format!("{name} has no effect: without {default}, Go turns cgo off"))
            }
            Sign::Race(_) => {
                ("GOFLAGS", "GOFLAGS", format!("GOFLAGS asks for -race, and without {default} cgo is off"))
            }
            Sign::Code(other) => {
                ("code", "CC", format!("{other} is there, yet Go looks for {default} and turns cgo off"))
            }
        };
        let finding = Finding::new(key, Severity::Warning, summary).about(about).detail(format!(
            "{} {}",
            says(sign),
            REASON.replace("gcc", default)
        ));
        let finding = match sign {
            Sign::Setting(name, setting) => finding.evidence(self.settings.trace(name, setting, &contexts, self.rc).0),
            Sign::Race(setting) => finding.evidence(self.settings.trace("GOFLAGS", setting, &contexts, self.rc).0),
            Sign::Code(other) => {
                finding.evidences(self.need.code.clone()).evidence(Evidence::new(*other, "a C compiler on PATH"))
            }
        };
        finding
            .evidence(Evidence::new(default, "on no folder of PATH").expected(format!("{default}, or CGO_ENABLED=1")))
            .fixes(self.fixes(sign, &contexts, compiler))
            .seen_in(contexts)
    }

    fn fixes(&self, sign: &Sign, contexts: &[Context], compiler: &Compiler) -> Vec<Fix> {
        let machine = self.settings.machine();
        let file = contexts.first().and_then(|context| self.settings.view(*context)?.file.path.clone());
        let set = |name: &str, value: &str| {
            Some(Step::SetGo { file: file.clone()?, name: name.to_owned(), value: value.to_owned() })
        };
        let usable = compiler.setting.as_ref().filter(|_| compiler.fault.is_none());
        let on = match (usable, compiler.other, sign) {
            (Some(cc), _, _) => set("CGO_ENABLED", "1")
                .map(|step| Fix::new(format!("Turn cgo on for CC={}", mask(&cc.value)), Class::Review, vec![step])),
            (None, Some(other), _) => set("CC", other).zip(set("CGO_ENABLED", "1")).map(|(cc, on)| {
                Fix::new(format!("Turn cgo on with {other}: CC={other} and CGO_ENABLED=1"), Class::Review, vec![cc, on])
            }),
            (None, None, _) => None,
        };
        let installed = if machine.goos() == "darwin" {
            Fix::manual(
                "Install the command line tools",
                "Apple's command line tools bring clang.",
                Some("xcode-select --install".into()),
            )
        } else {
            remedy::install(machine, &GCC)
        };
        on.into_iter().chain([installed]).collect()
    }
}

/// How Go decides.
const REASON: &str =
    "To decide whether cgo is on, Go looks for gcc on PATH; only CC in the environment, or CGO_ENABLED, changes that.";

/// What fails.
fn says(sign: &Sign) -> &'static str {
    match sign {
        Sign::Race(_) => "Every build ends with: go: -race requires cgo; enable cgo by setting CGO_ENABLED=1.",
        _ => {
            "Files with C in them are left out without a word: build constraints exclude all Go files; or a program that was built says: requires cgo to work. This is a stub."
        }
    }
}
