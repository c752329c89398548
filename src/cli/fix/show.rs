//! What the user is shown of a fix before it is applied, and told after.

use super::record::{Outcome, Record};
use super::target::Target;
use crate::cli::Failure;
use crate::cli::voice::Voice;
use crate::fix::{EntryId, Plan};
use crate::model::{Class, Fix, Preview, Step, text::plain};
use crate::render::Style;

/// The finding, in one line.
pub(super) fn heading(voice: &Voice, target: &Target) -> Result<(), Failure> {
    let severity = target.finding.severity;
    let mark = voice.paint(severity.into(), severity.mark());
    let summary = voice.paint(Style::Strong, &target.finding.summary);
    Ok(voice.say(&format!("{mark} {summary}  {}", voice.paint(Style::Dim, target.check)))?)
}

/// The fix with all that it does.
pub(super) fn plan(voice: &Voice, fix: &Fix, plan: &Plan, steps: &[Preview]) -> Result<(), Failure> {
    let undoable = match (fix.class, plan.cannot_be_undone()) {
        (Class::Manual, _) => String::new(),
        (_, None) => ", can be undone".to_owned(),
        (_, Some(why)) => format!(", cannot be undone: {why}"),
    };
    let title = voice.paint(Style::Good, &fix.title);
    let seen = fix.awaits.as_ref().map(|what| format!(", seen after {what}")).unwrap_or_default();
    let class = voice.paint(Style::Dim, &format!("({}{undoable}{seen})", fix.class));
    voice.say(&format!("  {title}  {class}"))?;
    fix.steps.iter().zip(steps).try_for_each(|(step, preview)| one_step(voice, step, preview))
}

fn one_step(voice: &Voice, step: &Step, preview: &Preview) -> Result<(), Failure> {
    if let Step::Manual { text, command } = step {
        voice.note(Style::Dim, text)?;
        if let Some(command) = command {
            voice.note(Style::Command, command)?;
        }
        return Ok(());
    }
    match (&preview.refused, &preview.diff) {
        // How the fix ends tells why.
        (Some(_), _) => {}
        (None, Some(diff)) if diff.is_empty() => {}
        (None, Some(diff)) => voice.diff(diff)?,
        (None, None) => voice.note(Style::Command, &format!("$ {}", preview.target))?,
    }
    Ok(voice.through_sudo(&preview.sudo)?)
}

/// What else there is when the first fix cannot be applied.
pub(super) fn alternatives(voice: &Voice, target: &Target) -> Result<(), Failure> {
    for fix in target.finding.fixes.iter().skip(1) {
        voice.say(&format!("  or: {}", voice.paint(Style::Good, &fix.title)))?;
        for step in &fix.steps {
            if let Step::Manual { command: Some(command), .. } = step {
                voice.note(Style::Command, command)?;
            }
        }
    }
    Ok(())
}

/// How a fix ended, in one line, with the journal entry that can take it back.
pub(super) fn ending(voice: &Voice, record: &Record, takes_back: Option<EntryId>) -> Result<(), Failure> {
    let outcome = record.outcome;
    let word = voice.paint(outcome.style(), &format!("{} {}", outcome.mark(), outcome.id()));
    let detail = record.detail.as_ref().map(|detail| format!(": {}", plain(detail))).unwrap_or_default();
    let undo = match (takes_back, outcome) {
        (None, _) | (_, Outcome::Undone) => String::new(),
        (Some(id), _) => voice.paint(Style::Dim, &format!("  (gomedic undo {id})")),
    };
    Ok(voice.say(&format!("{word}  {}{detail}{undo}", plain(&record.title)))?)
}

/// How many ended how.
pub(super) fn counts(records: &[Record]) -> String {
    let counts = Outcome::ALL.into_iter().filter_map(|outcome| {
        let count = records.iter().filter(|record| record.outcome == outcome).count();
        (count > 0).then(|| format!("{count} {}", outcome.id()))
    });
    counts.collect::<Vec<_>>().join(", ")
}
