//! Marks: the one glyph that tells a state, with its style.

use ratatui::text::Span;

use crate::model::{Severity, Status, Summary};
use crate::tui::model::Model;
use crate::tui::theme::Theme;

/// The mark of a severity.
pub(super) fn severity(theme: &Theme, severity: Severity) -> Span<'static> {
    Span::styled(severity.mark(), theme.severity(severity))
}

/// The mark of a check without findings.
pub(super) fn status(theme: &Theme, status: Status) -> Span<'static> {
    let glyph = match status {
        Status::Passed => "✔",
        Status::Unknown => "?",
        Status::Skipped => "–",
        Status::Findings => "•",
    };
    Span::styled(glyph, theme.status(status))
}

/// The mark of what goes on.
pub(super) fn spinner(model: &Model) -> Span<'static> {
    const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    let frame = usize::try_from(model.now.as_millis() / 100).unwrap_or(0) % FRAMES.len();
    Span::styled(FRAMES[frame], model.theme.accent.style())
}

/// The numbers of a summary that are not zero, worst first, each with its
/// mark.
pub(super) fn counts(theme: &Theme, summary: &Summary) -> Vec<(&'static str, usize, ratatui::style::Style)> {
    [
        ("✖", summary.error, theme.severity(Severity::Error)),
        ("▲", summary.warning, theme.severity(Severity::Warning)),
        ("•", summary.info, theme.severity(Severity::Info)),
        ("?", summary.unknown, theme.status(Status::Unknown)),
    ]
    .into_iter()
    .filter(|(_, count, _)| *count > 0)
    .collect()
}
