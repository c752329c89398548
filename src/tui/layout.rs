//! Where things are. The view draws by it and the mouse is read by it, so
//! the two cannot disagree.

use ratatui::layout::{Rect, Size};

/// The smallest window that everything fits into.
pub(super) const SMALLEST: Size = Size { width: 60, height: 16 };

/// From this width on there are three columns.
const WIDE: u16 = 120;

/// The places of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Areas {
    /// How they are arranged.
    pub(super) shape: Shape,
    /// The machine and the progress.
    pub(super) header: Rect,
    /// The verdict and the counts.
    pub(super) verdict: Rect,
    /// The layers.
    pub(super) layers: Rect,
    /// The line above the list, with its title.
    pub(super) list_rule: Rect,
    /// The rows of the list.
    pub(super) list: Rect,
    /// The line above the pane, with its title.
    pub(super) pane_rule: Rect,
    /// The tabs.
    pub(super) tabs: Rect,
    /// The content of the pane.
    pub(super) pane: Rect,
    /// The line that says what came of something; without height when there
    /// is nothing to say.
    pub(super) notice: Rect,
    /// The keys.
    pub(super) footer: Rect,
}

/// How a window is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Layers, list and pane side by side.
    Columns,
    /// A line of layers, the list, the pane below it.
    Stacked,
}

/// The places in a window of this size, or None when it is too small.
/// `notices` is the number of lines (0 or 1) that the notice takes.
pub(super) fn areas(size: Size, notices: u16) -> Option<Areas> {
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        return None;
    }
    let line = |y: u16, height: u16| Rect::new(0, y, size.width, height);
    let footer = line(size.height - 1, 1);
    let notice = line(size.height - 1 - notices, notices);
    let (header, verdict) = (line(0, 1), line(1, 1));
    let body = line(2, notice.y - 2);
    let shape = if size.width >= WIDE { Shape::Columns } else { Shape::Stacked };
    let frame = Areas {
        shape,
        header,
        verdict,
        layers: body,
        list_rule: body,
        list: body,
        pane_rule: body,
        tabs: body,
        pane: body,
        notice,
        footer,
    };
    Some(match shape {
        Shape::Columns => columns(frame, body),
        Shape::Stacked => stacked(frame, body),
    })
}

/// Three columns, with one column between them for the line.
fn columns(frame: Areas, body: Rect) -> Areas {
    let layers = if body.width >= 160 { 26 } else { 21 };
    let list = (body.width - layers - 2) / 2;
    let rule = |x, width| Rect::new(x, body.y, width, 1);
    let below = |x, width| Rect::new(x, body.y + 1, width, body.height - 1);
    let list_x = layers + 1;
    let pane_x = list_x + list + 1;
    let pane = below(pane_x, body.width - pane_x);
    Areas {
        layers: below(0, layers),
        list_rule: rule(list_x, list),
        list: below(list_x, list),
        pane_rule: rule(pane_x, pane.width),
        tabs: Rect { height: 1, ..pane },
        pane: Rect { x: pane.x + 1, y: pane.y + 2, width: pane.width - 3, height: pane.height - 2 },
        ..frame
    }
}

/// Columns that the tabs take in a rule.
pub(super) const TABS: u16 = 39;

fn stacked(frame: Areas, body: Rect) -> Areas {
    let line = |y: u16, height: u16| Rect::new(0, y, body.width, height);
    let content = body.height - 3;
    let list = (content * 2 / 5).max(4);
    let list_y = body.y + 2;
    let pane_y = list_y + list;
    let pane = line(pane_y + 1, content - list);
    Areas {
        layers: line(body.y, 1),
        list_rule: line(body.y + 1, 1),
        list: line(list_y, list),
        pane_rule: line(pane_y, 1),
        tabs: Rect::new(body.width - TABS, pane_y, TABS, 1),
        pane: Rect { x: 1, width: pane.width - 3, ..pane },
        ..frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_inside_the_window() {
        for width in 1..=250 {
            for height in 1..=80 {
                let window = Rect::new(0, 0, width, height);
                for notices in 0..=1 {
                    let Some(areas) = areas(window.as_size(), notices) else {
                        assert!(width < SMALLEST.width || height < SMALLEST.height);
                        continue;
                    };
                    let Areas { header, verdict, layers, list_rule, list, pane_rule, tabs, pane, footer, .. } = areas;
                    for place in [header, verdict, layers, list_rule, list, pane_rule, tabs, pane, footer] {
                        assert_eq!(window.intersection(place), place, "{width}x{height}");
                        assert!(!place.is_empty(), "{width}x{height}");
                    }
                    assert!(!list.intersects(pane) && !pane.intersects(footer) && !tabs.intersects(pane));
                }
            }
        }
    }
}
