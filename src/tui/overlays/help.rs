use crate::tui::keymap::{Mode, bindings};
use crate::tui::panes::Sheet;

/// The keys.
#[derive(Debug, Default)]
pub(in crate::tui) struct Help {
    /// The first line on the screen.
    pub(in crate::tui) scroll: usize,
}

/// Width of the column of keys.
const KEYS: usize = 14;

/// Writes the keys of the main screen, then what the other modes add.
pub(super) fn write(sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    for binding in bindings(Mode::Main) {
        sheet.field_in(&binding.keys_text(), KEYS, theme.key.style(), binding.help);
    }
    sheet.gap();
    sheet.plain("The mouse selects, opens tabs, filters by layer, presses the keys below, and scrolls.");
    for mode in Mode::ALL.into_iter().filter(|mode| !matches!(mode, Mode::Main | Mode::Help | Mode::Message)) {
        sheet.gap();
        sheet.heading(mode.title());
        for binding in bindings(mode).filter(|binding| binding.weight.is_some()) {
            sheet.field_in(&binding.keys_text(), KEYS, theme.key.style(), binding.help);
        }
    }
    sheet.gap();
    sheet.heading("Marks");
    for (mark, meaning) in [
        ("✖ error", "something fails now"),
        ("▲ warning", "will fail, or wastes much time"),
        ("• info", "worth knowing; nothing fails"),
        ("? unknown", "could not be told; never counted as right"),
        ("✔ passed", "it was looked at, and it is right"),
        ("– skipped", "does not apply here"),
        ("◔ pending", "fixed, and seen after a new shell or a restart"),
    ] {
        sheet.field_in(mark, KEYS, theme.text.style(), meaning);
    }
}
