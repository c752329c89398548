//! What can be wrong with the content of a program.

use super::Shelf;
use crate::model::binary::{Debug, Kind};
use crate::model::{Binary, Missing};

/// A program whose content is not that of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlawedProgram {
    /// The file for people.
    pub name: String,
    /// Its output folder for people.
    pub folder: String,
    /// Where it was found.
    pub shelf: Shelf,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with the content of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// There is none.
    Empty,
    /// Its headers contradict the rest, mostly because the rest is not all
    /// there; how, in a phrase.
    Damaged(String),
    /// It starts, and its end is not there; what of it, in a phrase.
    EndMissing(String),
    /// There is no machine code in it.
    NoCode,
}

impl Flaw {
    /// That of a file that was read.
    pub(super) fn of(binary: &Binary) -> Option<Flaw> {
        if let Some(what) = &binary.cut_off {
            return Some(Flaw::EndMissing(what.clone()));
        }
        // A file with what a debugger needs, made beside a program, has no
        // code either.
        let is_program = binary.kind == Kind::Program && binary.debug != Some(Debug::Present);
        (is_program && binary.text_size == Some(0)).then_some(Flaw::NoCode)
    }

    /// That of a file that could not be read, for this reason.
    pub(super) fn damaged(missing: &Missing) -> Flaw {
        let what = missing.detail.split_once(" is damaged: ").map_or(missing.detail.as_str(), |(_, what)| what);
        Flaw::Damaged(what.to_owned())
    }
}
