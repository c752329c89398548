use super::super::installations::Origin;
use super::super::toolchains::GoCommand;
use super::{BrokenShim, InUse, Manager, Pick, Pin, Program, Through};
use crate::model::Missing;

/// What a version manager that decides which Go runs cannot give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack<'a> {
    /// Itself: its shim does not reach it.
    Manager(&'a BrokenShim),
    /// A version that it is asked for and does not have.
    Version(&'a Pin),
    /// Anything: its shim runs, and nothing asks it for a version.
    Choice,
}

impl InUse {
    /// True where it decides which Go runs: its hook did, or its shim is the
    /// `go` that `runs`.
    #[must_use]
    pub fn decides(&self, runs: Option<&GoCommand>) -> bool {
        match &self.through {
            Through::Shim(shim) => runs.is_some_and(|go| go.path == *shim),
            Through::Hook => true,
        }
    }

    /// What it lacks where it decides; None where it lacks nothing.
    ///
    /// # Errors
    /// Why what asks it cannot be read.
    pub fn lack<'a>(&'a self, runs: Option<&GoCommand>) -> Result<Option<Lack<'a>>, Missing> {
        if !self.decides(runs) {
            return Ok(None);
        }
        if let Some(broken) = &self.broken {
            return Ok(Some(Lack::Manager(broken)));
        }
        let own_shim = runs.filter(|go| go.shim && go.origin == self.manager.origin);
        Ok(match &self.pick {
            Pick::Lacks(pin) => Some(Lack::Version(pin)),
            Pick::Unasked if own_shim.is_some_and(|go| go.root.is_none()) => Some(Lack::Choice),
            Pick::Unread(missing) => return Err(missing.clone()),
            _ => None,
        })
    }
}

impl Lack<'_> {
    /// True when the same is missing, whatever else differs between contexts.
    #[must_use]
    pub fn is_like(self, other: Lack<'_>) -> bool {
        match (self, other) {
            (Lack::Manager(one), Lack::Manager(two)) => one.program == two.program,
            _ => self == other,
        }
    }

    /// What the manager's shim says when it is called.
    #[must_use]
    pub fn error(self, manager: &Manager) -> String {
        match (manager.origin, self) {
            (_, Lack::Manager(broken)) => match &broken.program {
                Program::At(path) => format!("line {}: {}: No such file or directory", broken.line, path.display()),
                Program::Named(name) => format!("line {}: exec: {name}: not found", broken.line),
            },
            (Origin::Goenv, Lack::Version(pin)) => {
                format!("goenv: version '{}' is not installed (set by {})", pin.first(), pin.by.origin())
            }
            (Origin::Goenv, Lack::Choice) => "goenv: 'go' command not found".to_owned(),
            (Origin::Asdf, Lack::Version(pin)) => {
                format!("version {} of golang is set for the current directory, but it is not installed", pin.first())
            }
            (Origin::Asdf, Lack::Choice) => "No version is set for command go".to_owned(),
            (_, Lack::Version(pin)) => {
                format!("mise ERROR Failed to install core:go@{}, unless mise can download it", pin.first())
            }
            (_, Lack::Choice) => "mise ERROR No version is set for shim: go".to_owned(),
        }
    }
}
