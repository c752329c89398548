//! Where it was seen, and what stood there.

use super::Sheet;
use crate::model::{CheckReport, Context, Finding};
use crate::tui::model::Selected;

/// Writes the evidence of what is selected.
pub(super) fn write(selected: Selected<'_>, sheet: &mut Sheet<'_>) {
    match selected {
        Selected::Finding(_, finding) => of_finding(finding, sheet),
        Selected::Done(done) => {
            sheet.dim("As it was before the fix:");
            sheet.gap();
            of_finding(&done.finding, sheet);
        }
        Selected::Outcome(report) => of_outcome(report, sheet),
        Selected::Pending(_) => sheet.dim("This check has not come to its end yet."),
    }
}

/// Width of the column of labels.
const LABELS: usize = 10;

fn of_finding(finding: &Finding, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    for evidence in &finding.evidence {
        sheet.text(&evidence.source, theme.code.style());
        sheet.field("observed", LABELS, &evidence.observed, theme.text.style());
        if let Some(expected) = &evidence.expected {
            sheet.field("expected", LABELS, expected, theme.passed.style());
        }
        sheet.gap();
    }
    if !finding.contexts.is_empty() {
        let contexts: Vec<&str> = finding.contexts.iter().copied().map(Context::title).collect();
        sheet.field("seen in", LABELS, &contexts.join(", "), theme.text.style());
    }
    if let Some(cause) = &finding.caused_by {
        sheet.field("cause", LABELS, &cause.id, theme.text.style());
    }
}

fn of_outcome(report: &CheckReport, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    sheet.field("check", LABELS, report.id, theme.code.style());
    sheet.field("status", LABELS, report.status.id(), theme.text.style());
    if let Some(reason) = &report.reason {
        sheet.field("reason", LABELS, reason, theme.text.style());
    }
}
