//! Go or the C compiler is for another C library than the system has.

use std::path::Path;

use crate::checks::Check;
use crate::checks::remedy::path_entry::spellings;
use crate::checks::remedy::{self, GCC, install};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::build::{CUse, LibcGap, LibcMix, LibcPart};
use crate::probes::go::{Setting, Settings, Toolchains};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "musl-toolchain-mix",
    layer: Layer::Build,
    title: "Go and the C compiler are for this system's C library",
    impact: "Go, or what it builds, does not start here",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("build/musl-toolchain-mix"),
    rule: rule!(judge(Contexts, Settings, Toolchains, LibcMix, RcFiles)),
};

/// What a shell says of a program whose loader is not there.
const NOT_FOUND: &str =
    "cannot execute: required file not found, or in other shells: not found, though the file is there";

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, mix: &LibcMix, rc: &RcFiles) -> Outcome {
    let Some((system, shell)) = &mix.system else { return shells.outcome(Vec::new()) };
    let look = Look { settings, toolchains, mix, rc };
    let seen = Evidence::new("/bin/sh", format!("{}, loader {}", system.title(), shell.display()));
    let findings: Vec<Finding> =
        mix.gaps.iter().map(|gap| look.finding(gap, system.title()).evidence(seen.clone())).collect();
    let unknown = mix.problem.as_ref().map(|problem| problem.about("which C library programs need"));
    shells.outcome(findings).or_unknown(unknown)
}

struct Look<'a> {
    settings: &'a Settings,
    toolchains: &'a Toolchains,
    mix: &'a LibcMix,
    rc: &'a RcFiles,
}

impl Look<'_> {
    fn finding(&self, gap: &LibcGap, system: &str) -> Finding {
        let machine = self.settings.machine();
        let (name, libc, loader) = (machine.tilde(&gap.program), gap.libc.title(), gap.loader.display());
        let place = remedy::contexts_title(&gap.contexts);
        let finding = |summary: String| {
            Finding::new(&name, Severity::Error, summary)
                .seen_in(gap.contexts.iter().copied())
                .evidence(Evidence::new(&name, format!("{libc}: needs {loader}, which is not here")).expected(system))
        };
        match &gap.part {
            LibcPart::Go => finding(format!("go was built for {libc}, and this system has {system}"))
                .about("go")
                .detail(format!("In {place}, every go command ends with: {NOT_FOUND}."))
                .fixes(self.without(&gap.program, &gap.contexts))
                .fixes(remedy::get_go(machine, None)),
            LibcPart::Compiler(setting) => {
                finding(format!("The C compiler was built for {libc}, and this system has {system}"))
                    .about("CC")
                    .detail(format!(
                        "In {place}, what uses C ends with: fork/exec {}: no such file or directory, though the file is there.",
                        gap.program.display()
                    ))
                    .evidences(setting.as_ref().map(|setting| self.trace(setting, &gap.contexts)))
                    .fixes(setting.as_ref().map(|setting| self.unset(setting, &gap.contexts)))
                    .fixes(setting.is_none().then(|| install(machine, &GCC)))
            }
            LibcPart::Output(setting, used) => {
                finding(format!("What CC links is for {libc}, and this system has {system}"))
                    .about("CC")
                    .detail(format!(
                        "In {place}, programs with C in them build and do not start. go run and go test end with: fork/exec /tmp/go-build…: no such file or directory; a shell says: {NOT_FOUND}. Only static programs would run."
                    ))
                    .evidence(self.trace(setting, &gap.contexts))
                    .evidences(evidence(used))
                    .fix(self.unset(setting, &gap.contexts))
            }
        }
    }

    fn trace(&self, setting: &Setting, contexts: &[Context]) -> Evidence {
        self.settings.trace("CC", setting, contexts, self.rc).0
    }

    fn unset(&self, setting: &Setting, contexts: &[Context]) -> Fix {
        let writer = self.settings.trace("CC", setting, contexts, self.rc).1;
        remedy::reviewed(remedy::unset("CC", setting, writer.as_ref(), "for another C library than this system's"))
    }

    /// Takes the Go that does not start off PATH, where one that does comes
    /// behind it.
    fn without(&self, program: &Path, contexts: &[Context]) -> Vec<Fix> {
        let is_broken = |path: &Path| self.mix.gaps.iter().any(|gap| gap.part == LibcPart::Go && gap.program == path);
        let commands = contexts.first().map(|context| self.toolchains.on_path(*context)).unwrap_or_default();
        let has_other = commands.iter().any(|command| !command.shim && !is_broken(&command.real));
        let first = commands.first().filter(|command| has_other && command.real == program);
        let Some(folder) = first.and_then(|command| command.path.parent()) else { return Vec::new() };
        let lines = spellings(self.rc, &folder.to_string_lossy());
        let of_user = lines.iter().filter(|line| line.is_of_user());
        of_user.filter_map(|line| line.removed("the Go there does not start here")).map(remedy::reviewed).collect()
    }
}

fn evidence(used: &CUse) -> Option<Evidence> {
    match used {
        CUse::Code(line) | CUse::Race(line) => Some(line.clone()),
        CUse::Std(package) => Some(Evidence::new(package, "a package of the standard library with C code")),
        CUse::NoProject | CUse::Nothing | CUse::Unknown(_) => None,
    }
}
