//! Which Go a version manager runs.

use super::super::installations::Origin;
use super::version_file::bare;
use super::{Installed, Manager, Pin};
use crate::host::{Environment, Host};
use crate::model::Missing;

/// What a version manager runs for the folder that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Nothing asks it for a Go.
    Unasked,
    /// It is told to keep out: the Go that PATH has without it runs.
    System(Pin),
    /// One of its own.
    Has(Pin, Installed),
    /// A version that it does not have.
    Lacks(Pin),
    /// It is asked in a way that only itself can tell: an alias, a path, a
    /// revision.
    Untold(Pin),
    /// What asks it cannot be read.
    Unread(Missing),
}

impl Pick {
    pub(super) fn of(host: &dyn Host, manager: &Manager, environment: &Environment) -> Pick {
        match Pin::of(host, manager, environment) {
            Some(Ok(pin)) => Pick::by(host, manager, pin),
            Some(Err(missing)) => Pick::Unread(missing),
            None => Pick::Unasked,
        }
    }

    /// The first word that leads anywhere decides.
    fn by(host: &dyn Host, manager: &Manager, pin: Pin) -> Pick {
        for word in &pin.words {
            if word == "system" {
                return Pick::System(pin);
            }
            if !names_release(manager, word) {
                return Pick::Untold(pin);
            }
            if let Some(installed) = find(host, manager, word) {
                return Pick::Has(pin, installed);
            }
        }
        Pick::Lacks(pin)
    }

    /// The Go of its own that it runs.
    #[must_use]
    pub fn installed(&self) -> Option<&Installed> {
        match self {
            Pick::Has(_, installed) => Some(installed),
            _ => None,
        }
    }
}

/// No release has a longer name.
const WORD_BYTES: usize = 64;

/// True for `1.26.6`, `1.26`, `go1.26.6`, and `latest` where the manager takes
/// it for the newest that it has.
fn names_release(manager: &Manager, word: &str) -> bool {
    if word.len() > WORD_BYTES {
        return false;
    }
    let is_latest = word == "latest" && manager.origin != Origin::Asdf;
    is_latest || bare(word).starts_with(|c: char| c.is_ascii_digit()) && !word.contains(['{', ':', '/', ' '])
}

/// The Go of that name, or the newest one whose name continues it: `1.26`
/// means `1.26.6`. asdf takes names only whole.
fn find(host: &dyn Host, manager: &Manager, word: &str) -> Option<Installed> {
    if let Some(exact) = manager.at(host, word) {
        return Some(exact);
    }
    if manager.origin == Origin::Asdf {
        return None;
    }
    let word = bare(word);
    let continues = |name: &str| name == word || name.strip_prefix(word).is_some_and(|rest| rest.starts_with('.'));
    let fits = |installed: &Installed| word == "latest" || continues(bare(&installed.name));
    manager.installed(host).into_iter().rfind(fits)
}
