//! What a command of a start file does to the environment.

use super::Command;
use super::word::{Piece, Word};

/// What a command does, as far as it concerns the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::probes::shell) enum Effect {
    /// Sets a variable.
    Set(Change),
    /// Reads a file in place.
    Source(Word),
    /// `for NAME in …`: the words that the name stands for.
    Loop {
        /// The name.
        name: String,
        /// The words.
        words: Vec<Word>,
    },
    /// Runs what another program prints: `eval "$(goenv init -)"`. The text
    /// is that program's command line.
    Hook(String),
    /// Calls something else.
    Call {
        /// Its name.
        name: String,
        /// The words behind it.
        words: Vec<Word>,
    },
}

/// A new value for a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::probes::shell) struct Change {
    /// The variable.
    pub name: String,
    /// One word, or the elements of a list.
    pub words: Vec<Word>,
    /// What happens to the old value.
    pub how: How,
}

/// What becomes of a variable's old value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::probes::shell) enum How {
    /// It is gone, except where the new value has it.
    Replace,
    /// It stays, with the new one before or behind it.
    Add,
}

/// Commands that take assignments as arguments.
const DECLARING: [&str; 6] = ["export", "declare", "typeset", "readonly", "local", "integer"];

/// What a command of a POSIX-like shell does.
pub(super) fn of_posix(command: &Command) -> Vec<Effect> {
    let words = without_wrappers(&command.words);
    let leading = words.iter().take_while(|word| word.assignment().is_some()).count();
    let Some((first, rest)) = words[leading..].split_first() else {
        return words.iter().filter_map(change_of).collect();
    };
    let Some(name) = first.text() else { return Vec::new() };
    match name.as_str() {
        name if DECLARING.contains(&name) => rest.iter().filter_map(change_of).collect(),
        "." | "source" => rest.first().cloned().map(Effect::Source).into_iter().collect(),
        "eval" => hook(rest.iter().map(Word::outline).collect::<Vec<_>>().join(" ")),
        "for" | "select" => loop_over(rest),
        // zsh's way to run a line of another shell: `emulate sh -c '…'`.
        "emulate" => rest.iter().skip_while(|word| !word.is_bare("-c")).nth(1).map_or_else(Vec::new, quoted_line),
        _ => vec![Effect::Call { name, words: rest.to_vec() }],
    }
}

/// The effects of a line that is one word of another.
fn quoted_line(word: &Word) -> Vec<Effect> {
    let effects = word.text().map(|text| super::read(&text, super::Dialect::Posix)).unwrap_or_default();
    effects.into_iter().map(|statement| statement.effect).collect()
}

/// What a command of fish does.
pub(super) fn of_fish(command: &Command) -> Vec<Effect> {
    let Some((first, rest)) = without_wrappers(&command.words).split_first() else { return Vec::new() };
    let Some(name) = first.text() else { return Vec::new() };
    match name.as_str() {
        "set" => set(rest).into_iter().collect(),
        // It keeps the assignments of other shells as a function.
        "export" => rest.iter().filter_map(change_of).collect(),
        "fish_add_path" => {
            let words = rest.iter().filter(|word| !is_flag(word)).cloned().collect();
            vec![Effect::Set(Change { name: "PATH".into(), words, how: How::Add })]
        }
        "source" | "." => match (rest.first(), &command.reads) {
            (None, Some(reads)) => hook(reads.clone()),
            (Some(file), Some(reads)) if file.text().as_deref() == Some("-") => hook(reads.clone()),
            (Some(file), _) if file.pieces.iter().any(|piece| matches!(piece, Piece::Output(_))) => {
                hook(file.outline())
            }
            (Some(file), _) => vec![Effect::Source(file.clone())],
            (None, None) => Vec::new(),
        },
        "eval" => hook(rest.iter().map(Word::outline).collect::<Vec<_>>().join(" ")),
        "for" => loop_over(rest),
        _ => vec![Effect::Call { name, words: rest.to_vec() }],
    }
}

/// The words behind `builtin` and `command`.
fn without_wrappers(words: &[Word]) -> &[Word] {
    let wraps = |word: &Word| matches!(word.text().as_deref(), Some("builtin" | "command"));
    match words.first() {
        Some(first) if wraps(first) && words.len() > 1 => &words[1..],
        _ => words,
    }
}

fn hook(text: String) -> Vec<Effect> {
    if text.trim().is_empty() { Vec::new() } else { vec![Effect::Hook(text)] }
}

/// `NAME=value` and `name=(…)`.
fn change_of(word: &Word) -> Option<Effect> {
    let (name, adds, value) = word.assignment()?;
    let how = if adds { How::Add } else { How::Replace };
    let words = match value.array {
        Some(elements) => elements,
        None => vec![value],
    };
    Some(Effect::Set(Change { name, words, how }))
}

/// `NAME in words`, and zsh's `NAME (words)`, of which the brackets are gone.
fn loop_over(rest: &[Word]) -> Vec<Effect> {
    let Some((name, words)) = rest.split_first() else { return Vec::new() };
    let words = words.iter().skip_while(|word| word.is_bare("in")).cloned().collect();
    name.text().map(|name| Effect::Loop { name, words }).into_iter().collect()
}

/// fish's `set`.
fn set(rest: &[Word]) -> Option<Effect> {
    let flags: Vec<String> = rest.iter().take_while(|word| is_flag(word)).filter_map(Word::text).collect();
    let has = |short: char, long: &str| {
        flags.iter().any(|flag| flag == long || (!flag.starts_with("--") && flag.contains(short)))
    };
    let asks = has('e', "--erase") || has('q', "--query") || has('S', "--show") || has('n', "--names");
    let (name, words) = rest[flags.len()..].split_first()?;
    if asks {
        return None;
    }
    let adds = has('a', "--append") || has('p', "--prepend");
    let how = if adds { How::Add } else { How::Replace };
    let name = name.text()?;
    let name = name.split('[').next().unwrap_or_default().to_owned();
    Some(Effect::Set(Change { name, words: words.to_vec(), how }))
}

fn is_flag(word: &Word) -> bool {
    word.text().is_some_and(|text| text.len() > 1 && text.starts_with('-'))
}
