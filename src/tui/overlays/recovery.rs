use std::collections::VecDeque;

use crate::model::Privilege;
use crate::tui::backend::{Entry, EntryState};
use crate::tui::panes::Sheet;

/// What an earlier run left half done, one entry after the other.
#[derive(Debug)]
pub(in crate::tui) struct Recovery {
    /// The entries that are still to be decided on.
    pub(in crate::tui) entries: VecDeque<Entry>,
}

impl Recovery {
    /// What happened to the first entry, and what can be done.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>) {
        let Some(entry) = self.entries.front() else { return };
        sheet.bold(&entry.title);
        sheet.dim(&format!("{} · {}", entry.when, entry.check));
        sheet.gap();
        sheet.plain("An earlier gomedic was stopped in the middle of this fix.");
        if let EntryState::Interrupted(how) = &entry.state {
            sheet.plain(how);
        }
        sheet.gap();
        let theme = sheet.theme;
        sheet.field_in("f", 5, theme.key.style(), "finish it: do the steps that are left");
        sheet.field_in("u", 5, theme.key.style(), "undo it: take back the steps that were done");
        sheet.field_in("esc", 5, theme.key.style(), "later: leave all as it is and ask again next time");
        if entry.privilege == Privilege::Root {
            sheet.gap();
            sheet.plain("Either takes root's rights: sudo may ask for your password.");
        }
        if self.entries.len() > 1 {
            sheet.gap();
            sheet.dim(&format!("{} more to decide on after this one", self.entries.len() - 1));
        }
    }
}
