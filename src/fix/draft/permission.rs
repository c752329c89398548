//! What a change may not do, as far as it can be told before trying.

use super::{Draft, Located, parent};
use crate::fix::Refusal;
use crate::host::{Access, Stat};

impl Draft<'_> {
    /// A file is replaced by a new one of its name. Refused when that would
    /// change more than the content.
    pub(super) fn require_replaceable(&self, at: &Located, stat: &Stat) -> Result<(), Refusal> {
        self.require_writable_folder(at)?;
        let user = &self.host.machine().user;
        let name = self.full_name(at);
        if stat.uid != user.uid && user.uid != 0 {
            return Err(Refusal::new(format!(
                "{name} belongs to another user (uid {}); gomedic would have to take it over",
                stat.uid
            )));
        }
        if stat.links > 1 {
            return Err(Refusal::new(format!(
                "{name} has {} names (hard links); replacing it would part them",
                stat.links
            )));
        }
        if let Ok(false) = self.host.access(&at.target, Access::Write) {
            return Err(Refusal::new(format!("{name} is write-protected")));
        }
        Ok(())
    }

    /// Every change makes or removes an entry of the folder, or changes a
    /// thing in it.
    pub(super) fn require_writable_folder(&self, at: &Located) -> Result<(), Refusal> {
        let folder = parent(at)?;
        if self.planned(folder).is_some() {
            return Ok(());
        }
        let name = self.full_name(at);
        if self.host.filesystem(folder).is_ok_and(|mounted| mounted.read_only) {
            return Err(Refusal::new(format!("{name} lies on a read-only file system")));
        }
        match self.host.access(folder, Access::Write) {
            Ok(false) => Err(Refusal::new(format!(
                "{name} cannot be replaced: the folder {} is not writable",
                self.name(folder)
            ))),
            // What cannot be told is left to the attempt.
            Ok(true) | Err(_) => Ok(()),
        }
    }

    /// The path, and where it leads when it is a link or lies behind one.
    fn full_name(&self, at: &Located) -> String {
        let target = self.name(&at.target);
        if target == at.name { target } else { format!("{} -> {target}", at.name) }
    }
}
