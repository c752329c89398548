//! The machine as it will be when the steps so far have been applied.

mod permission;

use std::path::{Path, PathBuf};

use super::{Act, Change, Command, Kept, Node, Owner, Refusal};
use crate::host::{FileKind, Host, TEXT_LIMIT};
use crate::model::Class;
use crate::model::text::plain;

/// How many links are followed before it is called a loop, as Linux does.
const LINK_LIMIT: usize = 40;

/// Lowers steps to acts: each step sees what the steps before it did.
pub(super) struct Draft<'h> {
    pub(super) host: &'h dyn Host,
    /// What applying the fix takes.
    class: Class,
    acts: Vec<Act>,
}

/// A path that a step names, with every link followed.
#[derive(Debug, Clone)]
pub(super) struct Located {
    /// As the step names it.
    pub path: PathBuf,
    /// The file or folder itself.
    pub target: PathBuf,
    /// The path for people.
    pub name: String,
}

impl<'h> Draft<'h> {
    pub(super) fn new(host: &'h dyn Host, class: Class) -> Self {
        Draft { host, class, acts: Vec::new() }
    }

    /// All that is to be done, in order, each target once.
    pub(super) fn into_acts(self) -> Vec<Act> {
        self.acts
    }

    /// A path for people.
    pub(super) fn name(&self, path: &Path) -> String {
        plain(&self.host.machine().tilde(path)).into_owned()
    }

    /// Follows the links of a path. The last part need not exist.
    pub(super) fn locate(&self, path: &Path) -> Result<Located, Refusal> {
        let name = self.name(path);
        if !path.is_absolute() || path.to_str().is_none() {
            return Err(Refusal::new(format!("{name} is not an absolute path in UTF-8")));
        }
        let mut at = path.to_path_buf();
        for _ in 0..LINK_LIMIT {
            match self.host.link_stat(&at) {
                Ok(stat) if stat.kind == FileKind::Link => {
                    let points_to = self.host.read_link(&at)?;
                    at.pop();
                    at.push(points_to);
                }
                Ok(_) => return Ok(Located { path: path.into(), target: self.settle(at), name }),
                Err(missing) if missing.is_absent() => {
                    return Ok(Located { path: path.into(), target: self.settle(at), name });
                }
                Err(missing) => return Err(missing.into()),
            }
        }
        Err(Refusal::new(format!("{name} is a link that leads in a circle")))
    }

    /// The path with the links of its folders followed, as far as they exist.
    fn settle(&self, path: PathBuf) -> PathBuf {
        let existing = path.ancestors().skip(1).find_map(|folder| {
            let canonical = self.host.canonical(folder).ok()?;
            let rest = path.strip_prefix(folder).ok()?;
            Some(canonical.join(rest))
        });
        existing.unwrap_or(path)
    }

    /// What will stand at the target; the content of a file only when a step
    /// before has touched it.
    pub(super) fn node(&self, at: &Located) -> Result<Node, Refusal> {
        if let Some(change) = self.planned(&at.target) {
            return Ok(change.after.clone());
        }
        let stat = match self.host.link_stat(&at.target) {
            Ok(stat) => stat,
            Err(missing) if missing.is_absent() => return Ok(Node::Absent),
            Err(missing) => return Err(missing.into()),
        };
        let owner = Some(Owner { uid: stat.uid, gid: stat.gid });
        match stat.kind {
            FileKind::Folder => Ok(Node::Folder { mode: stat.mode, owner }),
            FileKind::File => Ok(Node::File { content: None, mode: stat.mode, owner, modified: None }),
            FileKind::Link | FileKind::Special => Err(Refusal::new(format!("{} is not a regular file", at.name))),
        }
    }

    /// The file that will stand at the target, with its content. None when
    /// there will be none.
    pub(super) fn file(&self, at: &Located) -> Result<Option<Vec<u8>>, Refusal> {
        match self.node(at)? {
            Node::Absent => Ok(None),
            Node::Folder { .. } => Err(Refusal::new(format!("{} is a folder", at.name))),
            Node::File { content: Some(content), .. } => Ok(Some(content)),
            Node::File { content: None, .. } => Ok(Some(self.host.read(&at.target, TEXT_LIMIT)?)),
        }
    }

    /// Plans a new content for a file, created with `mode` when there is none,
    /// its folders with it. Returns what that changes; nothing when it holds
    /// these bytes already.
    pub(super) fn write(&mut self, at: &Located, content: Vec<u8>, mode: u32) -> Result<Vec<Change>, Refusal> {
        let Some(old) = self.file(at)? else {
            let folder_mode = if mode & 0o077 == 0 { 0o700 } else { 0o755 };
            let mut changes = self.create_folders(parent(at)?, folder_mode)?;
            changes.push(self.change(at, Node::Absent, Node::new_file(content, mode))?);
            return Ok(changes);
        };
        if old == content {
            return Ok(Vec::new());
        }
        let Node::File { mode, owner, .. } = self.node(at)? else {
            return Err(Refusal::new(format!("{} is not a regular file", at.name)));
        };
        if self.planned(&at.target).is_none() {
            self.require_replaceable(at, &self.host.link_stat(&at.target)?)?;
        }
        let before = Node::File { content: Some(old), mode, owner, modified: None };
        let after = Node::File { content: Some(content), mode, owner, modified: None };
        Ok(vec![self.change(at, before, after)?])
    }

    /// Plans a folder and those above it, as far as they are missing.
    pub(super) fn create_folders(&mut self, folder: &Path, mode: u32) -> Result<Vec<Change>, Refusal> {
        let at = self.locate(folder)?;
        match self.node(&at)? {
            Node::Folder { .. } => return Ok(Vec::new()),
            Node::File { .. } => return Err(Refusal::new(format!("{} is not a folder", at.name))),
            Node::Absent => {}
        }
        let mut changes = self.create_folders(parent(&at)?, mode)?;
        let created = Node::Folder { mode, owner: None };
        changes.push(self.change(&at, Node::Absent, created)?);
        Ok(changes)
    }

    /// Plans one change. Of several changes of one target the first `before`
    /// and the last `after` are kept.
    pub(super) fn change(&mut self, at: &Located, before: Node, after: Node) -> Result<Change, Refusal> {
        let sudo = self.reach(at)?;
        let change = Change { path: at.path.clone(), target: at.target.clone(), before, after, sudo };
        let ran = self.acts.iter().rposition(|act| matches!(act, Act::Run(_)));
        let known = self.acts.iter_mut().enumerate().find_map(|(place, act)| match act {
            Act::Change(known) if known.target == at.target => Some((place, known)),
            _ => None,
        });
        match known {
            None => self.acts.push(Act::Change(change.clone())),
            Some((place, _)) if ran.is_some_and(|ran| ran > place) => {
                return Err(Refusal::new(format!("{} would be changed again after a program was run", at.name)));
            }
            Some((_, known)) if known.after.modified().is_some() => {
                return Err(Refusal::new(format!("{} would be changed again after its time was set", at.name)));
            }
            Some((_, known)) => {
                if known.before.content().is_none() {
                    // Only its mode was of concern until now.
                    known.before = match known.before.mode() {
                        Some(mode) => change.before.clone().with_mode(mode),
                        None => Node::Absent,
                    };
                }
                known.after = change.after.clone();
            }
        }
        Ok(change)
    }

    /// The file that a program is going to replace or make. A link is refused:
    /// the program may put a file in its place.
    pub(super) fn keep(&self, path: &Path) -> Result<Kept, Refusal> {
        let at = self.locate(path)?;
        if self.host.link_stat(path).is_ok_and(|stat| stat.kind == FileKind::Link) {
            return Err(Refusal::new(format!("{} is a link, which would be lost", at.name)));
        }
        let before = self.node(&at)?;
        match &before {
            Node::Absent => {}
            Node::Folder { .. } => return Err(Refusal::new(format!("{} is a folder", at.name))),
            Node::File { .. } => {
                self.require_replaceable(&at, &self.host.link_stat(&at.target)?)?;
                if self.reach(&at)?.is_some() {
                    return Err(Refusal::new(format!("{} is not yours to put back", at.name)));
                }
            }
        }
        Ok(Kept { target: at.target, before })
    }

    /// Plans a program.
    pub(super) fn run(&mut self, command: Command) {
        self.acts.push(Act::Run(command));
    }

    /// True when a step before changes it.
    pub(super) fn is_planned(&self, at: &Located) -> bool {
        self.planned(&at.target).is_some()
    }

    fn planned(&self, target: &Path) -> Option<&Change> {
        self.acts.iter().find_map(|act| match act {
            Act::Change(change) if change.target == target => Some(change),
            _ => None,
        })
    }
}

fn parent(at: &Located) -> Result<&Path, Refusal> {
    at.target.parent().ok_or_else(|| Refusal::new(format!("{} lies in no folder", at.name)))
}
