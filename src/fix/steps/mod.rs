//! The kinds of steps, one file each. A new kind is a file with a type that
//! implements [`Lower`], and a line in [`of`].

mod create_folder;
mod edit_file;
mod goenv;
mod manual;
mod run;
mod set_go;
mod set_mode;
mod set_modified;
mod unset_go;
mod write_file;

use super::draft::Draft;
use super::{Change, Command, Refusal};
use crate::model::Step;

/// One step on its way to what is done on this machine.
pub(super) trait Lower {
    /// What it is about, for people: a file with `~` for home, or a command
    /// line.
    fn target(&self, draft: &Draft<'_>) -> String;

    /// Plans it.
    fn lower(&self, draft: &mut Draft<'_>) -> Result<Lowered, Refusal>;
}

/// What a step comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lowered {
    /// Files and folders change; none when everything is as it should be.
    Changes(Vec<Change>),
    /// A program is run.
    Program(Command),
    /// The user does it.
    Manual,
}

/// The step as something that can be planned.
pub(super) fn of(step: &Step) -> Box<dyn Lower + '_> {
    match step {
        Step::EditFile { path, edits } => Box::new(edit_file::EditFile { path, edits }),
        Step::WriteFile { path, content, mode } => Box::new(write_file::WriteFile { path, content, mode: *mode }),
        Step::CreateFolder { path, mode } => Box::new(create_folder::CreateFolder { path, mode: *mode }),
        Step::SetMode { path, mode } => Box::new(set_mode::SetMode { path, mode: *mode }),
        Step::SetModified { path, modified } => Box::new(set_modified::SetModified { path, modified: *modified }),
        Step::SetGo { file, name, value } => Box::new(set_go::SetGo { file, name, value }),
        Step::UnsetGo { file, name } => Box::new(unset_go::UnsetGo { file, name }),
        Step::Run { argv, privilege, inverse } => Box::new(run::Run { argv, privilege: *privilege, inverse }),
        Step::Manual { text, command } => Box::new(manual::Manual { text, command: command.as_deref() }),
    }
}
