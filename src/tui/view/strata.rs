//! The layers as strata, outermost on top: a core sample at the left of a
//! wide window, one line of marks in a narrow one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::{mark, put, rule};
use crate::model::text::plain;
use crate::model::{Severity, Summary, absence};
use crate::tui::layout::{Areas, Shape};
use crate::tui::model::{Model, Stratum, strata};
use crate::tui::text::{line_width, spread};

/// The textures, from loose to dense.
const TEXTURES: [&str; 4] = ["░", "▒", "▓", "█"];

/// Rows that a stratum takes at most.
const THICKEST: usize = 6;

/// Where each layer is drawn. In columns the strata fill the height, like a
/// core sample.
pub(in crate::tui) fn places(model: &Model, areas: &Areas) -> Vec<(Stratum, Rect)> {
    let strata = strata(model);
    match areas.shape {
        Shape::Columns => stack(&strata, areas.layers),
        Shape::Stacked => {
            let widths = tokens(model, &strata, areas.layers.width).iter().map(line_width).collect::<Vec<_>>();
            let mut x = areas.layers.x;
            let mut places = Vec::new();
            for (stratum, width) in strata.into_iter().zip(widths) {
                let width = u16::try_from(width).unwrap_or(u16::MAX);
                places.push((stratum, Rect { x, width, ..areas.layers }.intersection(areas.layers)));
                x = x.saturating_add(width);
            }
            places
        }
    }
}

fn stack(strata: &[Stratum], area: Rect) -> Vec<(Stratum, Rect)> {
    let (count, height) = (strata.len().max(1), usize::from(area.height).min(strata.len() * THICKEST));
    let top = |at: usize| area.y + u16::try_from(at * height / count).unwrap_or(area.height);
    let strata = strata.iter().enumerate();
    strata.map(|(at, stratum)| (*stratum, Rect { y: top(at), height: top(at + 1) - top(at), ..area })).collect()
}

pub(super) fn draw(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    match areas.shape {
        Shape::Columns => core_sample(model, areas, buffer),
        Shape::Stacked => {
            let tokens = tokens(model, &strata(model), areas.layers.width);
            let line = Line::from(tokens.into_iter().flat_map(|token| token.spans).collect::<Vec<_>>());
            put(&line, areas.layers, buffer);
        }
    }
}

fn core_sample(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let title = Span::styled(" Layers ", model.theme.heading.style());
    let above = Rect { y: areas.list_rule.y, height: 1, ..areas.layers };
    rule::titled(model, above, Line::from(title), Line::default(), buffer);
    let places = places(model, areas);
    for (at, (stratum, place)) in places.iter().enumerate() {
        let texture = texture(model, stratum, at, places.len());
        let width = usize::from(place.width).saturating_sub(5);
        let size = size(model, stratum);
        let size = textwrap::wrap(&size, width.max(1));
        for (row, area) in place.rows().enumerate() {
            let mut line = Line::from(vec![Span::raw(" "), texture.clone(), texture.clone(), Span::raw(" ")]);
            match row {
                0 => line.spans.extend(spread(name(model, stratum), state(model, stratum), width).spans),
                below => {
                    line.extend(size.get(below - 1).map(|text| Span::styled(text.to_string(), model.theme.dim.style())))
                }
            }
            put(&line, area, buffer);
        }
    }
}

/// What a layer is made of; in the colour of the worst that was found in it.
fn texture(model: &Model, stratum: &Stratum, at: usize, of: usize) -> Span<'static> {
    let glyph = TEXTURES[(at * TEXTURES.len() / of.max(1)).min(TEXTURES.len() - 1)];
    let style = match stratum.summary {
        Summary { error: 1.., .. } => model.theme.severity(Severity::Error),
        Summary { warning: 1.., .. } => model.theme.severity(Severity::Warning),
        _ => model.theme.stratum(at, of),
    };
    Span::styled(glyph, style.remove_modifier(Modifier::BOLD))
}

fn name(model: &Model, stratum: &Stratum) -> Line<'static> {
    Line::from(Span::styled(stratum.layer.title(), name_style(model, stratum)))
}

fn name_style(model: &Model, stratum: &Stratum) -> Style {
    let theme = &model.theme;
    match model.list.layer {
        Some(only) if only == stratum.layer => theme.accent.style().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Some(_) => theme.dim.style(),
        None => theme.text.style(),
    }
}

fn size(model: &Model, stratum: &Stratum) -> String {
    if stratum.pending == 0
        && let Some(why) = absence(model.runs.reports().iter().filter(|report| report.layer == stratum.layer))
    {
        return plain(why).into_owned();
    }
    match stratum.pending {
        0 => crate::model::text::count(stratum.checks, "check"),
        pending => format!("{} of {}", stratum.checks.saturating_sub(pending), stratum.checks),
    }
}

/// What was found so far, and whether more may come.
fn state(model: &Model, stratum: &Stratum) -> Line<'static> {
    let mut line = Line::default();
    for (glyph, count, style) in mark::counts(&model.theme, &stratum.summary) {
        let gap = if line.spans.is_empty() { "" } else { " " };
        line.push_span(Span::styled(format!("{gap}{glyph}{count}"), style));
    }
    if stratum.pending > 0 {
        line.push_span(Span::raw(" "));
        line.push_span(mark::spinner(model));
    } else if line.spans.is_empty() {
        line.push_span(mark::status(&model.theme, stratum.status()));
    }
    line
}

/// The worst in one glyph.
fn worst(model: &Model, stratum: &Stratum) -> Span<'static> {
    let counts = mark::counts(&model.theme, &stratum.summary);
    match counts.first() {
        Some((glyph, _, style)) => Span::styled(*glyph, *style),
        None if stratum.pending > 0 => mark::spinner(model),
        None => mark::status(&model.theme, stratum.status()),
    }
}

/// The layers in a line, with names as long as there is room for.
fn tokens(model: &Model, strata: &[Stratum], width: u16) -> Vec<Line<'static>> {
    let with_names = |longest: usize| -> Vec<Line<'static>> {
        let tokens = strata.iter().enumerate();
        tokens.map(|(at, stratum)| token(model, stratum, longest, texture(model, stratum, at, strata.len()))).collect()
    };
    [usize::MAX, 4, 3]
        .into_iter()
        .map(with_names)
        .find(|tokens| tokens.iter().map(line_width).sum::<usize>() < usize::from(width))
        .unwrap_or_else(|| with_names(2))
}

fn token(model: &Model, stratum: &Stratum, longest: usize, texture: Span<'static>) -> Line<'static> {
    let title = stratum.layer.title();
    let name: String = title.chars().take(longest).collect();
    let name = Span::styled(name, name_style(model, stratum));
    // The textures need room; short names go without.
    let lead = if longest == usize::MAX { vec![Span::raw(" "), texture] } else { vec![Span::raw(" ")] };
    let gap = if longest >= 4 { " " } else { "" };
    let mut spans = lead;
    spans.extend([name, Span::raw(gap), worst(model, stratum)]);
    Line::from(spans)
}
