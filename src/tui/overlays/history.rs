use ratatui::text::{Line, Span};

use crate::tui::backend::{Entry, EntryState};
use crate::tui::panes::Sheet;
use crate::tui::text::{fit, span};

/// The journal.
#[derive(Debug)]
pub(in crate::tui) struct History {
    /// Its entries, newest first, or why there are none to show.
    pub(in crate::tui) entries: Result<Vec<Entry>, String>,
    /// The selected entry.
    pub(in crate::tui) cursor: usize,
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

/// Lines that an entry takes.
pub(in crate::tui) const ENTRY_LINES: usize = 2;

impl History {
    /// The journal from its newest entry on.
    pub(in crate::tui) fn new(entries: Result<Vec<Entry>, String>) -> Self {
        History { entries, cursor: 0, scroll: 0 }
    }

    /// The selected entry.
    pub(in crate::tui) fn selected(&self) -> Option<&Entry> {
        self.entries.as_ref().ok()?.get(self.cursor)
    }

    /// How many entries there are.
    pub(in crate::tui) fn len(&self) -> usize {
        self.entries.as_ref().map_or(0, Vec::len)
    }

    /// Each entry with what became of it.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>) {
        match &self.entries {
            Err(why) => sheet.plain(&format!("The journal cannot be read: {why}")),
            Ok(entries) if entries.is_empty() => sheet.plain("Nothing was applied yet."),
            Ok(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    write(entry, at == self.cursor, sheet);
                }
            }
        }
    }
}

fn write(entry: &Entry, selected: bool, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    let (mark, style, state) = match &entry.state {
        EntryState::Applied => ("✔", theme.passed.style(), "in force".to_owned()),
        EntryState::Final(why) => ("✔", theme.passed.style(), format!("cannot be taken back: {why}")),
        EntryState::Undone => ("↶", theme.dim.style(), "taken back".to_owned()),
        EntryState::Interrupted(how) => ("◔", theme.warning.style(), format!("interrupted: {how}")),
    };
    let room = sheet.width().saturating_sub(4);
    let title = if selected { theme.selection.style() } else { theme.text.style() };
    sheet.line(
        Line::from(vec![
            span(if selected { "▌" } else { " " }, theme.accent.style()),
            Span::styled(mark, style),
            Span::raw(" "),
            span(&fit(&entry.title, room), title),
        ]),
        3,
    );
    let about = format!("{state} · {} · {}", entry.when, entry.check);
    sheet.line(Line::from(vec![Span::raw("   "), span(&fit(&about, room), theme.dim.style())]), 3);
}
