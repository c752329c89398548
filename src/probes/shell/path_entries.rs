use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Contexts;
use crate::host::{FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// How many entries of one PATH are looked at.
const ENTRY_LIMIT: usize = 400;

/// What stands at the entries of each context's PATH.
#[derive(Debug)]
pub struct PathEntries {
    /// Each entry once, in the order in which it is first met.
    pub found: Vec<PathEntry>,
}

/// One entry of PATH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathEntry {
    /// The entry as it stands.
    pub text: String,
    /// What it is good for.
    pub state: EntryState,
    /// The contexts whose PATH has it, with how many times.
    pub contexts: Vec<(Context, usize)>,
}

/// What an entry of PATH is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// It is a folder.
    Folder,
    /// It is a file.
    File,
    /// There is nothing. When it was cut at a blank, this is the folder that
    /// was meant.
    Absent(Option<PathBuf>),
    /// A sign stands in it that a shell should have taken out.
    Literal(Sign),
    /// It depends on the folder that a command is called in; an empty one
    /// means that folder.
    Relative,
    /// It could not be told.
    Unknown(Missing),
}

/// A sign that means something to a shell, and nothing in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `~`, which is the home folder only where a shell reads it.
    Tilde,
    /// `$`, before the name of a variable.
    Dollar,
    /// A quotation mark.
    Quote,
    /// A backslash.
    Backslash,
    /// A carriage return.
    CarriageReturn,
}

impl Fact for PathEntries {
    const ID: &'static str = "path-entries";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let mut found: Vec<PathEntry> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (context, environment) in contexts.known() {
            for text in environment.path_entries().into_iter().take(ENTRY_LIMIT) {
                let at = *places.entry(text.to_owned()).or_insert_with(|| {
                    let state = EntryState::read(host, text);
                    found.push(PathEntry { text: text.to_owned(), state, contexts: Vec::new() });
                    found.len() - 1
                });
                match found[at].contexts.iter_mut().find(|(known, _)| *known == context) {
                    Some((_, times)) => *times += 1,
                    None => found[at].contexts.push((context, 1)),
                }
            }
        }
        Ok(PathEntries { found })
    }
}

impl PathEntry {
    /// The contexts whose PATH has it.
    pub fn seen_in(&self) -> impl Iterator<Item = Context> {
        self.contexts.iter().map(|(context, _)| *context)
    }

    /// The fresh shell whose PATH has it, a terminal rather than a login shell.
    #[must_use]
    pub fn fresh(&self) -> Option<Context> {
        [Context::Interactive, Context::Login].into_iter().find(|fresh| self.seen_in().any(|context| context == *fresh))
    }
}

impl PathEntries {
    /// Why an entry could not be looked at, when one could not.
    #[must_use]
    pub fn unknown(&self) -> Option<&Missing> {
        self.found.iter().find_map(|entry| match &entry.state {
            EntryState::Unknown(missing) => Some(missing),
            _ => None,
        })
    }
}

impl EntryState {
    fn read(host: &dyn Host, text: &str) -> EntryState {
        let path = Path::new(text);
        if !path.is_absolute() {
            return Sign::of(text).map_or(EntryState::Relative, EntryState::Literal);
        }
        match host.stat(path) {
            Ok(stat) if stat.kind == FileKind::Folder => EntryState::Folder,
            Ok(_) => EntryState::File,
            Err(missing) if missing.is_absent() => match Sign::of(text) {
                Some(sign) => EntryState::Literal(sign),
                None => EntryState::Absent(cut_off(host, path)),
            },
            // What lies behind a closed folder is as good as not there, and
            // may be there for others.
            Err(missing) => EntryState::Unknown(missing),
        }
    }
}

impl Sign {
    fn of(text: &str) -> Option<Sign> {
        match text {
            _ if text.ends_with('\r') => Some(Sign::CarriageReturn),
            _ if text == "~" || text.starts_with("~/") => Some(Sign::Tilde),
            _ if text.contains(['"', '\'']) => Some(Sign::Quote),
            _ if text.contains('$') => Some(Sign::Dollar),
            _ if text.contains('\\') => Some(Sign::Backslash),
            _ => None,
        }
    }
}

/// The folder whose name goes on with a blank where this one ends.
fn cut_off(host: &dyn Host, path: &Path) -> Option<PathBuf> {
    let begin = format!("{} ", path.file_name()?.to_str()?);
    let entries = host.read_dir(path.parent()?).ok()?;
    let mut meant =
        entries.into_iter().filter(|entry| entry.kind == FileKind::Folder && entry.name.starts_with(&begin));
    meant.next().map(|entry| entry.path)
}
