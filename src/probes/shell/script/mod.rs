//! Scripts that shells read when they start, as far as it takes to tell which
//! line sets what, and who reads that line.
//!
//! This is no shell: nothing is run, and what only a shell could tell is left
//! open. Conditions are not judged, except for the one that tells terminals
//! from other shells.

mod effect;
mod environment_file;
mod fish;
mod frames;
mod lexer;
mod parameter;
mod posix;
mod word;

#[cfg(test)]
mod tests;

pub(super) use effect::{Change, Effect, How};
pub(super) use environment_file::{read_environment, read_fish_variables};
pub(super) use word::{Names, Piece, Word, expand};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// sh, bash, zsh, ksh.
    Posix,
    /// fish.
    Fish,
}

/// One thing that a script does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The line that its command begins on, from 1.
    pub line: usize,
    /// Which shells come to it.
    pub reach: Reach,
    /// What it does.
    pub effect: Effect,
}

/// Which shells come to a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every shell that reads the file.
    Every,
    /// Only shells that somebody types into.
    Interactive,
    /// Whoever calls this function.
    Function(String),
}

/// A command with who comes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Command {
    line: usize,
    reach: Reach,
    words: Vec<Word>,
    /// The command whose output it reads through a pipe.
    reads: Option<String>,
}

/// What a script does, in order.
pub(super) fn read(text: &str, dialect: Dialect) -> Vec<Statement> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let commands = match dialect {
        Dialect::Posix => posix::commands(text),
        Dialect::Fish => fish::commands(text),
    };
    commands
        .into_iter()
        .flat_map(|command| {
            let effects = match dialect {
                Dialect::Posix => effect::of_posix(&command),
                Dialect::Fish => effect::of_fish(&command),
            };
            effects.into_iter().map(move |effect| Statement {
                line: command.line,
                reach: command.reach.clone(),
                effect,
            })
        })
        .collect()
}

/// Who would come to a line that is added at the end; None when the script
/// does not end where a line can be added.
pub(super) fn reach_of_end(text: &str, dialect: Dialect) -> Option<Reach> {
    let mark = match dialect {
        Dialect::Posix => "gomedic_end=1",
        Dialect::Fish => "set gomedic_end 1",
    };
    let is_mark =
        |statement: &Statement| matches!(&statement.effect, Effect::Set(change) if change.name == "gomedic_end");
    read(&format!("{text}\n{mark}\n"), dialect).into_iter().rfind(is_mark).map(|statement| statement.reach)
}

/// The line of what a script of sh, bash or zsh begins and never finishes, as
/// far as it can be told.
pub(super) fn left_open(text: &str) -> Option<usize> {
    posix::left_open(text)
}
