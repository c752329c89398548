//! The top line: the machine, and how far the run is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{mark, put};
use crate::model::HostSummary;
use crate::tui::model::{Model, Run};
use crate::tui::text::{seconds, span, spread};

/// Probes younger than this are not named: most end before an eye could read.
const WORTH_NAMING: std::time::Duration = std::time::Duration::from_millis(250);

pub(super) fn draw(model: &Model, area: Rect, buffer: &mut Buffer) {
    let theme = &model.theme;
    let mut left = vec![Span::styled(" gomedic ", theme.brand.style()), Span::raw(" ")];
    left.extend(machine(model));
    let mut right = match &model.runs.current {
        Some(run) => running(model, run),
        None => over(model),
    };
    right.push(Span::raw(" "));
    put(&spread(Line::from(left), Line::from(right), area.width.into()), area, buffer);
}

fn machine(model: &Model) -> Vec<Span<'static>> {
    let (host, theme) = (&model.runs.shown.host, &model.theme);
    let mut spans = Vec::new();
    for part in parts(host) {
        if !spans.is_empty() {
            spans.push(Span::styled(" · ", theme.dim.style()));
        }
        spans.push(span(&part, theme.text.style()));
    }
    if let Some(recorded) = &host.recorded {
        spans.push(span(&format!("  recorded: {recorded}"), theme.accent.style()));
    }
    spans
}

fn parts(host: &HostSummary) -> Vec<String> {
    let system = match (&host.distro, &host.wsl) {
        (Some(distro), Some(wsl)) => Some(format!("{distro} on {wsl}")),
        (Some(distro), None) => Some(distro.clone()),
        (None, _) => (!host.os.is_empty()).then(|| host.os.clone()),
    };
    [&system, &host.windows, &host.go, &host.shell, &host.folder].into_iter().flatten().cloned().collect()
}

fn running(model: &Model, run: &Run) -> Vec<Span<'static>> {
    let theme = &model.theme;
    let (done, all) = (run.told.checks.len(), run.told.expected.len());
    let mut spans = vec![mark::spinner(model), Span::styled(format!(" checking {done}/{all}"), theme.accent.style())];
    if let Some((probe, since)) = run.probes.first() {
        let age = model.now.saturating_sub(*since);
        if age >= WORTH_NAMING {
            spans.push(span(&format!(" · {} {}", probe.replace('-', " "), seconds(age)), theme.dim.style()));
        }
    }
    spans
}

fn over(model: &Model) -> Vec<Span<'static>> {
    let text = match model.runs.shown.took {
        Some(took) => format!("checked {} in {}", model.runs.reports().len(), seconds(took)),
        None => "the run ended early".to_owned(),
    };
    vec![Span::styled(text, model.theme.dim.style())]
}
