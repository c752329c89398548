//! `$GOROOT/go.env` has other defaults than the Go project's.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity, Step, mask};
use crate::probes::go::{Choice, EnvFile, EnvLine, Selections, Settings, Toolchains, View};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "distro-go-env-defaults",
    layer: Layer::Go,
    title: "This Go has the Go project's defaults",
    impact: "Go gets no toolchain, or takes modules unchecked",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["go-from-distro"],
    page: page!("go/distro-go-env-defaults"),
    rule: rule!(judge(Contexts, Settings, Toolchains, Selections)),
};

/// The defaults that Go comes with.
const UPSTREAM: [(&str, &str); 3] =
    [("GOPROXY", "https://proxy.golang.org,direct"), ("GOSUMDB", "sum.golang.org"), ("GOTOOLCHAIN", "auto")];

fn judge(shells: &Contexts, settings: &Settings, toolchains: &Toolchains, selections: &Selections) -> Outcome {
    if toolchains.in_use().is_none() {
        return Outcome::skipped("no go is on any PATH");
    }
    let mut changes: Vec<Changes> = Vec::new();
    for (context, _) in toolchains.actives() {
        let Some(view) = settings.view(context) else { continue };
        let Some(file) = &view.goroot_file else { continue };
        if let Some(problem) = &file.problem {
            return problem.clone().into();
        }
        let lines = in_force(view, file);
        let bites = selections.get(context).map(|selection| &selection.choice).and_then(|choice| bites(choice, &lines));
        match changes.iter_mut().find(|known| known.file == file && known.lines == lines) {
            Some(known) => known.contexts.push(context),
            None if lines.is_empty() => {}
            None => changes.push(Changes { file, view, lines, bites, contexts: vec![context] }),
        }
    }
    shells.outcome(changes.iter().map(Changes::finding).collect())
}

/// What one `go.env` changes, for the contexts in which it does.
struct Changes<'a> {
    file: &'a EnvFile,
    view: &'a View,
    lines: Vec<&'a EnvLine>,
    /// What this project lacks for it.
    bites: Option<&'static str>,
    contexts: Vec<Context>,
}

/// The lines that differ from upstream and that nobody overrides.
fn in_force<'a>(view: &View, file: &'a EnvFile) -> Vec<&'a EnvLine> {
    let counts = |line: &&EnvLine| {
        let is_last = file.get(&line.name) == Some(*line);
        let is_own = view.below_environment(&line.name) == view.below_file(&line.name)
            && view.environment().get(&line.name).is_none();
        let upstream = UPSTREAM.iter().find(|(name, _)| *name == line.name).map(|(_, value)| *value);
        is_last && is_own && upstream != Some(line.value.trim_end())
    };
    file.lines.iter().filter(counts).collect()
}

/// What these lines keep the project from.
fn bites(choice: &Choice, lines: &[&EnvLine]) -> Option<&'static str> {
    let sets = |name: &str| lines.iter().any(|line| line.name == name);
    match choice {
        Choice::TooOld { .. } | Choice::NotOnPath { .. } if sets("GOTOOLCHAIN") => {
            Some("This project asks for a newer Go, and this Go may not get it.")
        }
        Choice::NoDownload { name, .. } if sets(name) => {
            Some("This project asks for a newer Go, and the setting keeps Go from downloading it.")
        }
        _ => None,
    }
}

impl Changes<'_> {
    fn finding(&self) -> Finding {
        let words: Vec<String> = self.lines.iter().map(|line| mask(&shown(line)).into_owned()).collect();
        let severity = if self.bites.is_some() { Severity::Warning } else { Severity::Info };
        let file = &self.file.name;
        let evidence = self.lines.iter().map(|line| {
            let evidence = Evidence::new(format!("{file}:{}", line.line), mask(&shown(line)));
            match upstream(line) {
                Some(value) => evidence.expected(format!("{}={value}", line.name)),
                None => evidence.expected(format!("no {}", line.name)),
            }
        });
        Finding::new(file, severity, format!("This Go has defaults of its own: {}", remedy::listed(&words)))
            .seen_in(self.contexts.iter().copied())
            .about(self.lines.first().map(|line| line.name.clone()).unwrap_or_default())
            .detail(format!(
                "{file} belongs to the installation, and whoever packed it chose other values than the Go project. {}",
                self.bites.unwrap_or("Nobody set them here, and go env shows them like any other value. For this project they do no harm.")
            ))
            .evidences(evidence)
            .fixes(self.fix())
    }

    /// The upstream values, as the user's own settings.
    fn fix(&self) -> Option<Fix> {
        let file = self.view.file.path.clone()?;
        let values: Vec<(&str, &str)> =
            self.lines.iter().filter_map(|line| Some((line.name.as_str(), upstream(line)?))).collect();
        let steps: Vec<Step> = values
            .iter()
            .map(|(name, value)| Step::SetGo {
                file: file.clone(),
                name: (*name).to_owned(),
                value: (*value).to_owned(),
            })
            .collect();
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        (!steps.is_empty()).then(|| {
            let title = format!("Take the Go project's own {} for yourself", remedy::listed(&names));
            Fix::new(title, Class::Review, steps)
        })
    }
}

fn shown(line: &EnvLine) -> String {
    format!("{}={}", line.name, line.value)
}

/// The Go project's own value.
fn upstream(line: &EnvLine) -> Option<&'static str> {
    UPSTREAM.iter().find(|(name, _)| *name == line.name).map(|(_, value)| *value)
}
