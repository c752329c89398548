use std::path::{Path, PathBuf};

use super::cgo_modules::needs_cgo;
use super::compilers::Compilers;
use super::constraint::{Target, is_about_cgo};
use super::source::Head;
use crate::host::{FileKind, Host};
use crate::model::{Evidence, Missing};
use crate::probes::project::GoMod;
use crate::probes::{Fact, Probing};

/// What in the project does not work without cgo. Looked for only where a
/// compiler is lacking.
#[derive(Debug, Default)]
pub struct CgoNeed {
    /// Files of the module that import C, or a package that is known to.
    pub imports: Vec<Evidence>,
    /// Where the project asks for the race detector.
    pub race: Vec<Evidence>,
    /// False when no compiler is lacking, or there is no module.
    pub looked: bool,
}

/// How many files are read.
const FILES: usize = 4000;
/// How many folders deep.
const DEPTH: usize = 24;
/// How many places are named.
const NAMED: usize = 3;

/// Files that say how the project is tested.
const BUILD_FILES: [&str; 8] = [
    "Makefile",
    "makefile",
    "GNUmakefile",
    "Taskfile.yml",
    "Taskfile.yaml",
    "justfile",
    ".vscode/settings.json",
    ".vscode/launch.json",
];

impl Fact for CgoNeed {
    const ID: &'static str = "cgo-need";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let compilers = probing.get::<Compilers>()?;
        let module = probing.get::<GoMod>()?;
        let lacking = compilers.all().any(|(_, compiler)| compiler.is_lacking());
        let Some(module) = module.found.as_ref().filter(|_| lacking) else { return Ok(CgoNeed::default()) };
        let host = probing.host();
        let mut walk = Walk { host, root: &module.folder, files: 0, found: Vec::new() };
        walk.folder(&module.folder, 0);
        Ok(CgoNeed { imports: walk.found, race: race(host, &module.folder), looked: true })
    }
}

struct Walk<'a> {
    host: &'a dyn Host,
    root: &'a Path,
    files: usize,
    found: Vec<Evidence>,
}

impl Walk<'_> {
    fn is_done(&self) -> bool {
        self.found.len() >= NAMED || self.files >= FILES
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        let Ok(mut entries) = self.host.read_dir(folder) else { return };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        for entry in entries {
            if self.is_done() {
                return;
            }
            // As `./...` does: links are not followed.
            match entry.kind {
                FileKind::File if is_source(&entry.name) => self.file(&entry.name, &entry.path),
                FileKind::Folder if depth < DEPTH && self.is_part(&entry.name, &entry.path) => {
                    self.folder(&entry.path, depth + 1);
                }
                _ => {}
            }
        }
    }

    fn is_part(&self, name: &str, folder: &Path) -> bool {
        let skipped = name.starts_with(['.', '_']) || matches!(name, "vendor" | "testdata" | "node_modules");
        !skipped && (folder == self.root || !self.host.is_file(&folder.join("go.mod")))
    }

    fn file(&mut self, name: &str, path: &Path) {
        let machine = self.host.machine();
        let target = Target { goos: machine.goos(), goarch: machine.goarch() };
        if !target.takes_name(name) {
            return;
        }
        self.files += 1;
        let Ok(text) = self.host.read_text(path) else { return };
        let head = Head::read(&text);
        // A file that asks for cgo has a counterpart for a build without.
        if head.constraint.is_some_and(|expression| is_about_cgo(expression) || !target.satisfies(expression)) {
            return;
        }
        if let Some((import, line)) = head.imports.iter().find(|(import, _)| *import == "C" || needs_cgo(import)) {
            self.found.push(Evidence::new(format!("{}:{line}", machine.tilde(path)), format!("import \"{import}\"")));
        }
    }
}

fn is_source(name: &str) -> bool {
    name.ends_with(".go") && !name.ends_with("_test.go") && !name.starts_with(['.', '_'])
}

/// Lines that run tests with the race detector.
fn race(host: &dyn Host, root: &Path) -> Vec<Evidence> {
    let files: Vec<PathBuf> = BUILD_FILES.iter().map(|name| root.join(name)).collect();
    let mut found = Vec::new();
    for path in files {
        let Ok(text) = host.read_text(&path) else { continue };
        let line = text.lines().enumerate().find(|(_, line)| asks_for_race(line));
        if let Some((index, line)) = line {
            found.push(Evidence::new(format!("{}:{}", host.machine().tilde(&path), index + 1), line.trim()));
        }
    }
    found.truncate(NAMED);
    found
}

/// `go test -race`, or `"go.testFlags": ["-race"]`.
fn asks_for_race(line: &str) -> bool {
    let code = line.trim_start();
    let is_comment = code.starts_with('#') || code.starts_with("//");
    let is_flag = |word: &str| matches!(word, "-race" | "--race" | "-race=true");
    !is_comment && code.split(|c: char| c.is_whitespace() || "\"',[]".contains(c)).any(is_flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_is_a_word_of_its_own() {
        assert!(asks_for_race("\tgo test -race ./..."));
        assert!(asks_for_race("  \"go.testFlags\": [\"-race\",\"-v\"],"));
        assert!(!asks_for_race("# go test -race ./..."));
        assert!(!asks_for_race("go test -race=false -racer ./trace-race"));
    }

    #[test]
    fn sources_are_no_tests_and_not_hidden() {
        assert!(is_source("main.go") && is_source("cgo_linux.go"));
        assert!(!is_source("main_test.go") && !is_source("_x.go") && !is_source(".x.go") && !is_source("x.c"));
    }
}
