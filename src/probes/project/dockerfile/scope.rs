//! Variables of a Dockerfile: what ARG and ENV say at some point.

use std::collections::BTreeMap;

use crate::probes::project::script::{expand, raw_words};

/// The variables of a stage at some point, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    variables: BTreeMap<String, Variable>,
}

/// A build argument with its default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The line that declares it, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// The value that it has when who builds the image gives none.
    pub default: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Variable {
    /// None when who builds the image decides.
    value: Option<String>,
    is_env: bool,
    line: usize,
}

impl Scope {
    /// The value of a variable. None when it has none, or none that is known.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.variables.get(name)?.value.as_deref()
    }

    /// True when the variable has been declared here, by ARG or ENV.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    pub(super) fn expand(&self, word: &str) -> Option<String> {
        expand(word, &|name| self.value(name).map(str::to_owned))
    }

    /// The arguments that a word uses.
    pub(super) fn used_in(&self, word: &str) -> Vec<Argument> {
        let is_used = |name: &str| word.contains(&format!("${name}")) || word.contains(&format!("${{{name}"));
        let used = self.variables.iter().filter(|(name, _)| is_used(name));
        used.filter_map(|(name, variable)| {
            Some(Argument { line: variable.line, name: name.clone(), default: variable.value.clone()? })
        })
        .collect()
    }

    /// Declares a build argument: `NAME` or `NAME=default`.
    pub(super) fn argument(&mut self, word: &str, line: usize, global: &Scope) {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, self.expand(value)),
            None => (word, global.value(word).map(str::to_owned)),
        };
        // ENV wins over ARG wherever it stands.
        if !self.variables.get(name).is_some_and(|known| known.is_env) {
            self.variables.insert(name.to_owned(), Variable { value, is_env: false, line });
        }
    }

    /// Sets what an ENV instruction sets.
    pub(super) fn environment(&mut self, text: &str, line: usize) {
        let words = raw_words(text);
        let pairs: Vec<(&str, &str)> = match words.first() {
            Some((_, first)) if !first.contains('=') => text.trim().split_once([' ', '\t']).into_iter().collect(),
            _ => words.iter().filter_map(|(_, word)| word.split_once('=')).collect(),
        };
        // All of one line see the values from before it.
        let read: Vec<_> =
            pairs.into_iter().map(|(name, value)| (name.to_owned(), self.expand(value.trim()))).collect();
        for (name, value) in read {
            self.variables.insert(name, Variable { value, is_env: true, line });
        }
    }
}
