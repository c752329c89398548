use crate::tui::keymap::{Mode, Section, sections};
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
    for section in sections(Mode::Main) {
        write_section(section, sheet);
    }
    sheet.gap();
    sheet.heading("The mouse");
    sheet.plain("It selects, opens tabs, shows a layer alone, presses the keys at the bottom, and scrolls.");
    for mode in [Mode::Search, Mode::Page, Mode::Confirm, Mode::Manual, Mode::History, Mode::Recovery] {
        sections(mode).iter().take(1).for_each(|section| write_section(section, sheet));
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

fn write_section(section: &Section, sheet: &mut Sheet<'_>) {
    sheet.gap();
    sheet.heading(section.title);
    for binding in section.bindings {
        sheet.field_in(&binding.keys_text(), KEYS, sheet.theme.key.style(), binding.help);
    }
}
