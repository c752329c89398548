//! The keys that work right now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::put;
use crate::tui::keymap::{Action, bindings, label};
use crate::tui::model::Model;
use crate::tui::text::width;

/// A key in the footer.
#[derive(Debug)]
pub(in crate::tui) struct Hint {
    /// What it does.
    pub(in crate::tui) action: Action,
    /// Where it stands.
    pub(in crate::tui) place: Rect,
    key: String,
    label: &'static str,
}

/// Blanks between two hints.
const GAP: u16 = 3;

/// The keys that fit into `area`; those that matter least are left out.
pub(in crate::tui) fn hints(model: &Model, area: Rect) -> Vec<Hint> {
    let mode = model.mode();
    let mut hints: Vec<(u8, Hint)> = bindings(mode)
        .filter_map(|binding| {
            let label = label(model, mode, binding.action)?;
            let key = binding.keys.first()?.to_string();
            Some((binding.weight?, Hint { action: binding.action, place: area, key, label }))
        })
        .collect();
    while taken(&hints) + 2 > usize::from(area.width) {
        let Some(least) = (0..hints.len()).min_by_key(|at| hints[*at].0) else { break };
        hints.remove(least);
    }
    let mut x = area.x + 1;
    for (_, hint) in &mut hints {
        let wide = u16::try_from(columns(hint)).unwrap_or(u16::MAX);
        hint.place = Rect { x, width: wide, ..area };
        x = x.saturating_add(wide).saturating_add(GAP);
    }
    hints.into_iter().map(|(_, hint)| hint).collect()
}

fn columns(hint: &Hint) -> usize {
    width(&hint.key) + 1 + width(hint.label)
}

fn taken(hints: &[(u8, Hint)]) -> usize {
    hints.iter().map(|(_, hint)| columns(hint) + usize::from(GAP)).sum::<usize>().saturating_sub(GAP.into())
}

pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    put(&Line::from(" ".repeat(area.width.into())), area, buffer);
    for hint in hints(model, area) {
        let key = Span::styled(hint.key, model.theme.key.style());
        let label = Span::styled(format!(" {}", hint.label), model.theme.dim.style());
        put(&Line::from(vec![key, label]), hint.place, buffer);
    }
}
