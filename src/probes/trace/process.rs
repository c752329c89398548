//! Which of the programs that led to this one brought a variable in.

use std::path::{Path, PathBuf};

use crate::host::Host;
use crate::model::TraceWriter;

/// How far up it is looked.
const DEPTH: usize = 40;

/// How much of a process's environment is read.
const ENVIRONMENT_BYTES: u64 = 256 * 1024;

/// The program below which the variable has this value: its parent was
/// started without it. A program keeps the environment that it was started
/// with in /proc, whatever it changed since.
pub(super) fn giver(host: &dyn Host, name: &str, held: &str) -> Option<TraceWriter> {
    let mut child = Process::read(host, "self")?;
    for _ in 0..DEPTH {
        let parent = Process::read(host, &child.parent)?;
        if parent.started_with(host, name)?.as_deref() != Some(held) {
            return Some(TraceWriter {
                source: format!("process {} ({})", parent.id, parent.name),
                text: format!("{} started {} with it", parent.name, child.name),
                value: Some(held.to_owned()),
                wins: true,
            });
        }
        child = parent;
    }
    None
}

struct Process {
    id: String,
    name: String,
    parent: String,
    folder: PathBuf,
}

impl Process {
    fn read(host: &dyn Host, id: &str) -> Option<Process> {
        let folder = Path::new("/proc").join(id);
        let stat = host.read_text(&folder.join("stat")).ok()?;
        let (id, rest) = stat.split_once(" (")?;
        // The name may hold brackets and blanks; the last bracket ends it.
        let (name, rest) = rest.rsplit_once(") ")?;
        let parent = rest.split(' ').nth(1)?.to_owned();
        (parent != "0").then(|| Process { id: id.to_owned(), name: name.to_owned(), parent, folder })
    }

    /// None when it may not be read: somebody else's.
    fn started_with(&self, host: &dyn Host, name: &str) -> Option<Option<String>> {
        let block = host.read(&self.folder.join("environ"), ENVIRONMENT_BYTES).ok()?;
        let text = String::from_utf8_lossy(&block).into_owned();
        Some(text.split('\0').find_map(|entry| entry.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)))
    }
}
