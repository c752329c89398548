//! What lies over the list and the pane. The topmost gets the keys.

mod confirm;
mod help;
mod history;
mod manual;
mod message;
mod page;
mod recovery;
mod search;

pub(super) use confirm::{Confirm, Question};
pub(super) use help::Help;
pub(super) use history::{ENTRY_LINES, History};
pub(super) use manual::Manual;
pub(super) use message::MessageBox;
pub(super) use page::Page;
pub(super) use recovery::Recovery;
pub(super) use search::Search;

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::keymap::Mode;
use super::model::Model;
use super::panes::Sheet;

/// Something that lies over the list and the pane.
#[derive(Debug)]
pub(super) enum Overlay {
    /// Typing what to search for; it has its place in the list's title.
    Search(Search),
    /// The pane on the whole screen.
    Page(Page),
    /// A question before a fix, or before one is taken back as root.
    Confirm(Confirm),
    /// A fix that the user carries out.
    Manual(Manual),
    /// The journal.
    History(History),
    /// What an earlier run left half done.
    Recovery(Recovery),
    /// The keys.
    Help(Help),
    /// Text to read.
    Message(MessageBox),
}

/// How much of the screen a box takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// As much as its lines need, and this many columns at most.
    Fitting(u16),
    /// All but the line of keys.
    Full,
}

impl Overlay {
    /// Which keys there are.
    pub(super) fn mode(&self) -> Mode {
        match self {
            Overlay::Search(_) => Mode::Search,
            Overlay::Page(_) => Mode::Page,
            Overlay::Confirm(_) => Mode::Confirm,
            Overlay::Manual(_) => Mode::Manual,
            Overlay::History(_) => Mode::History,
            Overlay::Recovery(_) => Mode::Recovery,
            Overlay::Help(_) => Mode::Help,
            Overlay::Message(_) => Mode::Message,
        }
    }

    /// How much of the screen its box takes; None when it has no box.
    fn extent(&self) -> Option<Extent> {
        match self {
            Overlay::Search(_) => None,
            Overlay::Page(_) => Some(Extent::Full),
            Overlay::Help(_) => Some(Extent::Fitting(84)),
            _ => Some(Extent::Fitting(78)),
        }
    }

    /// The title of its box.
    pub(super) fn title(&self, model: &Model) -> String {
        match self {
            Overlay::Search(_) => String::new(),
            Overlay::Page(page) => page.title(model),
            Overlay::Confirm(confirm) => confirm.title().to_owned(),
            Overlay::Manual(manual) => manual.title().to_owned(),
            Overlay::History(_) => "What was applied".to_owned(),
            Overlay::Recovery(_) => "A fix was interrupted".to_owned(),
            Overlay::Help(_) => "Keys".to_owned(),
            Overlay::Message(message) => message.title.clone(),
        }
    }

    /// The lines of its box, at most `width` columns wide.
    pub(super) fn lines(&self, model: &Model, width: u16) -> Vec<Line<'static>> {
        let mut sheet = Sheet::new(&model.theme, width);
        match self {
            Overlay::Search(_) => {}
            Overlay::Page(_) => return super::panes::lines(model, width),
            Overlay::Confirm(confirm) => confirm.write(&mut sheet),
            Overlay::Manual(manual) => manual.write(&mut sheet),
            Overlay::History(history) => history.write(&mut sheet),
            Overlay::Recovery(recovery) => recovery.write(&mut sheet),
            Overlay::Help(_) => help::write(&mut sheet),
            Overlay::Message(message) => message.write(&mut sheet),
        }
        sheet.lines()
    }

    /// The first line on the screen.
    pub(super) fn scroll(&self) -> usize {
        match self {
            Overlay::Search(_) | Overlay::Recovery(_) => 0,
            Overlay::Page(page) => page.scroll,
            Overlay::Confirm(confirm) => confirm.scroll,
            Overlay::Manual(manual) => manual.scroll,
            Overlay::History(history) => history.scroll,
            Overlay::Help(help) => help.scroll,
            Overlay::Message(message) => message.scroll,
        }
    }

    /// The first line on the screen, to be changed.
    pub(super) fn scroll_mut(&mut self) -> Option<&mut usize> {
        match self {
            Overlay::Search(_) | Overlay::Recovery(_) => None,
            Overlay::Page(page) => Some(&mut page.scroll),
            Overlay::Confirm(confirm) => Some(&mut confirm.scroll),
            Overlay::Manual(manual) => Some(&mut manual.scroll),
            Overlay::History(history) => Some(&mut history.scroll),
            Overlay::Help(help) => Some(&mut help.scroll),
            Overlay::Message(message) => Some(&mut message.scroll),
        }
    }
}

/// Columns of a line that still reads well.
const LONGEST: u16 = 110;

/// A box with its lines, as it lies on a window.
pub(super) struct Placed {
    /// The box with its border.
    pub(super) outer: Rect,
    /// Where the lines are.
    pub(super) inner: Rect,
    /// The lines, also those that do not fit.
    pub(super) lines: Vec<Line<'static>>,
}

/// Where an overlay lies; None when it has no box, or there is no room.
pub(super) fn placed(model: &Model, overlay: &Overlay, window: Rect) -> Option<Placed> {
    let above_keys = Rect { height: window.height.checked_sub(1)?, ..window };
    let (widest, full) = match overlay.extent()? {
        Extent::Full => (above_keys.width, true),
        Extent::Fitting(width) => (width.min(above_keys.width.saturating_sub(4)), false),
    };
    // A border and a blank on either side; longer lines read badly.
    let lines = overlay.lines(model, widest.checked_sub(4)?.min(LONGEST));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let height = if full { above_keys.height } else { rows.min(above_keys.height.saturating_sub(2)) };
    let outer = Rect { x: (above_keys.width - widest) / 2, y: (above_keys.height - height) / 2, width: widest, height };
    let inner = Rect { x: outer.x + 2, y: outer.y + 1, width: widest - 4, height: height.checked_sub(2)? };
    Some(Placed { outer, inner, lines })
}
