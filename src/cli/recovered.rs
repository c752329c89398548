//! Tells what an interrupted gomedic has left, and offers the ways on.

use jiff::Timestamp;

use super::Failure;
use super::ask::Ask;
use super::voice::Voice;
use crate::fix::{self, Interrupted, OnTerminal, Phase, Rights, StateFolder};
use crate::render::Style;

/// Settles what is clear and asks about the rest. Without a terminal the rest
/// is only told.
pub(super) fn offer(state: &StateFolder, voice: &Voice, ask: &mut dyn Ask) -> Result<(), Failure> {
    let recovery = match fix::recover(state, Timestamp::now()) {
        Ok(recovery) => recovery,
        // What comes next will need the journal and say so; reading alone does
        // not.
        Err(error) => return Ok(voice.note(Style::Warning, &error.to_string())?),
    };
    for entry in &recovery.settled {
        let what = match entry.phase {
            Phase::Applied => "was interrupted when all was done: it is applied",
            Phase::Undone => "was interrupted when all was taken back: it is undone",
            Phase::Intended | Phase::Undoing => "was interrupted before anything was done: it is dropped",
        };
        voice.note(Style::Dim, &format!("{} ({}) {what}.", entry.about.title, entry.id))?;
    }
    for damaged in &recovery.damaged {
        voice.note(Style::Warning, &format!("Journal entry {} is damaged: {}", damaged.id, damaged.why))?;
    }
    for interrupted in &recovery.interrupted {
        decide(state, interrupted, voice, ask)?;
    }
    Ok(())
}

fn decide(state: &StateFolder, interrupted: &Interrupted, voice: &Voice, ask: &mut dyn Ask) -> Result<(), Failure> {
    let entry = &interrupted.entry;
    let what = if entry.phase == Phase::Undoing { "Undoing" } else { "Applying" };
    let title = format!("{what} was interrupted: {} ({})", entry.about.title, entry.id);
    voice.say(&voice.paint(Style::Warning, &title))?;
    for part in &interrupted.parts {
        voice.note(Style::Dim, &format!("{}: {}", part.what, part.stage.title()))?;
    }
    if entry.rights() == Rights::Sudo {
        voice.note(Style::Dim, "Finishing and undoing it need root's rights, through sudo.")?;
    }
    let now = Timestamp::now();
    let done = match ask
        .ask("[f]inish it, [u]ndo it, [d]rop it from the journal and leave all as it is, or [l]ater:")
        .as_deref()
    {
        Some("f" | "finish") => {
            fix::finish(state, entry.id, &OnTerminal, now).map_err(|error| error.to_string()).map(|_| "It is finished.")
        }
        Some("u" | "undo") => {
            fix::undo(state, entry.id, &OnTerminal, now).map_err(|error| error.to_string()).map(|_| "It is undone.")
        }
        Some("d" | "drop") => {
            fix::leave(state, entry.id, now).map_err(|error| error.to_string()).map(|()| "It is dropped.")
        }
        _ => Ok("It is left for later: gomedic undo ID takes it back."),
    };
    match done {
        Ok(text) => voice.note(Style::Dim, &text.replace("ID", &entry.id.to_string()))?,
        Err(why) => voice.note(Style::Error, &why)?,
    }
    Ok(())
}
