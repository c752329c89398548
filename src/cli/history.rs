use std::process::ExitCode;

use clap::ValueEnum;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::ask::Terminal;
use super::check::Which;
use super::machine::HostChoice;
use super::voice::Voice;
use super::{Failure, Globals, Out, recovered};
use crate::fix::{Act, Entry, History, Phase, StateFolder};
use crate::host::Machine;
use crate::render::{self, Style};

/// List the fixes that were applied, newest first.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The form of the list.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
///
/// # Errors
/// When the journal cannot be read.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    let state = StateFolder::of_user()
        .ok_or_else(|| Failure::Other("there is no home folder with a journal in it".to_owned()))?;
    let voice = match args.format {
        Format::Text => Voice::on_output(out),
        Format::Json => Voice::on_error(globals.color),
    };
    recovered::offer(&state, &voice, &mut Terminal)?;
    let history = state.history().map_err(|error| Failure::Other(error.to_string()))?;
    let which = Which::all();
    let host = HostChoice::new(globals, None, which.network(), which.timeout).open()?;
    match args.format {
        Format::Text => table(&history, host.machine(), &voice)?,
        Format::Json => {
            let text = render::pretty(&listed(&history)).map_err(|error| Failure::Other(error.to_string()))?;
            out.write(&text)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn table(history: &History, machine: &Machine, voice: &Voice) -> Result<(), Failure> {
    if history.entries.is_empty() {
        return Ok(voice.say("No fix was applied yet.")?);
    }
    for entry in &history.entries {
        let state = state(entry);
        let style = match entry.phase {
            Phase::Applied => Style::Good,
            Phase::Undone => Style::Dim,
            Phase::Intended | Phase::Undoing => Style::Warning,
        };
        let when = entry.about.when.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
        voice.say(&format!(
            "{}  {when}  {}  {}  {}",
            voice.paint(Style::Strong, &format!("{:<18}", entry.id.to_string())),
            voice.paint(style, &format!("{state:<11}")),
            voice.paint(Style::Dim, &entry.about.check),
            crate::model::text::plain(&entry.about.title),
        ))?;
        for target in about(entry, machine) {
            voice.note(Style::Dim, &format!("{:18}{target}", ""))?;
        }
    }
    Ok(())
}

/// The word for how far an entry has come.
fn state(entry: &Entry) -> &'static str {
    match entry.phase {
        Phase::Applied => "applied",
        Phase::Undone => "undone",
        Phase::Intended | Phase::Undoing => "interrupted",
    }
}

/// What an entry has changed and run.
fn about(entry: &Entry, machine: &Machine) -> Vec<String> {
    entry
        .acts
        .iter()
        .map(|recorded| match &recorded.act {
            Act::Change(change) => machine.tilde(&change.target),
            Act::Run(command) => format!("$ {}", command.line()),
        })
        .collect()
}

fn listed(history: &History) -> Value {
    let entries: Vec<Value> = history
        .entries
        .iter()
        .map(|entry| {
            let acts: Vec<Value> = entry
                .acts
                .iter()
                .map(|recorded| match &recorded.act {
                    Act::Change(change) => json!({ "act": "change", "target": change.target }),
                    Act::Run(command) => json!({ "act": "run", "target": command.line() }),
                })
                .collect();
            json!({
                "id": entry.id,
                "when": entry.about.when,
                "state": state(entry),
                "check": entry.about.check,
                "key": entry.about.key,
                "title": entry.about.title,
                "undoable": entry.cannot_be_undone().is_none(),
                "acts": acts,
            })
        })
        .collect();
    let damaged: Vec<Value> =
        history.damaged.iter().map(|damaged| json!({ "id": damaged.id, "why": damaged.why })).collect();
    json!({ "schema": "gomedic/1", "entries": entries, "damaged": damaged })
}
