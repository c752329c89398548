use super::running;
use super::undoing::undo_now;
use crate::model::{Class, Privilege};
use crate::tui::backend::{FixOutcome, FixReport, FixRequest};
use crate::tui::effect::Effect;
use crate::tui::model::{Done, Model, Notice, Selected, Tab, Working};
use crate::tui::overlays::{Confirm, Manual, Overlay, Question};
use crate::tui::panes::privilege;

/// Applies the fix in view if it is safe, asks first if it is not, tells what
/// to do if the user has to do it.
pub(super) fn fix(model: &mut Model) -> Vec<Effect> {
    let Some(request) = in_view(model) else {
        model.notice = Some(Notice::plain("No fix is known for this. Explain says what can be done."));
        return Vec::new();
    };
    let Some(fix) = request.fix() else { return Vec::new() };
    if fix.class == Class::Manual {
        model.overlays.push(Overlay::Manual(Manual { request, scroll: 0 }));
        return Vec::new();
    }
    if let Some(obstacle) = obstacle(model, &request) {
        super::moving::show(model, Tab::Fix);
        model.notice = Some(Notice::bad(obstacle));
        return Vec::new();
    }
    match fix.class {
        Class::Safe => apply(model, request),
        Class::Review | Class::Root | Class::Manual => {
            model.overlays.push(Overlay::Confirm(Confirm::new(Question::Apply(request))));
            Vec::new()
        }
    }
}

/// The fix in view, as it stands on the screen.
fn in_view(model: &Model) -> Option<Box<FixRequest>> {
    let Selected::Finding(report, finding) = model.selected()? else { return None };
    finding.fixes.get(model.pane.fix)?;
    Some(Box::new(FixRequest { check: report.id, finding: finding.clone(), fix: model.pane.fix }))
}

/// Why the fix cannot be applied, if it cannot.
fn obstacle(model: &Model, request: &FixRequest) -> Option<String> {
    if model.runs.shown.host.recorded.is_some() {
        return Some("This machine is a recording: its fixes are shown and not applied.".to_owned());
    }
    let previews = request.fix()?.preview.iter();
    previews.filter_map(|preview| preview.refused.as_ref()).map(|why| format!("This cannot be applied: {why}")).next()
}

/// The answer to the question was yes.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.overlays.pop() {
        Some(Overlay::Confirm(Confirm { question: Question::Apply(request), .. })) => apply(model, request),
        Some(Overlay::Confirm(Confirm { question: Question::UndoAsRoot { entry, .. }, .. })) => {
            undo_now(model, entry, Privilege::Root)
        }
        Some(other) => {
            model.overlays.push(other);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn apply(model: &mut Model, request: Box<FixRequest>) -> Vec<Effect> {
    let Some(fix) = request.fix() else { return Vec::new() };
    let (title, privilege) = (fix.title.clone(), privilege(fix));
    if !begin_work(model, format!("applying: {title}")) {
        return Vec::new();
    }
    vec![Effect::Apply { request, privilege }]
}

/// Takes note that something is being done, unless something is already.
pub(super) fn begin_work(model: &mut Model, what: String) -> bool {
    if model.session.working.is_some() {
        return false;
    }
    model.notice = None;
    model.session.working = Some(Working { what, since: model.now, quit_after: false });
    true
}

/// What is being done has come to its end: looks again, or quits if that was
/// asked for.
pub(super) fn end_work(model: &mut Model) -> Vec<Effect> {
    match model.session.working.take() {
        Some(working) if working.quit_after => vec![Effect::Quit],
        _ => vec![running::all(model)],
    }
}

/// A fix came to its end.
pub(super) fn applied(model: &mut Model, request: &FixRequest, report: FixReport) -> Vec<Effect> {
    let back = if report.entry.is_some() { "; u takes it back" } else { "" };
    let summary = request.finding.summary.trim_end_matches('.');
    model.notice = Some(match &report.outcome {
        FixOutcome::Resolved => Notice::Good(format!("resolved: {summary}{back}")),
        FixOutcome::Uncovered(what) => Notice::Good(format!("resolved; behind it stood {what}{back}")),
        FixOutcome::Eased(what) => Notice::Good(format!("eased; what is left is only this {what}{back}")),
        FixOutcome::Pending(what) => Notice::Waiting(format!("fixed, and seen after {what}{back}")),
        FixOutcome::Unchanged => Notice::Bad(format!("applied, but it is still there{back}")),
        FixOutcome::Worse(why) => Notice::Bad(format!("worse than before: {why}{back}")),
        FixOutcome::Failed(why) => Notice::Bad(format!("not applied: {why}")),
    });
    if let (Some(entry), Some(fix)) = (report.entry, request.fix()) {
        model.session.done.push(Done {
            check: request.check,
            finding: request.finding.clone(),
            title: fix.title.clone(),
            outcome: report.outcome,
            entry,
            privilege: privilege(fix),
        });
    }
    end_work(model)
}

/// Views the next fix of the finding.
pub(super) fn next(model: &mut Model) {
    let fixes = match model.selected() {
        Some(Selected::Finding(_, finding)) => finding.fixes.len(),
        _ => 0,
    };
    if fixes > 1 {
        model.pane.fix = (model.pane.fix + 1) % fixes;
        super::moving::show(model, Tab::Fix);
    }
}
