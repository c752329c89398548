use std::path::{Path, PathBuf};

use super::Contexts;
use crate::host::{FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// The entries of every context's PATH, and what is there.
#[derive(Debug)]
pub struct PathEntries {
    /// Each different entry once, in the order of the contexts and of PATH.
    pub entries: Vec<PathEntry>,
}

/// One entry of PATH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathEntry {
    /// As it stands in PATH.
    pub text: String,
    /// Its places in PATH, from 0, for every context that has it.
    pub places: Vec<(Context, Vec<usize>)>,
    /// What it is.
    pub kind: EntryKind,
}

/// What an entry of PATH is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// Nothing between two colons: the folder that one happens to be in.
    Empty,
    /// A path that depends on the folder that one happens to be in.
    Relative,
    /// `~` that nobody has expanded.
    Tilde,
    /// A quotation mark that has become a part of it.
    Quoted,
    /// A variable that nobody has expanded.
    Variable,
    /// It ends in a carriage return.
    CarriageReturn,
    /// A path, or the part of one, as Windows writes it.
    Windows,
    /// A folder.
    Folder,
    /// A file; PATH is a list of folders.
    File,
    /// Nothing is there, but a name that goes on with a blank is: the path of
    /// that.
    CutAtBlank(PathBuf),
    /// Nothing is there.
    Absent,
    /// It could not be looked at.
    Unknown(Missing),
}

impl Fact for PathEntries {
    const ID: &'static str = "path-entries";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let shells = probing.get::<Contexts>()?;
        let mut entries: Vec<PathEntry> = Vec::new();
        for (context, environment) in shells.known() {
            let texts = environment.path_entries();
            for (place, text) in texts.iter().enumerate() {
                let known = match entries.iter().position(|known| known.text == *text) {
                    Some(known) => known,
                    None => {
                        let kind = kind(probing.host(), text, texts.get(place + 1).copied());
                        entries.push(PathEntry { text: (*text).to_owned(), places: Vec::new(), kind });
                        entries.len() - 1
                    }
                };
                entries[known].add(context, place);
            }
        }
        Ok(PathEntries { entries })
    }
}

impl PathEntries {
    /// The contexts whose PATH the start files make anew.
    pub const FRESH: [Context; 2] = [Context::Interactive, Context::Login];
}

impl PathEntry {
    fn add(&mut self, context: Context, place: usize) {
        match self.places.iter_mut().find(|(known, _)| *known == context) {
            Some((_, places)) => places.push(place),
            None => self.places.push((context, vec![place])),
        }
    }

    /// The contexts that have it.
    pub fn contexts(&self) -> impl Iterator<Item = Context> {
        self.places.iter().map(|(context, _)| *context)
    }

    /// Its first place in the PATH of a context, from 0.
    #[must_use]
    pub fn place_in(&self, context: Context) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == context)?.1.first().copied()
    }
}

fn kind(host: &dyn Host, text: &str, next: Option<&str>) -> EntryKind {
    let is_drive = |letter: &str| letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
    match text {
        "" => EntryKind::Empty,
        _ if text.ends_with('\r') => EntryKind::CarriageReturn,
        _ if text.starts_with('\\') || (is_drive(text) && next.is_some_and(|next| next.starts_with('\\'))) => {
            EntryKind::Windows
        }
        // Names may hold such characters; a folder that is there is right.
        _ if text.starts_with('/') => match at(host, Path::new(text)) {
            EntryKind::Absent => written(text).unwrap_or(EntryKind::Absent),
            there => there,
        },
        _ if text.starts_with('~') => EntryKind::Tilde,
        _ => written(text).unwrap_or(EntryKind::Relative),
    }
}

/// What the shell should have taken away or expanded.
fn written(text: &str) -> Option<EntryKind> {
    if text.contains(['"', '\'']) { Some(EntryKind::Quoted) } else { text.contains('$').then_some(EntryKind::Variable) }
}

fn at(host: &dyn Host, path: &Path) -> EntryKind {
    match host.stat(path) {
        Ok(stat) if stat.kind == FileKind::Folder => EntryKind::Folder,
        Ok(_) => EntryKind::File,
        Err(missing) if missing.is_absent() => goes_on(host, path).map_or(EntryKind::Absent, EntryKind::CutAtBlank),
        Err(missing) => EntryKind::Unknown(missing),
    }
}

/// What lies beside it and has the same name, a blank and more.
fn goes_on(host: &dyn Host, path: &Path) -> Option<PathBuf> {
    let begins = format!("{} ", path.file_name()?.to_str()?);
    let mut names = host.read_dir(path.parent()?).ok()?;
    names.retain(|entry| entry.name.starts_with(&begins));
    names.into_iter().map(|entry| entry.path).min()
}
