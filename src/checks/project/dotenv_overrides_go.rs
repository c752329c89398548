//! A file of the project sets variables of Go, and they are not in effect.

use crate::checks::Check;
use crate::checks::remedy::{listed, shell_word};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity, mask};
use crate::probes::go::{Settings, View};
use crate::probes::project::{Direnv, Loader, LocalFile, LocalSettings};
use crate::probes::shell::Assignment;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dotenv-overrides-go",
    layer: Layer::Project,
    title: "What .env and direnv set for Go is in effect",
    impact: "Go has other settings here than the project's files say",
    severity: Severity::Info,
    class: Some(Class::Manual),
    causes: &[],
    page: page!("project/dotenv-overrides-go"),
    rule: rule!(judge(LocalSettings, Settings)),
};

/// How many variables the summary names.
const NAMED: usize = 3;

fn judge(local: &LocalSettings, settings: &Settings) -> Outcome {
    if local.files.is_empty() {
        return match &local.problem {
            Some(missing) => missing.clone().into(),
            None => Outcome::skipped("no .env or .envrc of this project sets anything for Go"),
        };
    }
    let Some(view) = settings.view(Context::Session) else {
        return Missing::failed("what this session's environment holds is not known").into();
    };
    let findings: Vec<Finding> = local.files.iter().filter_map(|file| finding(file, view)).collect();
    Outcome::of(findings).or_unknown(local.problem.as_ref())
}

/// None when this session has what the file says.
fn finding(file: &LocalFile, view: &View) -> Option<Finding> {
    if matches!(file.loader, Loader::Direnv(Direnv::Loaded | Direnv::Elsewhere)) {
        return None;
    }
    let without: Vec<&Assignment> = file.settings.iter().filter(|setting| !is_in_effect(setting, view)).collect();
    let first = without.first()?;
    let names: Vec<&str> = without.iter().map(|setting| setting.name.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    let names = match more {
        0 => listed(&names),
        more => format!("{} and {more} more", names[..NAMED].join(", ")),
    };
    let short = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (it, has) = if without.len() == 1 { ("it", "has") } else { ("they", "have") };
    let (summary, detail) = match file.loader {
        Loader::Nobody => (
            format!("{short} sets {names}, which Go does not read there"),
            format!("Go reads no {short}. Programs that load such a file, like docker compose or an editor's test runner, go by it; the go command of this session does not."),
        ),
        Loader::Direnv(Direnv::NotInstalled) => (
            format!("{short} sets {names}, and direnv is not installed"),
            format!("direnv takes what {short} sets into a shell. Without it, {it} {has} no effect on the go command."),
        ),
        Loader::Direnv(_) => (
            format!("{short} sets {names}, and direnv has not loaded it"),
            "direnv loads a file that was allowed, at the prompt of a shell that has its hook. Until then the go command of this session goes without.".to_owned(),
        ),
    };
    let evidence = without.iter().flat_map(|setting| [in_file(file, setting), in_session(setting, view)]);
    Some(
        Finding::new(&file.name, Severity::Info, summary)
            .detail(detail)
            .about(&first.name)
            .seen_in([Context::Session])
            .evidences(evidence)
            .fix(by_hand(file)),
    )
}

fn is_in_effect(setting: &Assignment, view: &View) -> bool {
    let own = view.value(&setting.name);
    match &setting.value {
        // An empty value means Go's default.
        Some(value) if value.is_empty() => view.get(&setting.name).is_none(),
        Some(value) => *value == own || own.is_empty() && is_default(&setting.name, value),
        // What the file computes cannot be compared; that something is set
        // may well be that.
        None => view.get(&setting.name).is_some(),
    }
}

/// Defaults that make no difference when they are set.
fn is_default(name: &str, value: &str) -> bool {
    matches!((name, value), ("CGO_ENABLED", "1") | ("GO111MODULE", "on" | "auto") | ("GOWORK", "auto"))
}

fn in_file(file: &LocalFile, setting: &Assignment) -> Evidence {
    let value = setting.value.as_deref().map_or_else(|| "…".into(), mask);
    Evidence::new(format!("{}:{}", file.name, setting.line), format!("{}={value}", setting.name))
}

fn in_session(setting: &Assignment, view: &View) -> Evidence {
    let name = &setting.name;
    let source = "Go in this session";
    match view.get(name) {
        Some(own) => Evidence::new(source, format!("{name}={}", mask(&own.value))),
        None => Evidence::new(source, format!("{name} is not set")),
    }
}

fn by_hand(file: &LocalFile) -> Fix {
    let folder = file.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    match file.loader {
        Loader::Nobody => Fix::manual(
            "Set it where Go looks, if it is meant for Go",
            "For every project: go env -w NAME=VALUE. For this one: export it in the shell, or in a .envrc for direnv, whose command dotenv takes all of .env.",
            None,
        ),
        Loader::Direnv(Direnv::NotInstalled) => Fix::manual(
            "Install direnv, or set it yourself",
            "direnv is a package of most distributions. Its hook goes to the end of the shell's start file: in bash eval \"$(direnv hook bash)\", in fish direnv hook fish | source.",
            None,
        ),
        Loader::Direnv(_) => Fix::manual(
            "Read the file, then allow it",
            "direnv runs it as a script: look at it first. When nothing happens at the next prompt, the shell lacks the hook: in bash eval \"$(direnv hook bash)\" at the end of its start file, in fish direnv hook fish | source.",
            Some(format!("direnv allow {}", shell_word(&folder))),
        ),
    }
}
