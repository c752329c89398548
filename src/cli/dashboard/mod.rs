//! `gomedic` alone: the dashboard over this machine or a recorded one.

mod backend;
mod mend;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::check::Which;
use super::machine::HostChoice;
use super::{Colour, Failure, Globals};
use crate::tui::theme::{Colors, Terminal};
use crate::tui::{self, Ended, Options, Theme};
use backend::LiveBackend;

/// Opens the dashboard.
///
/// # Errors
/// When the machine cannot be read or there is no terminal.
pub(super) fn run(dir: Option<PathBuf>, globals: &Globals) -> Result<ExitCode, Failure> {
    let which = Which::all();
    let choice = HostChoice::new(globals, dir, which.network(), which.timeout);
    let backend = LiveBackend::new(choice, which.options())?;
    let summary = tui::run(Arc::new(backend), Options { theme: theme(globals.color) })
        .map_err(|error| Failure::Other(format!("the terminal cannot be used: {error}")))?;
    Ok(match summary.ended {
        Ended::Quit | Ended::TerminalClosed => ExitCode::SUCCESS,
        // As a shell tells it.
        Ended::Signal(signal) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(2)),
    })
}

fn theme(colour: Colour) -> Theme {
    let mut terminal = Terminal::from_env(|name| std::env::var(name).ok());
    if colour == Colour::Never {
        terminal.colors = Colors::None;
    }
    Theme::for_terminal(terminal)
}
