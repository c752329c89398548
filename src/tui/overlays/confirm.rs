use crate::model::Class;
use crate::tui::backend::FixRequest;
use crate::tui::panes::{Sheet, plan};

/// A question before something is done.
#[derive(Debug)]
pub(in crate::tui) struct Confirm {
    /// What would be done.
    pub(in crate::tui) question: Question,
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

/// What a question is about.
#[derive(Debug)]
pub(in crate::tui) enum Question {
    /// A fix would be applied.
    Apply(Box<FixRequest>),
    /// A journal entry would be taken back with root's rights.
    UndoAsRoot {
        /// Its id.
        entry: String,
        /// The title of the fix.
        title: String,
    },
}

impl Confirm {
    /// A question that nobody has answered yet.
    pub(in crate::tui) fn new(question: Question) -> Self {
        Confirm { question, scroll: 0 }
    }

    /// The title of the fix.
    pub(super) fn title(&self) -> &str {
        match &self.question {
            Question::Apply(request) => request.fix().map_or("", |fix| &fix.title),
            Question::UndoAsRoot { title, .. } => title,
        }
    }

    /// The plan, to the last word, and the question.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>) {
        match &self.question {
            Question::Apply(request) => write_apply(request, sheet),
            Question::UndoAsRoot { entry, .. } => {
                sheet.plain("This was done with root's rights, and is taken back with them.");
                sheet.gap();
                sheet.plain(&format!("What that runs: gomedic undo --dry-run {entry}"));
                sheet.gap();
                sheet.bold("Take this back as root? sudo may ask for your password.");
            }
        }
    }
}

fn write_apply(request: &FixRequest, sheet: &mut Sheet<'_>) {
    let Some(fix) = request.fix() else { return };
    sheet.plain(&request.finding.summary);
    sheet.gap();
    plan(fix, sheet);
    sheet.gap();
    sheet.bold(match fix.class {
        Class::Root => "Apply this as root? sudo may ask for your password.",
        _ => "Apply this?",
    });
}
