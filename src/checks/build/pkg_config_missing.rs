//! pkg-config, or a library that it is asked for, is missing.

use crate::checks::Check;
use crate::checks::remedy::{self, PKG_CONFIG, install, install_pc};
use crate::model::text::shorten;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::build::{PcLack, PcMissing, PkgConfig};
use crate::probes::go::Settings;
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "pkg-config-missing",
    layer: Layer::Build,
    title: "pkg-config finds the libraries that the project asks for",
    impact: "A package with C code does not build",
    severity: Severity::Warning,
    class: Some(Class::Root),
    causes: &[],
    page: page!("build/pkg-config-missing"),
    rule: rule!(judge(Contexts, Settings, PkgConfig, RcFiles)),
};

/// How much of a name stands in a summary.
const SHOWN: usize = 40;

fn judge(shells: &Contexts, settings: &Settings, found: &PkgConfig, rc: &RcFiles) -> Outcome {
    let findings: Vec<Finding> = found.lacks.iter().map(|lack| finding(lack, settings, rc)).collect();
    shells.outcome(findings).or_unknown(found.problem.as_ref())
}

fn finding(lack: &PcLack, settings: &Settings, rc: &RcFiles) -> Finding {
    let (machine, ask) = (settings.machine(), &lack.ask);
    let place = remedy::contexts_title(&lack.contexts);
    let finding = |key: &str, summary: String| {
        Finding::new(key, Severity::Warning, summary)
            .seen_in(lack.contexts.iter().copied())
            .evidence(ask.evidence.clone())
    };
    match &lack.what {
        PcMissing::Program { command, setting: None } => {
            finding("pkg-config", "pkg-config is not installed, and the project's C code asks for it".to_owned())
                .detail(format!(
                    "In {place}, building {} ends with: exec: \"{command}\": executable file not found in $PATH.",
                    ask.package
                ))
                .evidence(Evidence::new(command, "on no folder of PATH"))
                .fix(program(machine.goos(), install(machine, &PKG_CONFIG)))
        }
        PcMissing::Program { command, setting: Some(setting) } => {
            let (evidence, writer) = settings.trace("PKG_CONFIG", setting, &lack.contexts, rc);
            finding("PKG_CONFIG", format!("PKG_CONFIG names nothing that runs: {}", shorten(command, SHOWN)))
                .about("PKG_CONFIG")
                .detail(format!(
                    "In {place}, building {} ends with: exec: \"{command}\". Unset, PKG_CONFIG means pkg-config.",
                    ask.package
                ))
                .evidence(evidence)
                .fix(remedy::unset("PKG_CONFIG", setting, writer.as_ref(), "no such program"))
        }
        PcMissing::File(folders) => {
            let folders: Vec<String> = folders.iter().map(|folder| machine.tilde(folder)).collect();
            finding(
                &ask.name,
                format!("pkg-config knows no {}, which the project's C code needs", shorten(&ask.name, SHOWN)),
            )
            .detail(format!(
                "In {place}, building {} ends with: Package {} was not found in the pkg-config search path.",
                ask.package, ask.name
            ))
            .evidence(Evidence::new(format!("{}.pc", ask.name), format!("not in {}", remedy::listed(&folders))))
            .fix(install_pc(machine, &ask.name))
        }
    }
}

/// macOS has it from Homebrew.
fn program(goos: &str, install: Fix) -> Fix {
    match goos {
        "darwin" => Fix::manual("Install pkgconf", "Homebrew brings it.", Some("brew install pkgconf".to_owned())),
        _ => install,
    }
}
