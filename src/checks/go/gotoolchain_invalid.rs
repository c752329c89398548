//! GOTOOLCHAIN names what cannot be.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Context, Evidence, Finding, Fix, GoVersion, Layer, Outcome, Severity};
use crate::probes::go::{
    Because, Choice, PathToolchain, PathToolchains, Policy, Provided, Selections, Setting, SettingOrigin, Settings,
    Toolchain, Toolchains,
};
use crate::probes::shell::{Contexts, RcFiles};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "gotoolchain-invalid",
    layer: Layer::Go,
    title: "GOTOOLCHAIN names a Go that can be had",
    impact: "No go command works",
    severity: Severity::Error,
    class: Some(Class::Safe),
    causes: &["go-env-file-invalid"],
    page: page!("go/gotoolchain-invalid"),
    rule: rule!(judge(Contexts, Toolchains, Settings, Selections, PathToolchains, RcFiles)),
};

/// The first Go that reads GOTOOLCHAIN.
const SINCE: (u32, u32) = (1, 21);

fn judge(
    shells: &Contexts,
    toolchains: &Toolchains,
    settings: &Settings,
    selections: &Selections,
    commands: &PathToolchains,
    rc: &RcFiles,
) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut hits: Vec<(Setting, Fault, Vec<Context>)> = Vec::new();
    for (context, view) in settings.views() {
        let reads = |version: &GoVersion| version.language() >= SINCE;
        if !toolchains.active(context).is_some_and(|go| go.version.as_ref().is_none_or(reads)) {
            continue;
        }
        let setting = view.get("GOTOOLCHAIN");
        let choice = selections.get(context).map(|selection| &selection.choice);
        let Some((setting, fault)) = Fault::of(setting, choice, commands.get(context)) else { continue };
        match hits.iter_mut().find(|(known, other, _)| (known, other) == (&setting, &fault)) {
            Some((_, _, contexts)) => contexts.push(context),
            None => hits.push((setting, fault, vec![context])),
        }
    }
    shells.outcome(
        hits.into_iter().map(|(setting, fault, contexts)| fault.finding(&setting, contexts, settings, rc)).collect(),
    )
}

/// Why Go finds no toolchain.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// It is no setting at all.
    Word,
    /// The name of a language version, which was never released.
    Language(Toolchain),
    /// Only PATH counts, and it is not there.
    NotOnPath(Toolchain),
    /// The command of that name runs another Go, or none.
    Command(PathToolchain),
}

impl Fault {
    fn of(
        setting: Option<Setting>,
        choice: Option<&Choice>,
        command: Option<&PathToolchain>,
    ) -> Option<(Setting, Fault)> {
        if let Some(command) = command.filter(|command| command.is != Provided::Fitting) {
            let setting = setting.unwrap_or(Setting { value: "auto".to_owned(), origin: SettingOrigin::Default });
            return Some((setting, Fault::Command(command.clone())));
        }
        let setting = setting?;
        if Policy::parse(&setting.value).is_none() {
            return Some((setting, Fault::Word));
        }
        let fault = match choice? {
            Choice::NotOnPath { to, because: Because::Setting } => Fault::NotOnPath(to.clone()),
            Choice::Downloads { to, because: Because::Setting }
            | Choice::NoDownload { to, because: Because::Setting, .. }
                if to.was_never_released() =>
            {
                Fault::Language(to.clone())
            }
            _ => return None,
        };
        Some((setting, fault))
    }

    fn finding(&self, setting: &Setting, contexts: Vec<Context>, settings: &Settings, rc: &RcFiles) -> Finding {
        let (evidence, writer) = settings.trace("GOTOOLCHAIN", setting, &contexts, rc);
        let machine = settings.machine();
        let (summary, text) = self.words(&setting.value, machine);
        let key = match self {
            Fault::Command(command) => command.command.display().to_string(),
            _ => setting.value.clone(),
        };
        let view = contexts.first().and_then(|context| settings.view(*context));
        let finding = Finding::new(key, Severity::Error, summary)
            .detail(format!("Every go command ends with: {text}."))
            .about("GOTOOLCHAIN")
            .explained_by(if setting.is_spoilt_by_file() { CHECK.causes } else { &[] })
            .seen_in(contexts);
        if let Fault::Command(command) = self {
            let place = Evidence::new(machine.tilde(&command.command), provided(command, machine));
            return finding.evidence(place).evidence(evidence).fix(replace(command));
        }
        let corrected = correction(&setting.value, self)
            .zip(view)
            .and_then(|(right, view)| remedy::rewrite("GOTOOLCHAIN", setting, writer.as_ref(), &right, view));
        finding
            .evidence(evidence.expected("local, auto, path, or a name such as go1.26.6"))
            .fixes(corrected)
            .fix(remedy::unset("GOTOOLCHAIN", setting, writer.as_ref(), "Go knows no such toolchain"))
    }

    /// The summary, and what Go says.
    fn words(&self, value: &str, machine: &Machine) -> (String, String) {
        match self {
            Fault::Word => {
                let has_suffix = value.split_once('+').is_some_and(|(_, suffix)| !matches!(suffix, "auto" | "path"));
                let more = if has_suffix { ": only version suffixes are +auto and +path" } else { "" };
                (
                    format!("GOTOOLCHAIN is set to {value}, which Go does not take"),
                    format!("go: invalid GOTOOLCHAIN {value:?}{more}"),
                )
            }
            Fault::Language(Toolchain { name, .. }) => (
                format!("GOTOOLCHAIN asks for {name}, which was never released"),
                format!("go: invalid toolchain: {name} is a language version but not a toolchain version ({name}.x)"),
            ),
            Fault::NotOnPath(Toolchain { name, .. }) => (
                format!("GOTOOLCHAIN={value} asks for {name}, which is not on PATH"),
                format!("go: cannot find {name:?} in PATH"),
            ),
            Fault::Command(command) => {
                let name = &command.asked.name;
                let text = match &command.is {
                    Provided::Other(version) => format!("go: toolchain {version} invoked to provide {name}"),
                    _ => format!("{name}: not downloaded. Run '{name} download' to install"),
                };
                (format!("The {name} on PATH is not that Go: {}", provided(command, machine)), text)
            }
        }
    }
}

/// What a command on PATH is, in words.
fn provided(command: &PathToolchain, machine: &Machine) -> String {
    match &command.is {
        Provided::Fitting => format!("it runs {}", command.asked.name),
        Provided::Other(version) => format!("it runs {version}"),
        Provided::NotDownloaded(root) => format!("{} was not downloaded", machine.tilde(root)),
    }
}

/// A command that is not what its name says is for its owner to replace.
fn replace(command: &PathToolchain) -> Fix {
    let (name, path) = (&command.asked.name, command.command.display().to_string());
    let word = remedy::shell_word(&path);
    match &command.is {
        Provided::NotDownloaded(_) => Fix::manual(
            format!("Download {name}"),
            "The command of golang.org/dl is there, and the Go that it runs is not.",
            Some(format!("{word} download")),
        ),
        Provided::Other(_) | Provided::Fitting => Fix::manual(
            format!("Replace {path}"),
            format!("See what it is first. Without it, go downloads {name} by itself."),
            Some(format!("ls -l {word}")),
        ),
    }
}

/// What was meant, where that is plain.
fn correction(value: &str, fault: &Fault) -> Option<String> {
    match fault {
        Fault::Language(toolchain) => Some(value.replacen(&toolchain.name, &format!("{}.0", toolchain.name), 1)),
        // With +auto it is downloaded.
        Fault::NotOnPath(toolchain) if !toolchain.was_never_released() => Some(format!("{}+auto", toolchain.name)),
        Fault::Word => {
            let plain = value.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
            [plain.clone(), format!("go{plain}"), plain.replacen("v", "go", 1)].into_iter().find(|text| {
                Policy::parse(text).is_some_and(|policy| !policy.minimum.is_some_and(|it| it.was_never_released()))
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plainly_meant_is_corrected() {
        for (value, right) in [
            ("1.24.11", Some("go1.24.11")),
            ("v1.24.11", Some("go1.24.11")),
            ("LOCAL", Some("local")),
            ("\"auto\"", Some("auto")),
            ("go1.24.11+auto ", Some("go1.24.11+auto")),
            ("1.24", None),
            ("default", None),
            ("bogus", None),
            ("", None),
        ] {
            assert_eq!(correction(value, &Fault::Word).as_deref(), right, "{value}");
        }
    }
}
