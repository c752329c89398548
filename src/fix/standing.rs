use std::io;
use std::path::Path;

use super::disk::Disk;
use super::{Change, Node};
use crate::host::{FileKind, TEXT_LIMIT};

/// Which side of a change its target is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As before: the change has not been made, or was taken back.
    Before,
    /// As after: the change has been made.
    After,
    /// As neither: somebody else has been there. What stands there now; None
    /// when it is neither a file of ordinary size nor a folder.
    Other(Option<Node>),
}

/// What stands at a path, with the content of a file of at most `limit` bytes;
/// without a limit, without its content. None when it is neither a regular file nor a folder, or is too large.
pub(super) fn observe(disk: &dyn Disk, path: &Path, limit: Option<u64>) -> io::Result<Option<Node>> {
    let Some(entry) = disk.look(path)? else {
        return Ok(Some(Node::Absent));
    };
    let (mode, owner, modified) = (entry.mode, Some(entry.owner), entry.modified);
    match entry.kind {
        FileKind::Folder => Ok(Some(Node::Folder { mode, owner })),
        FileKind::File => match limit.map(|limit| disk.read(path, limit)).transpose() {
            Ok(content) => Ok(Some(Node::File { content, mode, owner, modified })),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(None),
            Err(error) => Err(error),
        },
        FileKind::Link | FileKind::Special => Ok(None),
    }
}

impl Change {
    /// Which side the target is on now.
    ///
    /// # Errors
    /// When it cannot be told.
    pub fn standing(&self, disk: &dyn Disk) -> io::Result<Standing> {
        // What is larger than either side is neither.
        let contents = [&self.before, &self.after].into_iter().filter_map(Node::content);
        let limit = contents.map(|content| TEXT_LIMIT.max(content.len() as u64)).max();
        let Some(seen) = observe(disk, &self.target, limit)? else {
            return Ok(Standing::Other(None));
        };
        Ok(if matches_side(&self.before, &self.after, &seen) {
            Standing::Before
        } else if matches_side(&self.after, &self.before, &seen) {
            Standing::After
        } else {
            Standing::Other(Some(seen))
        })
    }
}

/// A folder that was created is the same folder whatever its mode is by now:
/// desktops tighten those of `~/.config` and the like.
fn matches_side(side: &Node, other: &Node, seen: &Node) -> bool {
    match (side, other, seen) {
        (Node::Folder { .. }, Node::Absent, Node::Folder { .. }) => true,
        _ => side.matches(seen),
    }
}
