//! Two releases of Go were unpacked over each other.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::go::{GoTree, GoTrees, Settings, Stamp, Toolchains};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goroot-overlaid",
    layer: Layer::Go,
    title: "The files of Go belong to one release",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("go/goroot-overlaid"),
    rule: rule!(judge(Contexts, Settings, Toolchains, GoTrees)),
};

/// How many left-over files stand in the evidence.
const SHOWN: usize = 3;

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, trees: &GoTrees) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let machine = settings.machine();
    let findings: Vec<Finding> = trees.found.iter().filter_map(|tree| finding(tree, machine)).collect();
    let problem: Option<&Missing> = trees.found.iter().find_map(|tree| tree.problem.as_ref());
    shells.outcome(findings).or_unknown(problem)
}

/// How the parts of a root disagree.
enum Mix<'a> {
    /// The compiler refuses to work for this `go`.
    Tools { go: &'a Stamp, compile: &'a Stamp },
    /// Source files of another release lie among its own.
    Sources,
    /// The programs are of another release than VERSION says.
    Version { program: &'a Stamp },
}

impl<'a> Mix<'a> {
    fn of(tree: &'a GoTree) -> Option<Mix<'a>> {
        if let [go, compile] = tree.stamps.as_slice()
            && go.version != compile.version
        {
            return Some(Mix::Tools { go, compile });
        }
        if !tree.strays.is_empty() {
            return Some(Mix::Sources);
        }
        let version = tree.version.as_ref()?;
        tree.stamps.iter().find(|stamp| stamp.version != *version).map(|program| Mix::Version { program })
    }
}

fn finding(tree: &GoTree, machine: &Machine) -> Option<Finding> {
    let mix = Mix::of(tree)?;
    let root = machine.tilde(&tree.root);
    let version = tree.version.as_ref().map_or_else(|| "Go".to_owned(), ToString::to_string);
    let (severity, summary, detail) = match &mix {
        Mix::Tools { go, compile } => (
            Severity::Error,
            format!("{root} mixes two releases: go is {}, its compiler {}", go.version, compile.version),
            format!(
                "Every build fails with: compile: version \"{}\" does not match go tool version \"{}\". No GOROOT is to blame: the folder itself holds parts of both.",
                compile.version, go.version
            ),
        ),
        Mix::Sources => (
            Severity::Error,
            format!("{root} is {version} with sources of another release among its own"),
            format!(
                "One archive was unpacked over another, and files that {version} does not have stayed. Builds fail in the standard library, with texts such as: redeclared in this block."
            ),
        ),
        Mix::Version { program } => (
            Severity::Warning,
            format!("{root} says {version}, and its programs are {}", program.version),
            "One archive was unpacked over a part of another. What belongs to which release cannot be told; programs that read VERSION take it for the wrong one.".to_owned(),
        ),
    };
    let said = tree.version.as_ref().map(|version| Evidence::new(format!("{root}/VERSION"), version.to_string()));
    let stamps = tree
        .stamps
        .iter()
        .map(|stamp| Evidence::new(machine.tilde(&stamp.path), format!("built as {}", stamp.version)));
    let strays = tree.strays.iter().take(SHOWN).map(|stray| {
        Evidence::new(machine.tilde(&stray.path), format!("belongs to {}", stray.belongs_to)).expected("no such file")
    });
    let ought = match &mix {
        Mix::Tools { go, .. } => Some(&go.version),
        Mix::Sources => tree.version.as_ref(),
        Mix::Version { program } => Some(&program.version),
    };
    Some(
        Finding::new(&root, severity, summary)
            .seen_in(tree.contexts.iter().copied())
            .about("go")
            .detail(detail)
            .evidences(said)
            .evidences(stamps)
            .evidences(strays)
            .fix(remedy::reinstall_go(machine, &tree.root, tree.origin, ought)),
    )
}
