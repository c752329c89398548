//! Reads the start files, and those that they read in turn.

use std::path::{Path, PathBuf};

use super::lines::{Lines, Step};
use super::path_lines;
use super::script::{self, Dialect, Effect, Piece, Reach, Statement, Word};
use super::sources::Source;
use super::values::Values;
use super::{Form, RcFile};
use crate::host::Host;
use crate::model::{Context, Missing};

/// How many files may source one another before we stop.
const SOURCE_DEPTH: usize = 6;

/// How many files are read in all.
const FILE_LIMIT: usize = 200;

/// How much text of sourced files is looked through in all.
const SOURCED_BYTES: usize = 512 * 1024;

/// How long a text may be to be looked through.
const TEXT_BYTES: usize = 1024 * 1024;

/// Large and of no use here: completions set no variables of ours.
const SKIPPED: [&str; 2] = ["/usr/share/bash-completion", "/usr/share/zsh/functions"];

/// The files that exist, and what they do.
pub(super) fn read(host: &dyn Host, sources: &[Source]) -> (Vec<RcFile>, Lines) {
    let mut reading = Reading {
        host,
        files: Vec::new(),
        lines: Lines::default(),
        values: Values::new(host.machine()),
        budget: SOURCED_BYTES,
    };
    for source in sources {
        reading.add(&source.path, source.contexts, source.form, 0);
    }
    (reading.files, reading.lines)
}

struct Reading<'a> {
    host: &'a dyn Host,
    files: Vec<RcFile>,
    lines: Lines,
    values: Values,
    /// Bytes of sourced files that may still be looked through.
    budget: usize,
}

impl Reading<'_> {
    fn add(&mut self, path: &Path, contexts: &[Context], form: Form, depth: usize) {
        if let Some(known) = self.files.iter().position(|file| file.path == path) {
            self.add_readers(known, contexts, depth);
            return;
        }
        if depth > SOURCE_DEPTH || self.files.len() >= FILE_LIMIT {
            return;
        }
        let text = self.host.read_text(path);
        if text.as_ref().is_err_and(Missing::is_absent) {
            return;
        }
        let statements = text.as_deref().map(|text| self.statements(text, form, depth)).unwrap_or_default();
        let machine = self.host.machine();
        self.files.push(RcFile {
            path: path.to_owned(),
            name: machine.tilde(path),
            contexts: contexts.to_vec(),
            own: self.host.stat(path).is_ok_and(|stat| stat.uid == machine.user.uid) && !machine.is_of_system(path),
            text,
            form,
        });
        let file = self.files.len() - 1;
        for statement in statements {
            let sourced = self.sourced(&statement);
            let entries = path_lines::entries(&statement.effect, &self.values);
            let value = match statement.reach {
                Reach::Function(_) => None,
                Reach::Every | Reach::Interactive => self.values.note(&statement.effect),
            };
            let step = Step { file, statement, value, entries };
            let readers = step.contexts(contexts);
            self.lines.push(step);
            for path in sourced {
                self.add(&path, &readers, form, depth + 1);
            }
        }
    }

    /// Another shell reads a file that was looked through before, and with it
    /// the files that it reads.
    fn add_readers(&mut self, file: usize, contexts: &[Context], depth: usize) {
        let known = &mut self.files[file];
        let fresh: Vec<Context> = contexts.iter().copied().filter(|new| !known.contexts.contains(new)).collect();
        if fresh.is_empty() || depth > SOURCE_DEPTH {
            return;
        }
        known.contexts.extend(&fresh);
        let form = known.form;
        let further: Vec<(PathBuf, Vec<Context>)> = self
            .lines
            .run()
            .filter(|step| step.file == file)
            .flat_map(|step| {
                let readers = step.contexts(&fresh);
                self.sourced(&step.statement).into_iter().map(move |path| (path, readers.clone()))
            })
            .collect();
        for (path, readers) in further {
            self.add(&path, &readers, form, depth + 1);
        }
    }

    fn statements(&mut self, text: &str, form: Form, depth: usize) -> Vec<Statement> {
        if text.len() > TEXT_BYTES {
            return Vec::new();
        }
        if depth > 0 {
            let Some(left) = self.budget.checked_sub(text.len()) else { return Vec::new() };
            self.budget = left;
        }
        match form {
            Form::Posix => script::read(text, Dialect::Posix),
            Form::Fish => script::read(text, Dialect::Fish),
            Form::Environment => script::read_environment(text),
            Form::FishVariables => script::read_fish_variables(text),
        }
    }

    /// The files that a statement reads in place.
    fn sourced(&self, statement: &Statement) -> Vec<PathBuf> {
        let Effect::Source(word) = &statement.effect else { return Vec::new() };
        if matches!(statement.reach, Reach::Function(_)) {
            return Vec::new();
        }
        let looped = match word.pieces.as_slice() {
            [Piece::Variable { name, .. }] => self.values.loop_words(name),
            _ => None,
        };
        let words = looped.unwrap_or(std::slice::from_ref(word));
        words.iter().flat_map(|word| self.files_named(word)).filter(|path| !is_skipped(path)).collect()
    }

    /// The file that a word names, or all of those that its pattern matches.
    fn files_named(&self, word: &Word) -> Vec<PathBuf> {
        // What zsh writes behind a pattern, such as `(N)`, asks for no more.
        let pieces = word.pieces.strip_suffix(&[Piece::Opaque]).unwrap_or(&word.pieces);
        let Some(text) = script::expand(pieces, &self.values) else { return Vec::new() };
        let path = self.host.machine().untilde(&text);
        if !path.is_absolute() {
            return Vec::new();
        }
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
            return Vec::new();
        };
        if !name.contains('*') {
            return vec![path];
        }
        let entries = self.host.read_dir(folder).unwrap_or_default();
        let mut matching: Vec<PathBuf> = entries
            .into_iter()
            .filter(|entry| !entry.name.starts_with('.') && matches_stars(name, &entry.name))
            .map(|entry| entry.path)
            .collect();
        matching.sort();
        matching
    }
}

fn is_skipped(path: &Path) -> bool {
    SKIPPED.iter().any(|folder| path.starts_with(folder))
}

/// True when a name matches a pattern whose `*` stand for any text.
fn matches_stars(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, name, matches) in [
            ("*.sh", "go.sh", true),
            ("*.sh", "go.zsh", false),
            ("*.sh", ".sh", true),
            ("*", "x", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches_stars(pattern, name), matches, "{pattern} {name}");
        }
    }
}
