use std::path::Path;

use super::Sight;
use crate::host::Environment;
use crate::model::{Context, Evidence, TraceRow, TraceWriter};
use crate::probes::shell::RcFiles;

/// Whether one context's PATH has a folder, and what put it there.
pub(super) fn row(rc: &RcFiles, sight: &Sight, folder: &Path) -> TraceRow {
    let context = sight.context;
    let value = sight.environment.as_ref().map_err(Clone::clone);
    let value = value.map(|environment| place(environment, folder));
    let writer = match &sight.environment {
        Ok(environment) if matches!(value, Ok(Some(_))) => writer(rc, context, environment, folder),
        _ => None,
    };
    let seen = rc.seen_on_path(folder, context).is_some() && !context.is_already_running();
    let certain = value.is_ok() && (seen || matches!(value, Ok(None)));
    TraceRow { context, value, certain, writers: writer.into_iter().collect(), differs: false }
}

/// `entry 3 of 12`.
fn place(environment: &Environment, folder: &Path) -> Option<String> {
    let entries = environment.path_entries();
    let at = entries.iter().position(|entry| is(entry, folder))?;
    Some(format!("entry {} of {}", at + 1, entries.len()))
}

/// What put it there, as far as it can be told.
pub(super) fn writer(rc: &RcFiles, context: Context, environment: &Environment, folder: &Path) -> Option<TraceWriter> {
    if context == Context::NonInteractive {
        return None;
    }
    let is_traced = rc.start_trace().is_ok_and(|trace| trace.complete.contains(&Context::Interactive));
    let evidence = match rc.seen_on_path(folder, context) {
        Some(seen) => seen.evidence,
        None if is_traced => Evidence::new("before the first file", "given by the login: PAM, systemd, a container"),
        None => rc.path_writer(folder, context, environment)?.evidence(),
    };
    Some(TraceWriter { source: evidence.source, text: evidence.observed, value: None, wins: true })
}

fn is(entry: &str, folder: &Path) -> bool {
    Path::new(entry.trim_end_matches('/')) == Path::new(folder.to_string_lossy().trim_end_matches('/'))
}
