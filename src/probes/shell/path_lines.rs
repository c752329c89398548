//! Which lines put a folder on PATH, and which ones forget what was there.

use std::path::{Component, Path};

use super::lines::Step;
use super::script::{Change, Effect, How, Names, Piece, Word, expand};
use super::{RcFiles, Writer};
use crate::host::Environment;
use crate::model::Context;

/// The variables that PATH is set by: zsh and fish have lists that go with it.
pub(super) const NAMES: [&str; 3] = ["PATH", "path", "fish_user_paths"];

/// An entry that a line adds to PATH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pieces: Vec<Piece>,
    /// What it is worth, as far as the files tell.
    worth: Option<String>,
}

/// The entries that a statement adds to PATH.
pub(super) fn entries(effect: &Effect, names: &dyn Names) -> Vec<Entry> {
    let Effect::Set(change) = effect else { return Vec::new() };
    if !is_path(change) {
        return Vec::new();
    }
    let pieces = change.words.iter().flat_map(split_at_colons);
    pieces.map(|pieces| Entry { worth: expand(&pieces, names), pieces }).collect()
}

fn is_path(change: &Change) -> bool {
    NAMES.contains(&change.name.as_str())
}

/// `a:$B:c` as three entries.
fn split_at_colons(word: &Word) -> Vec<Vec<Piece>> {
    let mut entries = vec![Vec::new()];
    for piece in &word.pieces {
        let Piece::Text { text, bare } = piece else {
            if let Some(last) = entries.last_mut() {
                last.push(piece.clone());
            }
            continue;
        };
        for (place, part) in text.split(':').enumerate() {
            if place > 0 {
                entries.push(Vec::new());
            }
            if let Some(last) = entries.last_mut().filter(|_| !part.is_empty()) {
                last.push(Piece::Text { text: part.to_owned(), bare: *bare });
            }
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// How sure it is that a line puts a folder on PATH; the surest is the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// It runs what a program prints that the folder belongs to.
    Hook,
    /// It gives the folder to a function that is about paths.
    Call,
    /// It adds what a program prints, and the rest of it fits.
    Likely,
    /// It names the folder.
    Exact,
}

impl RcFiles {
    /// The line that puts `folder` on the PATH of `context`, whose variables
    /// these are.
    #[must_use]
    pub fn path_writer(&self, folder: &Path, context: Context, environment: &Environment) -> Option<Writer> {
        if let Some(seen) = self.seen_on_path(folder, context).and_then(|seen| seen.writer) {
            return Some(seen);
        }
        let steps = self.lines.run().filter(|step| self.is_run_by(step, context));
        let found = steps.filter_map(|step| Some((matches(step, folder, environment)?, step)));
        // Of equally sure ones the last: it stands where it was put in the end.
        let (_, step) = found.max_by_key(|(how, _)| *how)?;
        self.writer(step)
    }

    /// The last line that sets the PATH of `context` and forgets what was
    /// there.
    #[must_use]
    pub fn path_reset(&self, context: Context) -> Option<Writer> {
        let step = self.lines.run().filter(|step| self.is_run_by(step, context)).rfind(|step| forgets(step))?;
        self.writer(step)
    }

    /// True when a fresh shell of this context comes to it; a program that
    /// runs already may have been started from any.
    fn is_run_by(&self, step: &Step, context: Context) -> bool {
        context.is_already_running() || step.contexts(&self.files[step.file].contexts).contains(&context)
    }
}

/// True for a statement that sets PATH and forgets what was there.
pub(super) fn forgets(step: &Step) -> bool {
    match &step.statement.effect {
        Effect::Set(change) => {
            is_path(change)
                && change.how == How::Replace
                && !change.words.iter().any(|word| NAMES.iter().any(|name| word.mentions(name)))
        }
        _ => false,
    }
}

fn matches(step: &Step, folder: &Path, environment: &Environment) -> Option<Match> {
    let same = |text: &str| Path::new(text.trim_end_matches('/')) == folder;
    match &step.statement.effect {
        Effect::Set(_) => step.entries.iter().filter_map(|entry| entry.fits(folder, environment)).max(),
        Effect::Call { name, words } => {
            let about_paths = name.to_ascii_lowercase().contains("path");
            let given = |word: &Word| word.expand(environment).is_some_and(|text| same(&text));
            (about_paths && words.iter().any(given)).then_some(Match::Call)
        }
        Effect::Hook(line) => belongs_to(folder, line.split_whitespace()).then_some(Match::Hook),
        Effect::Source(file) => shares_hidden_folder(folder, &file.outline()).then_some(Match::Hook),
        Effect::Loop { .. } => None,
    }
}

impl Entry {
    fn fits(&self, folder: &Path, environment: &Environment) -> Option<Match> {
        let worth = self.worth.clone().or_else(|| expand(&self.pieces, environment));
        match worth {
            Some(text) => (Path::new(text.trim_end_matches('/')) == folder).then_some(Match::Exact),
            None => self.ends_like(folder).then_some(Match::Likely),
        }
    }

    /// `$(go env GOPATH)/bin`: the output of a program that prints folders,
    /// and an end that fits.
    fn ends_like(&self, folder: &Path) -> bool {
        let prints_folders = |piece: &Piece| match piece {
            Piece::Output(line) => ["go env", "--prefix", " where ", "which "].iter().any(|part| line.contains(part)),
            _ => false,
        };
        match self.pieces.as_slice() {
            [first, Piece::Text { text, .. }] => {
                prints_folders(first) && text.len() > 1 && folder.to_string_lossy().ends_with(text.as_str())
            }
            _ => false,
        }
    }
}

/// True when a part of the folder's path names a program of this line:
/// `goenv init -` goes with `~/.goenv/shims`.
fn belongs_to<'a>(folder: &Path, mut words: impl Iterator<Item = &'a str>) -> bool {
    let program = words.next().and_then(|first| Path::new(first).file_name()?.to_str());
    let parts = folder.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    program.is_some_and(|program| program.len() > 2 && parts.into_iter().any(|part| part.contains(program)))
}

/// `~/.gvm/scripts/gvm` goes with `~/.gvm/gos/go1.22/bin`.
fn shares_hidden_folder(folder: &Path, file: &str) -> bool {
    let hidden = |part: &&str| part.starts_with('.') && part.len() > 3;
    let folder = folder.to_string_lossy();
    file.split('/').filter(hidden).any(|part| folder.split('/').any(|other| other == part))
}

impl Names for Environment {
    fn value(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}
