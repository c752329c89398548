use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::model::Context;

/// What a start of the user's shell did to the variables that were watched,
/// step by step, as the shell itself told while it ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartTrace {
    /// The watched variables as each fresh shell was given them, before its
    /// first file.
    pub given: BTreeMap<Context, BTreeMap<String, String>>,
    /// Every change, in the order in which it happened.
    pub changes: Vec<StartChange>,
    /// The contexts whose shell was watched to its end.
    pub complete: Vec<Context>,
    /// The last command that was seen of a shell that did not come to its
    /// end, such as an `exec` of another one.
    pub broken_off: Option<StartOrigin>,
    /// The deadline, when it was that which ended the trace.
    pub deadline: Option<Duration>,
}

/// One change of one variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartChange {
    /// The fresh shell that it happened in.
    pub context: Context,
    /// The variable.
    pub name: String,
    /// What it was afterwards; None when it was unset.
    pub value: Option<String>,
    /// What did it.
    pub origin: StartOrigin,
}

/// A command of a file that a shell reads when it starts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartOrigin {
    /// The file, where the shell tells.
    pub file: Option<PathBuf>,
    /// The line, from 1, where the shell tells.
    pub line: Option<usize>,
    /// The command as the shell ran it, with everything filled in.
    pub command: String,
}

impl StartTrace {
    /// What a variable was when a fresh shell was done, as far as the trace
    /// saw it.
    #[must_use]
    pub fn last<'a>(&'a self, context: Context, name: &'a str) -> Option<&'a str> {
        match self.changes_of(context, name).last() {
            Some(change) => change.value.as_deref(),
            None => self.given.get(&context)?.get(name).map(String::as_str),
        }
    }

    /// The changes of one variable in one fresh shell, in order.
    pub fn changes_of<'a>(
        &'a self,
        context: Context,
        name: &'a str,
    ) -> impl DoubleEndedIterator<Item = &'a StartChange> {
        self.changes.iter().filter(move |change| change.context == context && change.name == name)
    }
}
