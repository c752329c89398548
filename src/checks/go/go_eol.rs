//! The Go in use gets no fixes any more.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, GoVersion, Layer, Missing, Outcome, Severity};
use crate::probes::go::{GoCommand, Installations, Origin, Releases, Selections, Settings, Support, Toolchains};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-eol",
    layer: Layer::Go,
    title: "The Go in use still gets security fixes",
    impact: "Go's known holes stay open",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &["go-shadowed", "go-from-distro"],
    page: page!("go/go-eol"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Selections, Installations, Releases)),
};

fn judge(
    shells: &Contexts,
    settings: &Settings,
    toolchains: &Toolchains,
    selections: &Selections,
    installations: &Installations,
    releases: &Releases,
) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut findings = Vec::new();
    let mut unknown: Option<Missing> = None;
    for (version, go, contexts) in in_use(toolchains, selections) {
        match releases.support(&version) {
            Support::Supported => {}
            Support::Ended { on, oldest } => {
                let ended = on.map_or_else(|| "long ago".to_owned(), |day| format!("on {day}"));
                findings.push(finding(&version, go, contexts, &ended, &oldest, settings, installations));
            }
            Support::Unknown(missing) => unknown = Some(missing),
        }
    }
    shells.outcome(findings).or_unknown(unknown)
}

/// The versions that build in this folder: those of the `go` commands, or
/// those to which they hand over.
fn in_use<'a>(toolchains: &'a Toolchains, selections: &Selections) -> Vec<(GoVersion, &'a GoCommand, Vec<Context>)> {
    let mut groups: Vec<(GoVersion, &GoCommand, Vec<Context>)> = Vec::new();
    for (context, go) in toolchains.actives() {
        let Some(version) = selections.builds(context, toolchains) else { continue };
        match groups.iter_mut().find(|(known, other, _)| *known == version && other.real == go.real) {
            Some((_, _, contexts)) => contexts.push(context),
            None => groups.push((version, go, vec![context])),
        }
    }
    groups
}

fn finding(
    version: &GoVersion,
    go: &GoCommand,
    contexts: Vec<Context>,
    ended: &str,
    oldest: &GoVersion,
    settings: &Settings,
    installations: &Installations,
) -> Finding {
    let machine = settings.machine();
    let distro = match go.origin {
        Origin::Distribution => " The distribution may add fixes of its own to its package.",
        _ => "",
    };
    let path = machine.tilde(&go.path);
    let own = go.version.as_ref() == Some(version);
    let observed = if own { version.to_string() } else { format!("hands over to {version} in this folder") };
    Finding::new(version.to_string(), Severity::Info, format!("{version} has had no security fixes since its support ended {ended}"))
        .seen_in(contexts)
        .about("go")
        .detail(format!(
            "A release of Go is supported until two newer ones exist; the oldest one that is supported now is {}.{}. Holes that are found in the standard library later stay in what this Go builds; govulncheck lists those that reach your code.{distro}",
            oldest.major, oldest.minor
        ))
        .evidence(Evidence::new(path, observed).expected(format!("{}.{} or newer", oldest.major, oldest.minor)))
        .evidence(Evidence::new("go.dev/doc/devel/release", format!("support of {}.{} ended {ended}", version.major, version.minor)))
        .fixes(if own { remedy::use_or_get_go(machine, installations, Some(oldest)) } else { vec![name_newer(version)] })
}

/// What names the toolchain is the user's or the project's choice.
fn name_newer(version: &GoVersion) -> Fix {
    Fix::manual(
        "Name a newer toolchain",
        format!(
            "GOTOOLCHAIN, or the toolchain line of go.mod or go.work, names {version}. Where it is a line, this raises it:"
        ),
        Some("go get toolchain@latest".into()),
    )
}
