//! What the pane shows while nothing is selected: what is looked at.

use ratatui::text::{Line, Span};

use super::Sheet;
use crate::model::Status;
use crate::tui::model::{Model, strata};
use crate::tui::text::span;

/// Writes the checks, layer by layer.
pub(super) fn write(model: &Model, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    sheet.dim("What gomedic looks at here, from the outermost layer to the project:");
    for stratum in strata(model) {
        sheet.gap();
        sheet.heading(stratum.layer.title());
        for check in model.checks.iter().filter(|check| check.layer == stratum.layer) {
            let status = model.runs.report(check.id).map(|report| report.status);
            let (mark, style) = match status {
                Some(Status::Passed) => ("✔ ", theme.passed.style()),
                Some(Status::Unknown) => ("? ", theme.unknown.style()),
                Some(Status::Skipped) => ("– ", theme.dim.style()),
                Some(Status::Findings) => ("• ", theme.warning.style()),
                None => ("· ", theme.dim.style()),
            };
            sheet.line(Line::from(vec![Span::styled(mark, style), span(check.title, theme.text.style())]), 2);
        }
    }
}
