use std::sync::Arc;

use crate::host::Environment;
use crate::model::{Context, Missing};
use crate::probes::Probing;

/// One context's environment.
pub(super) struct Sight {
    pub(super) context: Context,
    pub(super) environment: Result<Arc<Environment>, Missing>,
}

/// All contexts that are there: an editor that does not run has no sight.
pub(super) fn sights(probing: &Probing) -> Vec<Sight> {
    let ask = |context| Sight { context, environment: probing.host().environment(context) };
    let sights = std::thread::scope(|scope| {
        let asked: Vec<_> = Context::TRACED.map(|context| (context, scope.spawn(move || ask(context)))).into();
        let lost = |context| Sight { context, environment: Err(Missing::failed("asking failed inside")) };
        asked.into_iter().map(|(context, asked)| asked.join().unwrap_or_else(|_| lost(context))).collect::<Vec<_>>()
    });
    let is_there = |sight: &Sight| !sight.environment.as_ref().is_err_and(Missing::is_absent);
    sights.into_iter().filter(is_there).collect()
}
