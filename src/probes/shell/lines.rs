//! What the start files do, in order, and who comes to it.

use std::collections::HashSet;

use super::path_lines::Entry;
use super::script::{Effect, Reach, Statement};
use crate::model::Context;

/// Statements of all files in the order in which a shell comes to them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    steps: Vec<Step>,
    /// Functions that something calls.
    called: HashSet<String>,
}

/// One statement of a file.
#[derive(Debug)]
pub(super) struct Step {
    /// Place of the file among all files.
    pub(super) file: usize,
    pub(super) statement: Statement,
    /// The value that it sets, as far as it can be told.
    pub(super) value: Option<String>,
    /// What it adds to PATH.
    pub(super) entries: Vec<Entry>,
}

impl Lines {
    pub(super) fn push(&mut self, step: Step) {
        if let Effect::Call { name, .. } = &step.statement.effect {
            self.called.insert(name.clone());
        }
        self.steps.push(step);
    }

    /// The statements that are run when a shell starts, as far as that can be
    /// told: those in functions only where somebody calls them.
    pub(super) fn run(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().filter(|step| match &step.statement.reach {
            Reach::Function(name) => self.called.contains(name),
            Reach::Every | Reach::Interactive => true,
        })
    }
}

impl Step {
    /// The fresh shells that come to it, of those that read its file.
    pub(super) fn contexts(&self, readers: &[Context]) -> Vec<Context> {
        match self.statement.reach {
            Reach::Interactive => readers.iter().copied().filter(|reader| *reader == Context::Interactive).collect(),
            Reach::Every | Reach::Function(_) => readers.to_vec(),
        }
    }
}
