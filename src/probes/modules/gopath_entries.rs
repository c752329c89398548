use std::path::Path;

use crate::host::{FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::go::{Setting, Settings};
use crate::probes::{Fact, Probing};

/// Entries of GOPATH that Go cannot use, over all contexts.
#[derive(Debug)]
pub struct GopathEntries {
    /// The entries.
    pub wrong: Vec<WrongEntry>,
}

/// An entry of GOPATH that Go cannot use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongEntry {
    /// The entry.
    pub entry: String,
    /// What is wrong with it.
    pub fault: EntryFault,
    /// The setting that has it.
    pub setting: Setting,
    /// The contexts that see it.
    pub contexts: Vec<Context>,
}

/// What is wrong with an entry of GOPATH.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryFault {
    /// It begins with a tilde, which only shells replace.
    Tilde,
    /// It is no absolute path.
    Relative,
    /// It has quotes, a blank or a carriage return at an end.
    Stray,
    /// It names something that is no folder.
    NoFolder,
}

impl Fact for GopathEntries {
    const ID: &'static str = "gopath-entries";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let mut wrong = Vec::new();
        for (setting, contexts) in settings.values("GOPATH") {
            let found = setting
                .value
                .split(':')
                .filter(|entry| !entry.is_empty())
                .find_map(|entry| Some((entry, fault(host, entry)?)));
            if let Some((entry, fault)) = found {
                let entry = entry.to_owned();
                wrong.push(WrongEntry { entry, fault, setting, contexts });
            }
        }
        Ok(GopathEntries { wrong })
    }
}

fn fault(host: &dyn Host, entry: &str) -> Option<EntryFault> {
    let is_stray = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    if entry.starts_with('~') {
        Some(EntryFault::Tilde)
    } else if entry.starts_with(is_stray) || entry.ends_with(is_stray) {
        Some(EntryFault::Stray)
    } else if !entry.starts_with('/') {
        Some(EntryFault::Relative)
    } else {
        let stat = host.stat(Path::new(entry)).ok()?;
        (stat.kind != FileKind::Folder).then_some(EntryFault::NoFolder)
    }
}
