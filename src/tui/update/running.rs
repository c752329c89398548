use crate::model::Event;
use crate::tui::backend::Scope;
use crate::tui::effect::Effect;
use crate::tui::model::{Model, Notice};
use crate::tui::overlays::Overlay;

/// Runs all checks again.
pub(super) fn all(model: &mut Model) -> Effect {
    let expected = model.checks.iter().map(|check| check.id).collect();
    begin(model, expected, Scope::All)
}

/// Runs the selected check again, and what is linked with it.
pub(super) fn around_selected(model: &mut Model) -> Vec<Effect> {
    if matches!(model.overlays.last(), Some(Overlay::Manual(_))) {
        model.overlays.pop();
    }
    let Some(check) = model.selected().map(|selected| selected.check()) else { return vec![all(model)] };
    if model.runs.current.is_some() {
        model.notice = Some(Notice::plain("The checks are still running; R begins anew."));
        return Vec::new();
    }
    vec![begin(model, vec![check], Scope::Around(check))]
}

fn begin(model: &mut Model, expected: Vec<&'static str>, scope: Scope) -> Effect {
    // What was traced may have changed, too.
    model.traces.clear();
    Effect::Start { run: model.runs.begin(expected), scope }
}

/// Takes in what a run told. An abandoned run is not listened to.
pub(super) fn told(model: &mut Model, run: u64, event: Event) -> Vec<Effect> {
    if run == model.runs.newest {
        model.runs.tell(event, model.now);
    }
    Vec::new()
}

/// A run's channel closed.
pub(super) fn closed(model: &mut Model, run: u64) -> Vec<Effect> {
    if run == model.runs.newest {
        model.runs.close();
    }
    Vec::new()
}
