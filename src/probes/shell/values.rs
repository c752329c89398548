//! What variables are worth, as far as the start files tell.

use std::collections::HashMap;
use std::path::Path;

use super::script::{self, Change, Dialect, Effect, How, Names, Reach, Word};
use crate::host::{Host, Machine};

/// The variables that were set so far.
#[derive(Debug)]
pub(super) struct Values {
    set: HashMap<String, Value>,
    /// What loop variables stand for.
    loops: HashMap<String, Vec<Word>>,
    home: Option<String>,
    user: String,
}

#[derive(Debug)]
struct Value {
    latest: Option<String>,
    /// Every line that sets it agrees.
    certain: bool,
}

impl Values {
    pub(super) fn new(machine: &Machine) -> Self {
        Values {
            set: HashMap::new(),
            loops: HashMap::new(),
            home: machine.user.home.as_ref().map(|home| home.display().to_string()),
            user: machine.user.name.clone(),
        }
    }

    /// Takes in a statement, and returns what it sets its variable to.
    pub(super) fn note(&mut self, effect: &Effect) -> Option<String> {
        match effect {
            Effect::Set(change) => {
                let value = self.worth(change);
                let known = self.set.get(&change.name);
                let certain = value.is_some() && known.is_none_or(|known| known.certain && known.latest == value);
                self.set.insert(change.name.clone(), Value { latest: value.clone(), certain });
                value
            }
            Effect::Loop { name, words } => {
                self.loops.insert(name.clone(), words.clone());
                None
            }
            _ => None,
        }
    }

    /// The value of a change. PATH and its like grow from what was there
    /// before, which no file tells.
    fn worth(&self, change: &Change) -> Option<String> {
        match (change.how, change.words.as_slice()) {
            (How::Add, _) => None,
            (How::Replace, [word]) => word.expand(&Certain(self)),
            (How::Replace, words) => {
                let words: Option<Vec<String>> = words.iter().map(|word| word.expand(&Certain(self))).collect();
                words.map(|words| words.join(" "))
            }
        }
    }

    /// The words that a loop variable stands for.
    pub(super) fn loop_words(&self, name: &str) -> Option<&[Word]> {
        self.loops.get(name).map(Vec::as_slice)
    }

    /// What one file sets a variable to, by itself.
    pub(super) fn set_in(host: &dyn Host, path: &Path, name: &str) -> Option<String> {
        let text = host.read_text(path).ok()?;
        let mut values = Values::new(host.machine());
        for statement in script::read(&text, Dialect::Posix) {
            if !matches!(statement.reach, Reach::Function(_)) {
                values.note(&statement.effect);
            }
        }
        values.set.get(name)?.latest.clone()
    }

    fn usual(&self, name: &str) -> Option<String> {
        match name {
            "HOME" => self.home.clone(),
            "USER" | "LOGNAME" => Some(self.user.clone()),
            _ => None,
        }
    }
}

/// The latest values, right or wrong.
impl Names for Values {
    fn value(&self, name: &str) -> Option<String> {
        self.set.get(name).map_or_else(|| self.usual(name), |value| value.latest.clone())
    }
}

/// Only values that every line agrees on.
struct Certain<'a>(&'a Values);

impl Names for Certain<'_> {
    fn value(&self, name: &str) -> Option<String> {
        match self.0.set.get(name) {
            Some(value) => value.latest.clone().filter(|_| value.certain),
            None => self.0.usual(name),
        }
    }
}
