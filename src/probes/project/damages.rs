use std::path::{Path, PathBuf};

use super::{GoMod, GoWork, ModFile, WorkFile};
use crate::collections::order;
use crate::host::Host;
use crate::model::{Missing, text::plain};
use crate::probes::{Fact, Probing};

/// How much of a go.sum is read: the largest in the world have some MiB.
const SUM_LIMIT: u64 = 16 * 1024 * 1024;

/// How many damaged lines of a file are kept.
const LINE_LIMIT: usize = 50;

/// The lines of go.mod, go.work and the sum files that cannot be right.
#[derive(Debug)]
pub struct Damages {
    /// The damaged files.
    pub files: Vec<DamagedFile>,
    /// Why a file that is there could not be read.
    pub problem: Option<Missing>,
}

/// A file with lines that cannot be right.
#[derive(Debug)]
pub struct DamagedFile {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// The first lines, in order.
    pub lines: Vec<DamagedLine>,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// go.mod or go.work.
    Requirements,
    /// go.sum or go.work.sum.
    Sums,
}

/// A line that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedLine {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// What is wrong with it.
    pub kind: Damage,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// A merge that was not finished left it.
    ConflictMarker,
    /// Go cannot read it, for this reason.
    Malformed(String),
}

impl Fact for Damages {
    const ID: &'static str = "damaged-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let mut damages = Damages { files: Vec::new(), problem: None };
        if let Some(file) = &module.found {
            damages.look(host, &file.path, Role::Requirements, |text| {
                ModFile::parse(text).faults.into_iter().map(|fault| (fault.line, fault.what)).collect()
            });
            damages.look(host, &file.folder.join("go.sum"), Role::Sums, malformed_sums);
        }
        if let Some(file) = &work.found {
            damages.look(host, &file.path, Role::Requirements, |text| {
                WorkFile::parse(text).faults.into_iter().map(|fault| (fault.line, fault.what)).collect()
            });
            damages.look(host, &file.folder.join("go.work.sum"), Role::Sums, malformed_sums);
        }
        Ok(damages)
    }
}

impl Damages {
    fn look(&mut self, host: &dyn Host, path: &Path, role: Role, malformed: impl Fn(&str) -> Vec<(usize, String)>) {
        let text = match host.read(path, SUM_LIMIT) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(missing) if missing.is_absent() => return,
            Err(missing) => {
                self.problem.get_or_insert(missing);
                return;
            }
        };
        let lines = damaged(&text, malformed(&text));
        if !lines.is_empty() {
            self.files.push(DamagedFile { path: path.to_owned(), name: host.machine().tilde(path), role, lines });
        }
    }
}

/// Conflict markers, and what else cannot be read; a marker counts once.
fn damaged(text: &str, malformed: Vec<(usize, String)>) -> Vec<DamagedLine> {
    let lines: Vec<&str> = text.split('\n').collect();
    let markers = (1..=lines.len()).filter(|line| is_marker(lines[line - 1]));
    let malformed = malformed.into_iter().map(|(line, what)| (line, Damage::Malformed(what)));
    let mut kinds: Vec<_> = markers.map(|line| (line, Damage::ConflictMarker)).chain(malformed).collect();
    order::sort_by_key(&mut kinds, |(line, _)| *line);
    kinds.dedup_by_key(|(line, _)| *line);
    // A block that is not closed is told of behind the last line.
    let text = |line: usize| lines.get(line - 1).map_or_else(String::new, |text| plain(text.trim()).into_owned());
    kinds.into_iter().take(LINE_LIMIT).map(|(line, kind)| DamagedLine { line, text: text(line), kind }).collect()
}

/// `<<<<<<< HEAD`, `|||||||`, `=======`, `>>>>>>> theirs`.
fn is_marker(line: &str) -> bool {
    let line = line.trim_end();
    ["<<<<<<<", "|||||||", ">>>>>>>"]
        .iter()
        .any(|marker| line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        || line == "======="
}

/// Go takes lines of three words, and empty ones.
fn malformed_sums(text: &str) -> Vec<(usize, String)> {
    text.split('\n')
        .enumerate()
        .map(|(index, line)| (index + 1, line.split_whitespace().count()))
        .filter(|(_, words)| !matches!(words, 0 | 3))
        .map(|(line, words)| (line, format!("words: {words}, and Go wants 3")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_and_words_are_counted() {
        let text = "<<<<<<< HEAD\r\na v1 h1:x\r\n\n=======\nb v1\n>>>>>>> x\n\u{0}\u{fffd} v1 h1:=\n";
        let found = damaged(text, malformed_sums(text));
        let lines: Vec<_> = found.iter().map(|line| (line.line, line.kind == Damage::ConflictMarker)).collect();
        assert_eq!(lines, [(1, true), (4, true), (5, false), (6, true)]);
    }

    #[test]
    fn a_file_of_markers_is_cut() {
        let text = "=======\n".repeat(100_000);
        assert_eq!(damaged(&text, malformed_sums(&text)).len(), LINE_LIMIT);
        assert!(!is_marker("======== x") && !is_marker("<<<<<<<<") && !is_marker("// ======="));
    }
}
