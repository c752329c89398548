//! The project asks for a newer Go, and this one cannot get it.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, GoVersion, Layer, Missing, Outcome, Patch, Severity, mask};
use crate::probes::go::{
    Because, Choice, GoCommand, Installations, Selections, Setting, Settings, Toolchain, Toolchains,
};
use crate::probes::project::{Demand, GoMod, GoWork};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "go-too-old-for-module",
    layer: Layer::Project,
    title: "Go is new enough for the project, or can get a Go that is",
    impact: "This project does not build with this Go",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["gosumdb-off", "goproxy-off", "go-shadowed", "go-from-distro"],
    page: page!("project/go-too-old-for-module"),
    rule: rule!(judge(Contexts, Toolchains, Selections, Settings, Installations, GoMod, GoWork, RcFiles)),
};

#[expect(clippy::too_many_arguments, reason = "one parameter per fact")]
fn judge(
    shells: &Contexts,
    toolchains: &Toolchains,
    selections: &Selections,
    settings: &Settings,
    installations: &Installations,
    module: &GoMod,
    work: &GoWork,
    rc: &RcFiles,
) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let demand = match Demand::of(module, work) {
        Ok(Some(demand)) => demand,
        Ok(None) => return Outcome::skipped("this folder is in no module"),
        Err(missing) => return missing.into(),
    };
    let mut findings = Vec::new();
    for (go, contexts) in grouped(toolchains) {
        let Some(own) = &go.version else { continue };
        if own.language() < (1, 21) {
            findings.extend(before_switching(own, go, contexts, &demand, settings, installations));
        }
    }
    for (selection, contexts) in selections.grouped() {
        if let Choice::NoDownload { to, because, name, setting } = &selection.choice {
            let (origin, writer) = settings.trace(name, setting, &contexts, rc);
            let fix = remedy::reviewed(remedy::unset(name, setting, writer.as_ref(), "Go needs it to get a toolchain"));
            let finding =
                Finding::new(format!("{name}:{}", to.name), Severity::Error, no_download(to, *because, &demand, name))
                    .detail(said(to, name, setting))
                    .explained_by(if *name == "GOPROXY" {
                        &["goproxy-off", "go-shadowed"]
                    } else {
                        &["gosumdb-off", "go-shadowed"]
                    })
                    .seen_in(contexts)
                    .about(*name)
                    .evidences(asked_by(*because, &demand))
                    .evidence(origin)
                    .fix(fix)
                    .fixes(newer(installations, settings, &to.version));
            findings.push(finding);
        }
    }
    if findings.is_empty() && toolchains.actives().all(|(_, go)| go.version.is_none()) {
        return Missing::failed("the go command does not say its version").into();
    }
    shells.outcome(findings)
}

/// The go commands that run, each with the contexts in which it does.
fn grouped(toolchains: &Toolchains) -> Vec<(&GoCommand, Vec<Context>)> {
    let mut groups: Vec<(&GoCommand, Vec<Context>)> = Vec::new();
    for (context, go) in toolchains.actives() {
        match groups.iter_mut().find(|(known, _)| known.real == go.real) {
            Some((_, contexts)) => contexts.push(context),
            None => groups.push((go, vec![context])),
        }
    }
    groups
}

/// What a Go that knows neither GOTOOLCHAIN nor patch releases makes of the
/// file.
fn before_switching(
    own: &GoVersion,
    go: &GoCommand,
    contexts: Vec<Context>,
    demand: &Demand<'_>,
    settings: &Settings,
    installations: &Installations,
) -> Option<Finding> {
    let file = demand.file();
    let asked = demand.go_version();
    let newer_language = asked.as_ref().filter(|asked| asked.language() > own.language());
    let (severity, line, detail) = match (demand.go, demand.toolchain, &asked) {
        (Some(line), _, Some(version)) if version.patch != Patch::Language => (
            Severity::Error,
            line,
            format!(
                "Every go command here ends with: go: errors parsing {file}: invalid go version '{}': must match format 1.23.",
                line.value
            ),
        ),
        (_, Some(line), _) => (
            Severity::Error,
            line,
            format!("Every go command here ends with: go: errors parsing {file}: unknown directive: toolchain."),
        ),
        (Some(line), None, _) if newer_language.is_some() => (
            Severity::Warning,
            line,
            format!(
                "It tries all the same. What is newer in the language or in the standard library ends with an error such as: package slices is not in GOROOT. Then it adds: note: module requires Go {}.",
                line.value
            ),
        ),
        _ => return None,
    };
    let wanted = asked.clone().filter(|asked| asked > own).unwrap_or_else(|| GoVersion::release(1, 21, 0));
    let summary = match severity {
        Severity::Error => {
            format!("{} cannot read this {file}, which is written for Go {}", go.version_title(), wanted.bare())
        }
        _ => format!("{file} asks for Go {}, and the go that runs is {}", wanted.bare(), go.version_title()),
    };
    Some(
        Finding::new(format!("{}:{}", own, wanted.bare()), severity, summary)
            .detail(format!("{detail} Since 1.21, Go gets the release that a project asks for by itself."))
            .seen_in(contexts)
            .about("go")
            .evidence(demand.evidence(line))
            .evidence(Evidence::new(
                settings.machine().tilde(&go.path),
                format!("{} ({})", go.version_title(), go.origin.title()),
            ))
            .fixes(newer(installations, settings, &wanted)),
    )
}

fn no_download(to: &Toolchain, because: Because, demand: &Demand<'_>, name: &str) -> String {
    match because {
        Because::Setting => format!("GOTOOLCHAIN asks for {}, and {name}=off keeps Go from getting it", to.name),
        _ => format!("{} asks for {}, and {name}=off keeps Go from getting it", demand.file(), to.name),
    }
}

fn said(to: &Toolchain, name: &str, setting: &Setting) -> String {
    let said = match name {
        "GOSUMDB" => "verifying module: checksum database disabled by GOSUMDB=off".to_owned(),
        _ => format!("download {}: toolchain not available", to.name),
    };
    format!(
        "Go takes a newer toolchain from the module proxy, and only with a checksum that somebody vouches for. With {name}={} every go command here ends with: {said}.",
        mask(&setting.value)
    )
}

/// The line that asks.
fn asked_by(because: Because, demand: &Demand<'_>) -> Option<Evidence> {
    let line = match because {
        Because::GoLine => demand.go,
        Because::ToolchainLine => demand.toolchain,
        Because::Setting => None,
    };
    line.map(|line| demand.evidence(line))
}

/// A newer Go that is installed, or else how to get one.
fn newer(installations: &Installations, settings: &Settings, wanted: &GoVersion) -> Vec<Fix> {
    remedy::use_or_get_go(settings.machine(), installations, Some(wanted))
}
