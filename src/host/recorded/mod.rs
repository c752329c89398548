//! A machine file: a recorded host.
//!
//! A machine file is Markdown. Its prose says what is special about the
//! machine; its fenced `toml` blocks say what the machine answers. The blocks
//! of one file are merged in order. `like = "FILE"` starts from another
//! machine file beside it.
//!
//! Paths that the file does not list do not exist. Programs and network
//! answers that it does not list are not recorded, which makes what depends
//! on them unknown.

mod document;
mod files;
mod format;
mod host;
mod merge;
mod network;
mod platforms;
mod windows;

use std::path::{Path, PathBuf};

use crate::data;

pub use document::{Block, blocks};
pub use host::Recorded;

/// Why a machine file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordedError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A block is not valid TOML, or has a key that means nothing.
    #[error("{}, block at line {line}: {message}", .path.display())]
    Block {
        /// The file.
        path: PathBuf,
        /// Line of the fence that opens the block, from 1.
        line: usize,
        /// What is wrong, with the place.
        message: String,
    },
    /// The blocks are valid and do not make up a machine.
    #[error("{}: {message}", .path.display())]
    Machine {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
}

impl Recorded {
    /// Reads a machine file.
    ///
    /// # Errors
    /// When it cannot be read, or a block is wrong.
    pub fn open(path: &Path) -> Result<Recorded, RecordedError> {
        let text = merge::read(path)?;
        Recorded::parse(&text, path)
    }

    /// Takes the text of a machine file; `path` names it in errors and is
    /// where `like` is looked up from.
    ///
    /// # Errors
    /// When a block is wrong.
    pub fn parse(text: &str, path: &Path) -> Result<Recorded, RecordedError> {
        let machine_blocks: Vec<Block<'_>> = blocks(text).into_iter().filter(|block| block.info == "toml").collect();
        if machine_blocks.is_empty() {
            return Err(RecordedError::Machine {
                path: path.to_owned(),
                message: "there is no ```toml block: this is not a machine file".into(),
            });
        }
        Recorded::from_blocks(&machine_blocks, path)
    }

    /// Takes fenced blocks, merged in order.
    ///
    /// # Errors
    /// When a block is wrong.
    pub fn from_blocks(blocks: &[Block<'_>], path: &Path) -> Result<Recorded, RecordedError> {
        let table = merge::merged(blocks, path, 0)?;
        let recording: format::Recording =
            data::typed(table).map_err(|message| RecordedError::Machine { path: path.to_owned(), message })?;
        let name = path.file_stem().map_or_else(|| "machine".to_owned(), |stem| stem.to_string_lossy().into_owned());
        Recorded::build(recording, name).map_err(|message| RecordedError::Machine { path: path.to_owned(), message })
    }
}
