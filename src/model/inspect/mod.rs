//! What `gomedic inspect` finds out of a file: what it is, what it would get
//! here, and whether it runs.

mod advice;
mod expect;
mod obstacle;
mod verdict;

use std::path::PathBuf;

pub use expect::Expectation;
pub use obstacle::{Lack, LackingLibrary, LackingVersion, Obstacle, Platform};
pub use verdict::{Judgement, Verdict};

use super::{Binary, Format, Missing};

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The file as the user named it.
    pub path: String,
    /// Its permission bits, where they could be read.
    pub mode: Option<u32>,
    /// What it is, or why that could not be told.
    pub binary: Result<Binary, Missing>,
    /// The program that loads or interprets it.
    pub interpreter: Option<Interpreter>,
    /// The libraries that it asks for itself, in its order.
    pub libraries: Vec<Library>,
    /// What it would lack here: of its own libraries and of theirs.
    pub lacking: Vec<LackingLibrary>,
    /// The newest version of the glibc that it would get here.
    pub glibc_here: Option<String>,
    /// Whether it runs here.
    pub judgement: Judgement,
}

impl Inspection {
    /// True for a text with an interpreter line that nobody may execute: most
    /// are modules of some language, and are not meant to be started.
    #[must_use]
    pub fn is_idle_text(&self) -> bool {
        let is_script = self.binary.as_ref().is_ok_and(|binary| binary.format == Format::Script);
        is_script && self.mode.is_some_and(|mode| mode & 0o111 == 0)
    }
}

/// The program that loads or interprets another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    /// Its path, as it stands in the file.
    pub path: PathBuf,
    /// Whether it is here. None where that could not be told.
    pub present: Option<bool>,
}

/// A library that a binary asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// The name that it asks by.
    pub name: String,
    /// The file that it gets here.
    pub resolved: Option<PathBuf>,
}
