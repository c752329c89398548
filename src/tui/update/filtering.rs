use crate::model::{Layer, Summary};
use crate::tui::model::{Model, Notice, Show, Stratum, strata};

/// Shows one layer that has something to show, then the next, then all.
pub(super) fn next_layer(model: &mut Model) {
    let worth = |stratum: &Stratum| model.list.show == Show::All || has_problem(stratum);
    let layers: Vec<Layer> =
        strata(model).iter().filter(|stratum| worth(stratum)).map(|stratum| stratum.layer).collect();
    if layers.is_empty() {
        model.notice = Some(Notice::plain("No layer has a problem."));
    }
    model.list.layer = match model.list.layer {
        None => layers.first().copied(),
        Some(now) => layers.into_iter().find(|layer| *layer > now),
    };
}

/// Shows this layer alone, or all again.
pub(super) fn toggle_layer(model: &mut Model, layer: Layer) {
    model.list.layer = if model.list.layer == Some(layer) { None } else { Some(layer) };
}

/// Shows only problems, or every check.
pub(super) fn problems_only(model: &mut Model) {
    model.list.show = match model.list.show {
        Show::Problems => Show::All,
        Show::All => Show::Problems,
    };
}

fn has_problem(stratum: &Stratum) -> bool {
    !matches!(stratum.summary, Summary { error: 0, warning: 0, info: 0, unknown: 0, .. })
}
