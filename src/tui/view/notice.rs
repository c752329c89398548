//! The line above the keys: what goes on, or what came of something.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{mark, put};
use crate::tui::model::{Model, Notice};
use crate::tui::text::{fit_line, seconds, span};

/// Lines that it takes.
pub(super) fn height(model: &Model) -> u16 {
    u16::from(model.session.working.is_some() || model.notice.is_some())
}

pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    if let Some(line) = line(model) {
        put(&fit_line(line, area.width.into()), area, buffer);
    }
}

fn line(model: &Model) -> Option<Line<'static>> {
    let theme = &model.theme;
    if let Some(working) = &model.session.working {
        let age = seconds(model.now.saturating_sub(working.since));
        let text = span(&format!(" {} ", working.what), theme.accent.style());
        return Some(Line::from(vec![
            Span::raw(" "),
            mark::spinner(model),
            text,
            Span::styled(age, theme.dim.style()),
        ]));
    }
    let notice = model.notice.as_ref()?;
    let style = match notice {
        Notice::Good(_) => theme.passed.style(),
        Notice::Waiting(_) => theme.warning.style(),
        Notice::Bad(_) => theme.error.style(),
        Notice::Plain(_) => theme.accent.style(),
    };
    Some(Line::from(vec![
        Span::raw(" "),
        Span::styled(notice.mark(), style),
        span(&format!(" {}", notice.text()), style),
    ]))
}
