//! Colours and emphasis by role. The themes are data, in `assets/themes`.

mod choose;
mod paint;

pub use choose::{Background, Colors, Terminal};

use ratatui::style::{Color, Style};
use serde::Deserialize;

use paint::Paint;

use crate::model::{Severity, Status};

/// A style for each role that something on the screen can have.
///
/// No role is told by its colour alone: marks, words and places carry the
/// same meaning, as the theme `mono` shows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The name, as in `assets/themes/NAME.toml`.
    pub name: String,
    /// Ordinary text.
    pub(super) text: Paint,
    /// Text that may be overlooked.
    pub(super) dim: Paint,
    /// Lines between areas.
    pub(super) border: Paint,
    /// The program's name.
    pub(super) brand: Paint,
    /// Titles of areas and headings of pages.
    pub(super) heading: Paint,
    /// What asks for attention without being bad.
    pub(super) accent: Paint,
    /// Keys.
    pub(super) key: Paint,
    /// The selected row.
    pub(super) selection: Paint,
    /// The selected row's left edge.
    pub(super) edge: Paint,
    /// The open tab.
    pub(super) tab: Paint,
    /// Findings of severity error.
    pub(super) error: Paint,
    /// Findings of severity warning.
    pub(super) warning: Paint,
    /// Findings of severity info.
    pub(super) info: Paint,
    /// What is right.
    pub(super) passed: Paint,
    /// What could not be told.
    pub(super) unknown: Paint,
    /// Lines that a fix adds.
    pub(super) added: Paint,
    /// Lines that a fix removes.
    pub(super) removed: Paint,
    /// Code, commands and file names.
    pub(super) code: Paint,
    /// Where a search matches.
    pub(super) matched: Paint,
    /// What lies behind an overlay.
    pub(super) behind: Paint,
    /// The colours of the strata, from the outermost inwards; between them
    /// is shaded.
    #[serde(deserialize_with = "paint::colors")]
    strata: Vec<Color>,
}

impl Theme {
    /// The style of a severity.
    pub(super) fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error.style(),
            Severity::Warning => self.warning.style(),
            Severity::Info => self.info.style(),
        }
    }

    /// The style of a status without findings.
    pub(super) fn status(&self, status: Status) -> Style {
        match status {
            Status::Passed => self.passed.style(),
            Status::Unknown => self.unknown.style(),
            Status::Skipped | Status::Findings => self.dim.style(),
        }
    }

    /// The style of the stratum `at` of `of`, counted from the outermost.
    pub(super) fn stratum(&self, at: usize, of: usize) -> Style {
        match paint::shade(&self.strata, at, of) {
            Some(color) => Style::new().fg(color),
            None => Style::new(),
        }
    }
}
