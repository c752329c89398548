//! The project names a toolchain that was never released.

use crate::checks::Check;
use crate::model::{Class, Edit, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::go::{Because, Choice, Selections, Toolchain};
use crate::probes::project::{Demand, Directive, GoMod, GoWork};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "toolchain-name-invalid",
    layer: Layer::Project,
    title: "The toolchain that the project names exists",
    impact: "This project cannot be built",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/toolchain-name-invalid"),
    rule: rule!(judge(Contexts, Selections, GoMod, GoWork)),
};

fn judge(shells: &Contexts, selections: &Selections, module: &GoMod, work: &GoWork) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("the folder lies in no module"),
        Err(missing) => return missing.into(),
    };
    let mut findings: Vec<Finding> = Vec::new();
    if let Some(line) = demand.toolchain.filter(|line| line.value != "default") {
        match Toolchain::parse(&line.value) {
            None => findings.push(not_a_name(&demand, line)),
            Some(toolchain) if toolchain.was_never_released() => {
                let chosen = downloads(selections, &toolchain.name, Because::ToolchainLine);
                // A newer Go passes the line by; older ones stumble over it.
                let severity = if chosen { Severity::Error } else { Severity::Warning };
                findings.push(never_released(&demand, line, &toolchain.name, severity));
            }
            Some(_) => {}
        }
    }
    if let (Some(line), Some(version)) = (demand.go, demand.go_version()) {
        let name = version.to_string();
        if downloads(selections, &name, Because::GoLine)
            && Toolchain::parse(&name).is_some_and(|it| it.was_never_released())
        {
            findings.push(never_released(&demand, line, &name, Severity::Error));
        }
    }
    shells.outcome(findings)
}

/// True when a context's Go would download a toolchain of this name.
fn downloads(selections: &Selections, name: &str, why: Because) -> bool {
    selections.grouped().iter().any(|(selection, _)| {
        matches!(&selection.choice, Choice::Downloads { to, because } if to.name == name && *because == why)
    })
}

fn not_a_name(demand: &Demand<'_>, line: &Directive) -> Finding {
    let value = &line.value;
    Finding::new(value, Severity::Error, format!("'toolchain {value}' names no Go toolchain"))
        .detail(format!(
            "go fails with: invalid toolchain version '{value}': must match format go1.23.0, local, or default."
        ))
        .evidence(demand.evidence(line).expected("toolchain go1.N.P"))
}

fn never_released(demand: &Demand<'_>, line: &Directive, name: &str, severity: Severity) -> Finding {
    let with = line.text.replacen(&line.value, &format!("{}.0", line.value), 1);
    let step = Step::EditFile {
        path: demand.path.to_owned(),
        edits: vec![Edit::ReplaceLine { line: line.line, was: line.text.clone(), with }],
    };
    Finding::new(&line.value, severity, format!("{name} was never released: the first release is {name}.0"))
        .detail(format!("A Go that is older than that tries to download it and fails with: go: download {name}: toolchain not available."))
        .evidence(demand.evidence(line).expected(format!("{}.0", line.value)))
        .fix(Fix::new(format!("Write {}.0 in {}", line.value, demand.name), Class::Review, vec![step]))
}
