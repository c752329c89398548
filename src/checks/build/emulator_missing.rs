//! Nothing here runs a program of the project for another processor.

use crate::checks::Check;
use crate::checks::remedy::{self, Package};
use crate::model::inspect::Obstacle;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::Settings;
use crate::probes::project::{Binaries, OutputProgram, Shelf};
use crate::probes::system::{HandlerTable, TableState};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "emulator-missing",
    layer: Layer::Build,
    title: "Programs for other processors can be run here",
    impact: "Programs for another processor cannot be tried here",
    severity: Severity::Info,
    class: Some(Class::Root),
    causes: &["binary-foreign"],
    page: page!("build/emulator-missing"),
    rule: rule!(judge(Binaries, HandlerTable, Settings)),
};

/// Emulators for single programs, with what registers them. Alpine has them
/// one by one.
const EMULATORS: Package = Package {
    debian: "qemu-user-static",
    fedora: "qemu-user-static",
    arch: "qemu-user-static qemu-user-static-binfmt",
    alpine: "qemu-openrc",
    suse: "qemu-linux-user",
};

/// How many programs are shown.
const SHOWN: usize = 4;

fn judge(binaries: &Binaries, table: &HandlerTable, settings: &Settings) -> Outcome {
    let mut groups: Vec<(&str, Vec<&OutputProgram>)> = Vec::new();
    for program in binaries.found.iter().filter(|program| program.shelf == Shelf::Project) {
        // The kernel's own formats only: an emulator of processors does not
        // make another system.
        let Some(Obstacle::Platform { built, here }) = &program.obstacle else { continue };
        if built.goos != "linux" || here.goos != "linux" {
            continue;
        }
        match groups.iter_mut().find(|(goarch, _)| *goarch == built.goarch) {
            Some((_, group)) => group.push(program),
            None => groups.push((&built.goarch, vec![program])),
        }
    }
    match (&table.state, &binaries.problem) {
        (_, Some(missing)) if groups.is_empty() => missing.clone().into(),
        (Err(missing), _) if !groups.is_empty() => missing.clone().into(),
        (state, _) => {
            let state = state.clone().unwrap_or(TableState::On);
            groups
                .iter()
                .map(|(goarch, group)| finding(goarch, group, state, table, settings))
                .collect::<Vec<_>>()
                .into()
        }
    }
}

fn finding(
    goarch: &str,
    group: &[&OutputProgram],
    state: TableState,
    table: &HandlerTable,
    settings: &Settings,
) -> Finding {
    let who = match group {
        [one] => one.name.clone(),
        many => format!("{} programs of the project", many.len()),
    };
    let registered = match (state, table.names.as_slice()) {
        (TableState::Off, _) => "switched off".to_owned(),
        (TableState::On, []) => "nothing is registered".to_owned(),
        (TableState::On, names) => format!("only {}", names.join(", ")),
    };
    let mut finding = Finding::new(goarch, Severity::Info, format!("No emulator for {goarch} is set up, which {who} would need"))
        .detail(format!(
            "With one, the kernel runs programs for {goarch} here, several times slower: enough to try them, for go test with GOARCH={goarch}, and for containers of that platform."
        ));
    for program in group.iter().take(SHOWN) {
        finding = finding.evidence(Evidence::new(&program.name, format!("linux/{goarch}")));
    }
    let evidence = Evidence::new(HandlerTable::FOLDER, registered).expected(format!("a handler for {goarch}"));
    finding.evidence(evidence).fix(match state {
        TableState::On if settings.machine().is_like("alpine") => on_alpine(goarch),
        TableState::On => remedy::install(settings.machine(), &EMULATORS),
        TableState::Off => Fix::manual(
            "Switch the table of handlers on",
            "It was switched off by hand, or by another tool: look for why first.",
            Some(format!("echo 1 | sudo tee {}/status", HandlerTable::FOLDER)),
        ),
    })
}

/// A service registers them there.
fn on_alpine(goarch: &str) -> Fix {
    let processor = match goarch {
        "amd64" => "x86_64",
        "386" => "i386",
        "arm64" => "aarch64",
        "loong64" => "loongarch64",
        other => other,
    };
    Fix::manual(
        format!("Install qemu-{processor}"),
        "The package has the emulator, and the service registers it.",
        Some(format!("sudo apk add qemu-{processor} qemu-openrc && sudo rc-service qemu-binfmt start")),
    )
}
