use std::path::PathBuf;

use crate::model::{Context, Evidence, mask};

/// A line that sets a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
    /// What it sets, when that can be told without running it.
    pub value: Option<String>,
    /// Every variable that the line sets, in order.
    pub sets: Vec<String>,
    /// The fresh shells that come to it.
    pub contexts: Vec<Context>,
    /// True when a fix may edit the file without privilege.
    pub own: bool,
    /// What kind of file it is.
    pub form: Form,
}

/// How a file that sets variables is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A script of sh, bash or zsh.
    Posix,
    /// A fish script.
    Fish,
    /// `/etc/environment` and environment.d: read before any shell, once per
    /// login.
    Environment,
    /// fish's own store of universal variables, which fish alone writes.
    FishVariables,
}

impl Writer {
    /// `~/.bashrc:12`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.name, self.line)
    }

    /// The line as evidence, with its secrets masked.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        Evidence::new(self.place(), mask(self.text.trim()))
    }
}
