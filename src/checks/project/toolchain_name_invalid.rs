//! go.mod names a Go that there is not.

use crate::checks::{Check, remedy};
use crate::model::{Class, Edit, Finding, Fix, GoVersion, Layer, Outcome, Severity, Step};
use crate::probes::go::{Choice, Installations, Selections, Settings, Toolchain};
use crate::probes::project::{Demand, Directive, GoMod, GoWork};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "toolchain-name-invalid",
    layer: Layer::Project,
    title: "go.mod names a Go that was released",
    impact: "Go does not find the Go that this project names",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &[],
    page: page!("project/toolchain-name-invalid"),
    rule: rule!(judge(Contexts, Selections, Settings, Installations, GoMod, GoWork)),
};

fn judge(
    shells: &Contexts,
    selections: &Selections,
    settings: &Settings,
    installations: &Installations,
    module: &GoMod,
    work: &GoWork,
) -> Outcome {
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("this folder is in no module"),
        Err(missing) => return missing.into(),
    };
    let mut findings = Vec::new();
    if let Some(line) = demand.toolchain.filter(|line| line.value != "default") {
        match Toolchain::parse(&line.value) {
            None => findings.push(not_a_name(&demand, line)),
            Some(toolchain) if toolchain.was_never_released() => {
                findings.push(never_released(&demand, line, &toolchain, selections));
            }
            Some(_) => {}
        }
    }
    if let Some(line) = demand.go {
        match demand.go_version() {
            None => findings.push(not_a_version(&demand, line)),
            Some(_) => findings.extend(not_completed(&demand, line, selections, settings, installations)),
        }
    }
    shells.outcome(findings)
}

/// `toolchain 1.22.3`.
fn not_a_name(demand: &Demand<'_>, line: &Directive) -> Finding {
    let fixes = guess(&line.value).map(|name| replace(demand, line, &format!("go{name}")));
    Finding::new(
        format!("toolchain:{}", line.value),
        Severity::Error,
        format!("{} has a toolchain line that names no Go: {}", demand.file(), line.value),
    )
    .detail(format!(
        "Every go command here ends with: go: invalid toolchain {:?} in {}. A name looks like go1.26.6.",
        line.value,
        demand.file()
    ))
    .evidence(demand.evidence(line).expected("go and a release, such as go1.26.6"))
    .fixes(fixes)
}

/// `toolchain go1.22`.
fn never_released(demand: &Demand<'_>, line: &Directive, toolchain: &Toolchain, selections: &Selections) -> Finding {
    let name = &toolchain.name;
    let mut contexts = Vec::new();
    for (selection, seen) in selections.grouped() {
        if matches!(&selection.choice, Choice::Downloads { to, .. } | Choice::NoDownload { to, .. } if to.name == *name)
        {
            contexts.extend(seen);
        }
    }
    let (severity, detail) = if contexts.is_empty() {
        (
            Severity::Info,
            format!(
                "The Go here needs no other one. Whoever has an older one gets: go: invalid toolchain: {name} is a language version but not a toolchain version ({name}.x)."
            ),
        )
    } else {
        (
            Severity::Error,
            format!(
                "Every go command here ends with: go: invalid toolchain: {name} is a language version but not a toolchain version ({name}.x). Since Go 1.21 the first release of a version ends in .0."
            ),
        )
    };
    Finding::new(
        format!("toolchain:{name}"),
        severity,
        format!("{} names {name}, which was never released", demand.file()),
    )
    .detail(detail)
    .seen_in(contexts)
    .evidence(demand.evidence(line).expected(format!("toolchain {name}.0 or later")))
    .fix(replace(demand, line, &format!("{name}.0")))
}

/// `go 1.22.x`.
fn not_a_version(demand: &Demand<'_>, line: &Directive) -> Finding {
    let fixes = guess(&line.value).map(|version| replace(demand, line, &version));
    Finding::new(
        format!("go:{}", line.value),
        Severity::Error,
        format!("{} has a go line that names no version: {}", demand.file(), line.value),
    )
    .detail(format!(
        "Every go command here ends with: go: errors parsing {}: invalid go version '{}': must match format 1.23.0.",
        demand.file(),
        line.value
    ))
    .evidence(demand.evidence(line).expected("a version, such as 1.26.0"))
    .fixes(fixes)
}

/// `go 1.23` where the Go here asks for a toolchain of just that name.
fn not_completed(
    demand: &Demand<'_>,
    line: &Directive,
    selections: &Selections,
    settings: &Settings,
    installations: &Installations,
) -> Option<Finding> {
    let wanted = format!("go{}", line.value);
    let mut hit = selections.grouped().into_iter().filter(|(selection, _)| {
        matches!(&selection.choice, Choice::Downloads { to, .. } if to.name == wanted && to.was_never_released())
    });
    let (selection, contexts) = hit.next()?;
    let version = GoVersion::parse(&line.value)?;
    Some(
        Finding::new(
            format!("go:{}", line.value),
            Severity::Error,
            format!("{} looks for a release called {wanted}, and there is none", selection.own),
        )
        .detail(format!(
            "Every go command here ends with: go: download {wanted}: toolchain not available. The first release is {wanted}.0; Go completes that by itself since 1.21.11 and 1.22.4."
        ))
        .seen_in(contexts)
        .evidence(demand.evidence(line).expected(format!("go {}.0, or a newer Go here", line.value)))
        .fixes(remedy::use_or_get_go(settings.machine(), installations, Some(&version)))
        .fix(replace(demand, line, &format!("{}.0", line.value))),
    )
}

/// Writes another value into the line. The file is the project's: whether its
/// line changes is for its people to decide.
fn replace(demand: &Demand<'_>, line: &Directive, value: &str) -> Fix {
    let with = line.text.replacen(&line.value, value, 1);
    let edit = Edit::ReplaceLine { line: line.line, was: line.text.clone(), with };
    Fix::new(
        format!("Write {value} into {}", demand.file()),
        Class::Review,
        vec![Step::EditFile { path: demand.path.to_owned(), edits: vec![edit] }],
    )
}

/// The version that was probably meant: `1.22.3` of `v1.22.3`, `1.22.0` of
/// `1.22.x`.
fn guess(value: &str) -> Option<String> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let text = value[start..].replace(".x", ".0").replace(".*", ".0");
    let version = GoVersion::parse(&text).filter(|version| version.bare() == text)?;
    let name = Toolchain::parse(&version.to_string())?;
    Some(if name.was_never_released() { format!("{text}.0") } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_guessed_only_where_it_is_plain() {
        assert_eq!(guess("1.22.3").as_deref(), Some("1.22.3"));
        assert_eq!(guess("v1.22.3").as_deref(), Some("1.22.3"));
        assert_eq!(guess("golang1.22").as_deref(), Some("1.22.0"));
        assert_eq!(guess("go1.22.x").as_deref(), Some("1.22.0"));
        for dark in ["local", "latest", "", "go1.22.03", "1.22.3.1", ">=1.22"] {
            assert_eq!(guess(dark).as_deref(), (dark == ">=1.22").then_some("1.22.0"), "{dark}");
        }
    }
}
