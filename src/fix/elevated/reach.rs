use super::SudoDisk;
use crate::fix::disk::Disk;
use crate::fix::{Change, Programs, StateFolder};

/// The disk that a change is made on: with gomedic's own rights, or through
/// sudo.
#[derive(Debug)]
pub(in crate::fix) enum Reach<'a> {
    /// With those that gomedic has.
    Own(&'a dyn Disk),
    /// With root's.
    Sudo(SudoDisk<'a>),
}

impl<'a> Reach<'a> {
    /// As the plan of the change has it.
    pub(in crate::fix) fn of(change: &Change, state: &'a StateFolder, programs: &'a dyn Programs) -> Self {
        match &change.sudo {
            None => Reach::Own(state.disk()),
            Some(sudo) => {
                let (own, sudo, staged) = (state.disk(), sudo.clone(), state.staged());
                Reach::Sudo(SudoDisk { own, sudo, programs, staged })
            }
        }
    }

    /// The disk.
    pub(in crate::fix) fn disk(&self) -> &dyn Disk {
        match self {
            Reach::Own(disk) => *disk,
            Reach::Sudo(disk) => disk,
        }
    }
}
