//! What a change may not do, as far as it can be told before trying.

use std::path::Path;

use super::{Draft, Located, parent};
use crate::fix::{Refusal, Sudo};
use crate::host::{Access, Stat};
use crate::model::Class;

/// Permission bits of those who are not the owner.
const GROUP_WRITES: u32 = 0o020;
const OTHERS_WRITE: u32 = 0o002;

impl Draft<'_> {
    /// A file is replaced by a new one of its name. Refused when that would
    /// change more than the content.
    pub(super) fn require_replaceable(&self, at: &Located, stat: &Stat) -> Result<(), Refusal> {
        let is_own = self.reach(at)?.is_none();
        let user = &self.host.machine().user;
        let name = self.full_name(at);
        if is_own && stat.uid != user.uid && user.uid != 0 {
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
        if is_own && matches!(self.host.access(&at.target, Access::Write), Ok(false)) {
            return Err(Refusal::new(format!("{name} is write-protected")));
        }
        Ok(())
    }

    /// With whose rights a target is changed: through sudo, or (None) with
    /// gomedic's own. Every change makes or removes an entry of the folder, or
    /// changes a thing in it.
    pub(super) fn reach(&self, at: &Located) -> Result<Option<Sudo>, Refusal> {
        let folder = parent(at)?;
        if let Some(created) = self.planned(folder) {
            return Ok(created.sudo.clone());
        }
        let name = self.full_name(at);
        if self.host.filesystem(folder).is_ok_and(|mounted| mounted.read_only) {
            return Err(Refusal::new(format!("{name} lies on a read-only file system")));
        }
        // What cannot be told is left to the attempt.
        let is_writable = self.host.access(folder, Access::Write).unwrap_or(true);
        match (is_writable, self.may_use_sudo()) {
            (true, false) => Ok(None),
            (true, true) if self.is_own(&at.target) => Ok(None),
            (_, true) => self.through_sudo(&name, folder).map(Some),
            (false, false) => Err(Refusal::new(format!(
                "{name} cannot be replaced: the folder {} is not writable",
                self.name(folder)
            ))),
        }
    }

    /// True when the user is asked for root's rights, and has not got them.
    pub(in crate::fix) fn may_use_sudo(&self) -> bool {
        self.class == Class::Root && self.host.machine().user.uid != 0
    }

    /// What does not exist is nobody else's.
    fn is_own(&self, target: &Path) -> bool {
        self.host.link_stat(target).map_or(true, |stat| stat.uid == self.host.machine().user.uid)
    }

    /// Where others than root and this user could put something in the way
    /// meanwhile, root must not be led.
    fn through_sudo(&self, name: &str, folder: &Path) -> Result<Sudo, Refusal> {
        for above in folder.ancestors() {
            let stat = self.host.link_stat(above)?;
            let group_writes = stat.mode & GROUP_WRITES != 0 && stat.gid != 0;
            let is_ours = stat.uid == 0 || stat.uid == self.host.machine().user.uid;
            if !is_ours || stat.mode & OTHERS_WRITE != 0 || group_writes {
                return Err(Refusal::new(format!(
                    "{name} is not written through sudo: other users can change the folder {}",
                    self.name(above)
                )));
            }
        }
        Sudo::find(self.host)
    }

    /// The path, and where it leads when it is a link or lies behind one.
    fn full_name(&self, at: &Located) -> String {
        let target = self.name(&at.target);
        if target == at.name { target } else { format!("{} -> {target}", at.name) }
    }
}
