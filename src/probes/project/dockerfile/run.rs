//! RUN instructions.

use super::instructions::Instruction;
use super::scope::Scope;
use crate::probes::project::script::{Command, GoCall, Text, commands};

/// A RUN instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The line it begins on, from 1.
    pub line: usize,
    /// All of it, as it stands there: flags, commands, here-documents.
    pub script: String,
    /// The calls of Go in it.
    pub calls: Vec<GoCall>,
    /// The variables in effect.
    pub scope: Scope,
}

/// A value that depends on who builds the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown;

impl Run {
    pub(super) fn read(instruction: &Instruction, scope: &Scope) -> Run {
        let mut text = instruction.text.clone();
        while text.as_str().starts_with("--") {
            text = text.split_first_word().1;
        }
        let plain = text.as_str();
        let mut script = instruction.text.as_str().to_owned();
        let parsed = match plain.starts_with('[').then(|| serde_json::from_str::<Vec<String>>(plain).ok()).flatten() {
            Some(words) => vec![Command { variables: Vec::new(), words, line: instruction.line }],
            None => match instruction.documents.as_slice() {
                [] => commands(&text),
                documents if is_shell(plain) => documents.iter().flat_map(commands).collect(),
                _ => Vec::new(),
            },
        };
        let documents = instruction.documents.iter().map(Text::as_str);
        documents.for_each(|document| script = format!("{script}\n{document}"));
        let mut exported: Vec<(String, String)> = Vec::new();
        let mut calls = Vec::new();
        for command in &parsed {
            match command.words.split_first() {
                Some((word, names)) if word == "export" => {
                    let pairs = names.iter().filter_map(|name| name.split_once('='));
                    exported.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
                }
                _ => calls.extend(GoCall::of(command, &exported)),
            }
        }
        Run { line: instruction.line, script, calls, scope: scope.clone() }
    }

    /// The value of a variable for a call: its own, or that of the stage.
    /// None when it has none; an error when it cannot be told.
    ///
    /// # Errors
    /// When the value depends on what is not known.
    pub fn value(&self, call: &GoCall, name: &str) -> Result<Option<String>, Unknown> {
        match call.variable(name) {
            Some(value) if value.contains(['$', '`']) => self.scope.expand(value).map(Some).ok_or(Unknown),
            Some(value) => Ok(Some(value.to_owned())),
            None if !self.scope.has(name) => Ok(None),
            None => self.scope.value(name).map(|value| Some(value.to_owned())).ok_or(Unknown),
        }
    }
}

/// True when here-documents behind this are scripts of a shell.
fn is_shell(text: &str) -> bool {
    let is_fine = |word: &str| {
        word.starts_with("<<") || ["sh", "bash", "/bin/sh", "/bin/bash", "-e", "-ex", "-eux"].contains(&word)
    };
    text.split_whitespace().all(is_fine)
}
