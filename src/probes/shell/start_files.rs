//! Where a new line must stand, so that the shells that should run it do.

use std::path::{Path, PathBuf};

use super::script::{self, Dialect, Reach};
use super::{Form, RcFiles, ShellKind};
use crate::model::Context;

impl RcFiles {
    /// The files that a line must be added to so that login shells and new
    /// terminals run it, in new terminals of a desktop that has been running
    /// for days too: those read nothing that a login shell reads. Empty when
    /// the user has no home.
    #[must_use]
    pub fn files_for_every_shell(&self) -> Vec<PathBuf> {
        let homes = &self.homes;
        let chosen: Vec<&PathBuf> = match self.shell() {
            ShellKind::Bash if self.login_runs_end_of(homes.terminal.as_deref()) => homes.terminal.iter().collect(),
            ShellKind::Bash => homes.login.iter().chain(&homes.terminal).collect(),
            // A file that the system has all login shells read may set PATH
            // anew behind this one.
            ShellKind::Zsh if self.resets_behind(homes.every.as_deref()) => {
                homes.login.iter().chain(&homes.terminal).collect()
            }
            ShellKind::Fish if self.resets_behind(homes.every.as_deref()) => homes.terminal.iter().collect(),
            ShellKind::Zsh | ShellKind::Fish => homes.every.iter().collect(),
            ShellKind::Posix => homes.login.iter().collect(),
        };
        chosen.into_iter().cloned().collect()
    }

    /// The file that a line must be added to so that login shells run it.
    #[must_use]
    pub fn file_for_login(&self) -> Option<PathBuf> {
        match self.shell() {
            ShellKind::Fish => self.files_for_every_shell().pop(),
            _ => self.homes.login.clone(),
        }
    }

    /// How lines are written in the files that a line may be added to.
    #[must_use]
    pub fn form(&self) -> Form {
        match self.shell() {
            ShellKind::Fish => Form::Fish,
            ShellKind::Bash | ShellKind::Zsh | ShellKind::Posix => Form::Posix,
        }
    }

    /// True when a login shell reads this file to its end.
    fn login_runs_end_of(&self, path: Option<&Path>) -> bool {
        let file = path.and_then(|path| self.file(path)).filter(|file| file.contexts.contains(&Context::Login));
        let text = file.and_then(|file| file.text.as_deref().ok());
        text.is_some_and(|text| script::reach_of_end(text, Dialect::Posix) == Some(Reach::Every))
    }

    /// True when a file that login shells read behind this one forgets the
    /// PATH that it set.
    fn resets_behind(&self, path: Option<&Path>) -> bool {
        let reset = self.path_reset(Context::Login);
        reset.is_some_and(|reset| reset.form != Form::Environment && self.is_behind(&reset.path, path))
    }

    fn is_behind(&self, file: &Path, other: Option<&Path>) -> bool {
        let place = |wanted: &Path| self.files.iter().position(|known| known.path == wanted);
        match (place(file), other.and_then(place)) {
            (Some(file), Some(other)) => file > other,
            // A file that is still to be made is among the first that are read,
            // and the system's own before it come first.
            (Some(_), None) => !file.ends_with("zshenv"),
            (None, _) => false,
        }
    }
}
