//! Where a variable or a command comes from, context by context.

mod command;
mod levels;
mod package;
mod path_entry;
mod process;
mod sight;
mod variable;
mod windows;

use self::sight::{Sight, sights};
use super::Probing;
use super::shell::RcFiles;
use crate::model::{Context, Missing, Subject, Trace, TraceRow, TraceWriter, mask};

/// What each context makes of `name`: the value with every line that set it,
/// the order in which Go looks for a setting, the files that a command's name
/// may stand for.
#[must_use]
pub fn trace(probing: &Probing, name: &str) -> Trace {
    let rc = probing.get::<RcFiles>();
    let mut trace = Trace { notes: notes(rc.as_deref().map_err(Clone::clone)), ..Trace::empty(name) };
    let Ok(rc) = rc else { return trace };
    let sights = sights(probing);
    match trace.subject.clone() {
        Subject::Variable => {
            // Windows is asked while the others are looked at.
            let (rows, windows) = std::thread::scope(|scope| {
                let windows = scope.spawn(|| windows::row(probing, name));
                let rows = sights.iter().map(|sight| variable::row(probing, &rc, sight, name)).collect();
                (rows, windows.join().unwrap_or_default())
            });
            trace.rows = rows;
            trace.rows.extend(windows);
            if let Some((context, levels)) = levels::levels(probing, name) {
                (trace.go_context, trace.go) = (Some(context), levels);
            }
        }
        Subject::PathEntry(folder) => {
            trace.rows = sights.iter().map(|sight| path_entry::row(&rc, sight, &folder)).collect();
        }
        Subject::Command => {
            trace.candidates = command::candidates(probing, &rc, &sights, name);
            trace.rows = sights.iter().map(|sight| command::row(&trace.candidates, sight)).collect();
            trace.candidates.extend(windows::candidate(probing, name));
        }
    }
    mark_differences(&mut trace.rows);
    windows::mark(probing, &mut trace.rows);
    hide_secrets(&mut trace);
    trace
}

/// What limits the whole trace.
fn notes(rc: Result<&RcFiles, Missing>) -> Vec<String> {
    let trace = match rc {
        Ok(rc) => rc.start_trace().map_err(Clone::clone),
        Err(missing) => Err(missing),
    };
    match trace {
        Err(missing) => vec![format!(
            "No start of the shell could be traced ({}): the lines are told from the text of the files alone.",
            missing.detail
        )],
        Ok(trace) => trace
            .broken_off
            .iter()
            .map(|origin| {
                let file = origin.file.as_ref().map(|file| format!(" in {}", file.display())).unwrap_or_default();
                let line = origin.line.map(|line| format!(":{line}")).unwrap_or_default();
                let what = match trace.deadline {
                    Some(deadline) => format!("was not done within {} ms", deadline.as_millis()),
                    None => "did not come to its end".to_owned(),
                };
                format!("The traced shell {what}: the last command that was seen is `{}`{file}{line}.", origin.command)
            })
            .collect(),
    }
}

/// Marks the rows whose value is not the one that most rows have.
fn mark_differences(rows: &mut [TraceRow]) {
    let here = |row: &&TraceRow| row.context != Context::Windows;
    let values: Vec<Option<String>> = rows.iter().filter(here).filter_map(|row| row.value.clone().ok()).collect();
    let count = |value: &Option<String>| values.iter().filter(|other| *other == value).count();
    let Some(most) = values.iter().max_by_key(|value| count(value)).cloned() else { return };
    for row in rows {
        row.differs = row.value.as_ref().is_ok_and(|value| *value != most);
    }
}

/// Values go to the screen and into reports.
fn hide_secrets(trace: &mut Trace) {
    let name = trace.name.clone();
    let hide = |value: &mut String| {
        let line = format!("{name}={value}");
        if let Some(masked) = mask(&line).strip_prefix(&format!("{name}=")) {
            *value = masked.to_owned();
        }
    };
    for row in &mut trace.rows {
        row.value.iter_mut().flatten().for_each(hide);
        for writer in &mut row.writers {
            writer.text = mask(&writer.text).into_owned();
            writer.value.iter_mut().for_each(hide);
        }
    }
    trace.go.iter_mut().filter_map(|level| level.value.as_mut()).for_each(hide);
    for note in &mut trace.notes {
        *note = mask(note).into_owned();
    }
}

/// The last writer that left this value wins.
fn mark_winner(writers: &mut [TraceWriter], value: Option<&str>) {
    let winner = writers.iter_mut().rev().find(|writer| value.is_some() && writer.value.as_deref() == value);
    if let Some(winner) = winner {
        winner.wins = true;
    }
}
