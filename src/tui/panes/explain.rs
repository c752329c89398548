//! What it means here, what would be done, and the check's page.

use ratatui::text::{Line, Span};

use super::{Sheet, diff, markdown};
use crate::model::{Finding, Status};
use crate::tui::backend::FixOutcome;
use crate::tui::model::{Done, Model, Selected};
use crate::tui::text::{fit, span, width};

/// Pieces of evidence that are shown here; the Evidence tab has them all.
const EVIDENCE: usize = 3;

/// Writes what is selected in words, then the page of its check.
pub(super) fn write(model: &Model, selected: Selected<'_>, sheet: &mut Sheet<'_>) {
    match selected {
        Selected::Finding(report, finding) => {
            of_finding(finding, model.session.of(report.id, &finding.key), model.pane.fix, sheet);
        }
        Selected::Done(done) => of_done(done, sheet),
        Selected::Outcome(report) => {
            sheet.bold(report.title);
            sheet.plain(match report.status {
                Status::Passed => "It was looked at, and it is right.",
                Status::Unknown => "It could not be told whether this is right:",
                Status::Skipped => "It does not apply here:",
                Status::Findings => "",
            });
            sheet.dim(report.reason.as_deref().unwrap_or_default());
        }
        Selected::Pending(check) => {
            sheet.bold(check.title);
            sheet.dim("This check has not come to its end yet.");
        }
    }
    if let Some(check) = model.check(selected.check()) {
        sheet.gap();
        markdown::write(check.page.text(), sheet);
    }
}

/// A finding, with what came of a fix of it and the fix in view.
fn of_finding(finding: &Finding, done: Option<&Done>, fix: usize, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    sheet.bold(&finding.summary);
    if let Some(done) = done {
        came_of(done, sheet);
    }
    if let Some(detail) = &finding.detail {
        sheet.gap();
        sheet.plain(detail);
    }
    sheet.gap();
    for evidence in finding.evidence.iter().take(EVIDENCE) {
        let source = span(&evidence.source, theme.code.style());
        // Two lines at most; a PATH in full has its place in the other tab.
        let room = (2 * sheet.width()).saturating_sub(width(&evidence.source) + 8);
        let observed = span(&fit(&evidence.observed, room), theme.text.style());
        sheet.line(Line::from(vec![source, Span::raw("  "), observed]), 2);
    }
    if let Some(fix) = finding.fixes.get(fix).or(finding.fixes.first()) {
        sheet.gap();
        sheet.text(&fix.title, theme.accent.style());
        for preview in &fix.preview {
            if let Some(diff) = &preview.diff {
                diff::write(diff, diff::Extent::Changes, sheet);
            }
        }
    }
}

fn of_done(done: &Done, sheet: &mut Sheet<'_>) {
    sheet.bold(&done.finding.summary);
    sheet.gap();
    came_of(done, sheet);
}

/// What came of a fix, and the way back.
fn came_of(done: &Done, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    let (style, text) = match &done.outcome {
        FixOutcome::Resolved => (theme.passed.style(), "Fixed, and looked at again: it was gone.".to_owned()),
        FixOutcome::Uncovered(what) => {
            (theme.passed.style(), format!("Fixed: it was gone. Behind it, unseen until then: {what}"))
        }
        FixOutcome::Eased(what) => (theme.passed.style(), format!("Fixed. What is left is only this {what}")),
        FixOutcome::Pending(what) => (theme.warning.style(), format!("Fixed; it is seen after {what}.")),
        FixOutcome::Unchanged => (theme.warning.style(), "A fix was applied, and changed nothing.".to_owned()),
        FixOutcome::Worse(why) | FixOutcome::Failed(why) => (theme.error.style(), why.clone()),
    };
    sheet.text(&format!("{} {text}", done.mark()), style);
    sheet.field("done", 6, &done.title, theme.text.style());
    sheet.field("undo", 6, &format!("press u, or run: gomedic undo {}", done.entry), theme.text.style());
}
