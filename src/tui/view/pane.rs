//! The pane: what is selected, tab by tab.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{put_lines, rule, scrollbar, tabs};
use crate::tui::layout::{Areas, Shape};
use crate::tui::model::{Model, Selected};
use crate::tui::panes;
use crate::tui::text::span;

pub(super) fn draw(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let (title, remark) = title(model);
    match areas.shape {
        Shape::Columns => rule::titled(model, areas.pane_rule, title, remark, buffer),
        Shape::Stacked => {
            let beside_tabs = Rect { width: areas.tabs.x, ..areas.pane_rule };
            rule::plain(model, areas.pane_rule, buffer);
            rule::titled(model, beside_tabs, title, Line::default(), buffer);
        }
    }
    tabs::draw(model, areas.tabs, buffer);
    let lines = panes::lines(model, areas.pane.width);
    put_lines(&lines, model.pane.scroll, areas.pane, buffer);
    let bar = Rect { x: areas.pane.right() + 1, width: 1, ..areas.pane };
    scrollbar(&model.theme, lines.len(), model.pane.scroll, bar, buffer);
}

/// The id of the check, and how bad it is in which layer.
fn title(model: &Model) -> (Line<'static>, Line<'static>) {
    let theme = &model.theme;
    let Some(selected) = model.selected() else {
        return (Line::from(Span::styled(" What is checked ", theme.heading.style())), Line::default());
    };
    let id = span(&format!(" {} ", selected.check()), theme.heading.style());
    let (state, style) = match selected {
        Selected::Finding(_, finding) => (finding.severity.id(), theme.severity(finding.severity)),
        Selected::Outcome(report) => (report.status.id(), theme.status(report.status)),
        Selected::Pending(_) => ("pending", theme.dim.style()),
        Selected::Done(_) => ("fixed", theme.passed.style()),
    };
    let mut remark = vec![Span::styled(format!(" {state}"), style)];
    if let Some(check) = model.check(selected.check()) {
        remark.push(Span::styled(format!(" · {} ", check.layer.id()), theme.dim.style()));
    }
    (Line::from(id), Line::from(remark))
}
