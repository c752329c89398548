use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::octal;

/// Who owns a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
}

/// What stands at a path: all that undo has to bring back.
///
/// `C` is how the content of a file is held: its bytes, or in the journal a
/// reference to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Node<C = Vec<u8>> {
    /// Nothing.
    Absent,
    /// A regular file.
    File {
        /// What it holds; None when only its mode is of concern.
        content: Option<C>,
        /// Permission bits, `0o7777` at most.
        #[serde(with = "octal")]
        mode: u32,
        /// Its owner; None when it is whoever creates it.
        owner: Option<Owner>,
        /// When it was last changed; None when that is of no concern.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        modified: Option<Timestamp>,
    },
    /// A folder.
    Folder {
        /// Permission bits, `0o7777` at most.
        #[serde(with = "octal")]
        mode: u32,
        /// Its owner; None when it is whoever creates it.
        owner: Option<Owner>,
    },
}

impl<C> Node<C> {
    /// A file that is to be created.
    pub fn new_file(content: C, mode: u32) -> Self {
        Node::File { content: Some(content), mode, owner: None, modified: None }
    }

    /// The content of a file, where it is known.
    pub fn content(&self) -> Option<&C> {
        match self {
            Node::File { content, .. } => content.as_ref(),
            Node::Absent | Node::Folder { .. } => None,
        }
    }

    /// The permission bits; None when nothing stands there.
    pub fn mode(&self) -> Option<u32> {
        match self {
            Node::Absent => None,
            Node::File { mode, .. } | Node::Folder { mode, .. } => Some(*mode),
        }
    }

    /// The same with other permission bits.
    #[must_use]
    pub fn with_mode(self, new: u32) -> Self {
        match self {
            Node::Absent => Node::Absent,
            Node::File { content, owner, modified, .. } => Node::File { content, mode: new, owner, modified },
            Node::Folder { owner, .. } => Node::Folder { mode: new, owner },
        }
    }

    /// When a file was last changed, where that is of concern.
    pub fn modified(&self) -> Option<Timestamp> {
        match self {
            Node::File { modified, .. } => *modified,
            Node::Absent | Node::Folder { .. } => None,
        }
    }

    /// The same file with a time of its last change; of folders none is kept.
    #[must_use]
    pub fn with_modified(self, new: Timestamp) -> Self {
        match self {
            Node::File { content, mode, owner, .. } => Node::File { content, mode, owner, modified: Some(new) },
            Node::Absent | Node::Folder { .. } => self,
        }
    }

    /// The same with its content held in another way.
    ///
    /// # Errors
    /// Whatever `convert` fails with.
    pub fn try_map<D, E>(&self, convert: impl FnOnce(&C) -> Result<D, E>) -> Result<Node<D>, E> {
        Ok(match self {
            Node::Absent => Node::Absent,
            Node::Folder { mode, owner } => Node::Folder { mode: *mode, owner: *owner },
            Node::File { content, mode, owner, modified } => Node::File {
                content: content.as_ref().map(convert).transpose()?,
                mode: *mode,
                owner: *owner,
                modified: *modified,
            },
        })
    }
}

impl<C: PartialEq> Node<C> {
    /// True when `seen` is this: what either side leaves open is not compared.
    pub fn matches(&self, seen: &Node<C>) -> bool {
        match (self, seen) {
            (Node::Absent, Node::Absent) => true,
            (
                Node::File { content: a, mode: m, owner: o, modified: s },
                Node::File { content: b, mode: n, owner: p, modified: t },
            ) => {
                agree(a.as_ref(), b.as_ref())
                    && m == n
                    && agree(o.as_ref(), p.as_ref())
                    && agree(s.as_ref(), t.as_ref())
            }
            (Node::Folder { mode: m, owner: o }, Node::Folder { mode: n, owner: p }) => {
                m == n && agree(o.as_ref(), p.as_ref())
            }
            _ => false,
        }
    }
}

fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}
