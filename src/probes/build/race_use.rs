use super::cgo_need::RECIPES;
use std::path::{Path, PathBuf};

use crate::host::{FileKind, Host};
use crate::model::{Evidence, Missing};
use crate::probes::project::GoMod;
use crate::probes::{Fact, Probing};

/// Where the project calls Go with `-race`.
#[derive(Debug, Default)]
pub struct RaceUse {
    /// The first such line; None when there is none.
    pub line: Option<RaceLine>,
}

/// A line that has `-race`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaceLine {
    /// The line.
    pub evidence: Evidence,
    /// What reads it.
    pub place: RacePlace,
}

/// What reads a line that has `-race`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RacePlace {
    /// `make` and its like: people run it here.
    Recipe,
    /// The editor: its tasks, its tests, its debugger.
    Editor,
    /// A service that builds elsewhere.
    Workflow,
}

/// Files of the editor that have command lines or flags.
const EDITOR: [&str; 3] = [".vscode/tasks.json", ".vscode/settings.json", ".vscode/launch.json"];

/// Files of services that build, beside the folder of GitHub.
const WORKFLOWS: [&str; 2] = [".gitlab-ci.yml", ".circleci/config.yml"];

/// How many workflows of GitHub are read.
const WORKFLOW_LIMIT: usize = 30;

impl Fact for RaceUse {
    const ID: &'static str = "race-use";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let Some(root) = module.found.as_ref().map(|file| &file.folder) else { return Ok(RaceUse::default()) };
        let in_files = |names: &[&str], place| {
            let mut lines = names.iter().filter_map(|name| line_in(host, &root.join(name)));
            lines.next().map(|evidence| RaceLine { evidence, place })
        };
        let in_github = || {
            let mut lines = workflows(host, root).into_iter().filter_map(|path| line_in(host, &path));
            lines.next().map(|evidence| RaceLine { evidence, place: RacePlace::Workflow })
        };
        let line = in_files(&RECIPES, RacePlace::Recipe)
            .or_else(|| in_files(&EDITOR, RacePlace::Editor))
            .or_else(|| in_files(&WORKFLOWS, RacePlace::Workflow))
            .or_else(in_github);
        Ok(RaceUse { line })
    }
}

/// The first line with `-race` in what people run to build or test.
pub(super) fn race_in_recipes(host: &dyn Host, root: &Path) -> Option<Evidence> {
    RECIPES.iter().find_map(|name| line_in(host, &root.join(name)))
}

fn workflows(host: &dyn Host, root: &Path) -> Vec<PathBuf> {
    let entries = host.read_dir(&root.join(".github/workflows")).unwrap_or_default().into_iter();
    let is_workflow = |name: &str| name.ends_with(".yml") || name.ends_with(".yaml");
    let mut files: Vec<PathBuf> = entries
        .filter(|entry| entry.kind == FileKind::File && is_workflow(&entry.name))
        .map(|entry| entry.path)
        .collect();
    files.sort();
    files.truncate(WORKFLOW_LIMIT);
    files
}

fn line_in(host: &dyn Host, path: &Path) -> Option<Evidence> {
    let text = host.read_text(path).ok()?;
    let (index, line) = text.lines().enumerate().find(|(_, line)| has_race(line))?;
    Some(Evidence::new(format!("{}:{}", host.machine().tilde(path), index + 1), line.trim()))
}

/// True for a line that is no comment and has the flag as a word of its own,
/// in a command line or in a list of JSON.
fn has_race(line: &str) -> bool {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '[' | ']');
    !line.trim_start().starts_with(['#', '/']) && line.split(is_end).any(|word| word == "-race")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_is_a_word_of_its_own() {
        for line in [
            "\tgo test -race ./...",
            "\"go.testFlags\": [\"-v\",\"-race\"],",
            "FLAGS ?= -race",
            "run: 'go test -race'\r",
        ] {
            assert!(has_race(line), "{line}");
        }
        for line in ["# go test -race", "// \"-race\"", "go test -racer", "--race", "trace-race", "\u{fffd}", ""] {
            assert!(!has_race(line), "{line}");
        }
    }
}
