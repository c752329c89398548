//! A C compiler is there, and the headers of the C library are not.

use crate::checks::Check;
use crate::checks::remedy::{self, LIBC_HEADERS, install};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::build::{CUse, HeaderGap, LibcHeaders};
use crate::probes::go::Settings;
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "libc-headers-missing",
    layer: Layer::Build,
    title: "The C compiler finds the headers of the C library",
    impact: "Go cannot build what uses C, the net package among it",
    severity: Severity::Error,
    class: Some(Class::Root),
    causes: &[],
    page: page!("build/libc-headers-missing"),
    rule: rule!(judge(Contexts, Settings, LibcHeaders)),
};

/// How many of the compiler's folders are shown: the first are the usual ones.
const SHOWN: usize = 3;

fn judge(shells: &Contexts, settings: &Settings, headers: &LibcHeaders) -> Outcome {
    let machine = settings.machine();
    let found = match &headers.need {
        CUse::Unknown(problem) => {
            let why = format!("whether the project needs the headers of the C library: {}", problem.detail);
            return Missing::new(problem.reason, why).into();
        }
        CUse::Nothing => Vec::new(),
        need => headers.gaps.iter().map(|gap| finding(gap, need, machine)).collect(),
    };
    match &headers.problem {
        Some(missing) if found.is_empty() => missing.clone().into(),
        _ => shells.outcome(found),
    }
}

fn finding(gap: &HeaderGap, need: &CUse, machine: &Machine) -> Finding {
    let (severity, needed, evidence) = match need {
        CUse::Code(line) => (Severity::Error, "the project uses cgo".to_owned(), Some(line.clone())),
        CUse::Std(package) => (
            Severity::Error,
            format!("the project needs {package}"),
            Some(Evidence::new(package.as_str(), "a package of the standard library with C code")),
        ),
        CUse::Race(line) => (Severity::Warning, "go test -race needs them".to_owned(), Some(line.clone())),
        _ => (Severity::Warning, "tools that use net cannot be installed".to_owned(), None),
    };
    let compiler = machine.tilde(&gap.program);
    let folders: Vec<String> = gap.folders.iter().take(SHOWN).map(|folder| folder.display().to_string()).collect();
    let looked = Evidence::new(&compiler, format!("finds no stdlib.h in {}", remedy::listed(&folders)));
    Finding::new(compiler, severity, format!("The C compiler has no headers of the C library, and {needed}"))
        .detail(format!(
            "In {}, what uses C ends with: _cgo_export.c:3:10: fatal error: stdlib.h: No such file or directory. Programs without C, net and os/user build as usual.",
            remedy::contexts_title(&gap.contexts)
        ))
        .seen_in(gap.contexts.iter().copied())
        .about("CC")
        .evidence(looked)
        .evidences(evidence)
        .fix(fix(machine))
}

/// On Arch the headers are a part of the C library's own package, which
/// nothing may take away again.
fn fix(machine: &Machine) -> Fix {
    if !machine.is_like("arch") {
        return install(machine, &LIBC_HEADERS);
    }
    Fix::manual(
        "Install glibc again",
        "Its package brings the headers. If they stay away, NoExtract in /etc/pacman.conf leaves them out.",
        Some("sudo pacman -S glibc linux-api-headers".to_owned()),
    )
}
