use crate::tui::command;
use crate::tui::effect::Effect;
use crate::tui::model::{Model, Notice, Selected};
use crate::tui::overlays::{Overlay, Question};

/// Hands the command to the terminal's clipboard.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    match command_of(model) {
        Some(command) => vec![Effect::Copy(command)],
        None => {
            model.notice = Some(Notice::plain("There is nothing to copy here."));
            Vec::new()
        }
    }
}

/// The command that belongs to what is in view.
pub(in crate::tui) fn command_of(model: &Model) -> Option<String> {
    let asked = match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => match &confirm.question {
            Question::Apply(request) => Some(request),
            Question::UndoAsRoot { entry, .. } => return Some(format!("gomedic undo {entry}")),
        },
        Some(Overlay::Manual(manual)) => Some(&manual.request),
        _ => None,
    };
    if let Some(request) = asked {
        return request.fix().map(|fix| command::of_fix(request.check, fix));
    }
    match model.selected()? {
        Selected::Finding(report, finding) => Some(match finding.fixes.get(model.pane.fix) {
            Some(fix) => command::of_fix(report.id, fix),
            None => format!("gomedic explain {}", report.id),
        }),
        Selected::Done(done) => Some(format!("gomedic undo {}", done.entry)),
        Selected::Outcome(report) => Some(format!("gomedic explain {}", report.id)),
        Selected::Pending(check) => Some(format!("gomedic explain {}", check.id)),
    }
}
