//! Parts of Go are missing from its root.

use std::path::Path;

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::go::{GoTree, GoTrees, Installations, LoneGo, Settings, Toolchains};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goroot-incomplete",
    layer: Layer::Go,
    title: "Go has its tools and its standard library",
    impact: "Go cannot build here",
    severity: Severity::Error,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("go/goroot-incomplete"),
    rule: rule!(judge(Contexts, Settings, Toolchains, GoTrees, Installations)),
};

/// What Go says when it does not find its own root.
const TRIMMED: &str = "go: cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is not set";

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    trees: &GoTrees,
    installations: &Installations,
) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let machine = settings.machine();
    let torn = trees.found.iter().filter_map(|tree| torn(tree, machine));
    let findings: Vec<Finding> = torn.chain(trees.lone.iter().map(|go| lone(go, machine, installations))).collect();
    let problem: Option<&Missing> = trees.found.iter().find_map(|tree| tree.problem.as_ref());
    shells.outcome(findings).or_unknown(problem)
}

fn torn(tree: &GoTree, machine: &Machine) -> Option<Finding> {
    let first = tree.absent.first()?;
    let root = machine.tilde(&tree.root);
    let below = |path: &Path| path.strip_prefix(&tree.root).unwrap_or(path).display().to_string();
    let more = match tree.absent.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let evidence = tree.absent.iter().map(|path| Evidence::new(machine.tilde(path), "is not there"));
    Some(
        Finding::new(&root, Severity::Error, format!("The Go in {root} lacks {}{more}", below(first)))
            .seen_in(tree.contexts.iter().copied())
            .about("go")
            .detail(format!("It was not unpacked to its end, or something removed a part of it. {}", says(tree, first)))
            .evidences(evidence)
            .fix(remedy::reinstall_go(machine, &tree.root, tree.origin, tree.version.as_ref())),
    )
}

/// What Go says when this part is missing.
fn says(tree: &GoTree, part: &Path) -> String {
    let name = part.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let tools = tree.root.join("pkg/tool");
    if part.starts_with(&tools) && part.parent() == Some(tools.as_path()) {
        format!("Every go command ends with: {TRIMMED}.")
    } else if part.starts_with(&tools) {
        format!("Builds end with: go: no such tool {name:?}.")
    } else {
        let package = if name == "src" { "fmt" } else { &*name };
        format!("Builds end with: package {package} is not in std ({}/src/{package}).", tree.root.display())
    }
}

fn lone(go: &LoneGo, machine: &Machine, installations: &Installations) -> Finding {
    let name = machine.tilde(&go.path);
    let version = go.version.as_ref().map_or_else(|| "go".to_owned(), ToString::to_string);
    let root = installations.newest().map_or_else(|| "/usr/local/go".to_owned(), |go| go.root.display().to_string());
    let observed = format!("{version}, and no Go installation around it");
    Finding::new(&name, Severity::Error, format!("{name} is a go command without its installation"))
        .seen_in(go.contexts.iter().copied())
        .about("go")
        .detail(format!(
            "The go command finds its tools and its standard library by its own place, and follows links to do so. A copy finds nothing: {TRIMMED}."
        ))
        .evidence(Evidence::new(&name, observed).expected("a link to bin/go of an installation"))
        .fix(Fix::manual(
            format!("Put a link in the place of {name}"),
            "A link may lie anywhere; a copy may not. Or take the copy away, and put the bin folder of an installation on PATH.",
            Some(format!("ln -sf {root}/bin/go {}", go.path.display())),
        ))
}
