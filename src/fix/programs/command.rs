use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::fix::Kept;
use crate::model::mask;
use crate::model::text::plain;

/// A program as it will be run: by absolute path, never through a shell, with
/// gomedic's own environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command<C = Vec<u8>> {
    /// The absolute path, then the arguments; `sudo` in front where it is
    /// needed.
    pub argv: Vec<String>,
    /// What takes it back.
    pub takeback: Takeback<C>,
    /// Whose rights it runs with.
    pub rights: Rights,
    /// The folder it runs in: the one that gomedic looks at.
    pub folder: PathBuf,
}

/// What takes back a program that was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takeback<C = Vec<u8>> {
    /// This program, in the same folder.
    Argv(Vec<String>),
    /// The files that it replaces are put back.
    Restore(Vec<Kept<C>>),
    /// Nothing, for this reason.
    Impossible(String),
}

/// Whose rights a program runs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rights {
    /// Those that gomedic has.
    Own,
    /// Those of root, through sudo: it may ask for a password, so it needs the
    /// terminal.
    Sudo,
}

impl<C> Command<C> {
    /// The same with contents held in another way.
    ///
    /// # Errors
    /// Whatever `convert` fails with.
    pub(in crate::fix) fn try_map<D, E>(&self, mut convert: impl FnMut(&C) -> Result<D, E>) -> Result<Command<D>, E> {
        let takeback = match &self.takeback {
            Takeback::Argv(argv) => Takeback::Argv(argv.clone()),
            Takeback::Restore(all) => {
                Takeback::Restore(all.iter().map(|kept| kept.try_map(&mut convert)).collect::<Result<_, E>>()?)
            }
            Takeback::Impossible(why) => Takeback::Impossible(why.clone()),
        };
        Ok(Command { argv: self.argv.clone(), takeback, rights: self.rights, folder: self.folder.clone() })
    }

    /// The command line for people, with passwords masked.
    #[must_use]
    pub fn line(&self) -> String {
        command_line(&self.argv)
    }
}

/// A command line that a person could paste into a shell, with passwords
/// masked.
#[must_use]
pub fn command_line(argv: &[String]) -> String {
    let words: Vec<String> = argv.iter().map(|word| quoted(word)).collect();
    mask(&plain(&words.join(" "))).into_owned()
}

fn quoted(word: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_./:=@,+%~^".contains(c);
    if !word.is_empty() && word.chars().all(bare) && !word.starts_with('~') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_can_be_pasted() {
        let argv = ["/usr/bin/env", "A=b c", "it's", "", "~x"].map(str::to_owned);
        assert_eq!(command_line(&argv), r"/usr/bin/env 'A=b c' 'it'\''s' '' '~x'");
    }
}
