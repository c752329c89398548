//! Shims: commands that a version manager puts before the real ones.

use std::path::Path;

use super::super::installations::Origin;
use super::{Manager, Pick};
use crate::host::{Environment, Host};

/// A version manager's stand-in for `go`.
pub(in super::super) struct Shim {
    /// Whose it is.
    pub(in super::super) manager: Manager,
    /// What it runs.
    pub(in super::super) pick: Pick,
}

impl Shim {
    /// The shim that a command on PATH is; None for any other command.
    pub(in super::super) fn at(host: &dyn Host, command: &Path, environment: &Environment) -> Option<Shim> {
        let manager = Manager::of_shims(command.parent()?, environment)?;
        let pick = Pick::of(host, &manager, environment);
        Some(Shim { manager, pick })
    }

    /// True when what runs is the Go that PATH has without the shim. asdf
    /// refuses where nothing asks it for a Go.
    pub(in super::super) fn steps_aside(&self) -> bool {
        match self.pick {
            Pick::System(_) => true,
            Pick::Unasked => self.manager.origin != Origin::Asdf,
            Pick::Has(..) | Pick::Lacks(_) | Pick::Untold(_) | Pick::Unread(_) => false,
        }
    }

    /// True when it starts Go with a GOROOT of its own, whatever the
    /// environment has.
    pub(in super::super) fn sets_goroot(&self, environment: &Environment) -> bool {
        let is = |name: &str, values: &[&str]| environment.get(name).is_some_and(|value| values.contains(&value));
        let is_kept_off = match self.manager.origin {
            Origin::Goenv => is("GOENV_DISABLE_GOROOT", &["1"]),
            Origin::Mise => is("MISE_GO_SET_GOROOT", &["false", "0", "no"]),
            _ => false,
        };
        !is_kept_off && !self.steps_aside()
    }
}
