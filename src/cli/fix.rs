use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;

use super::check::Which;
use super::machine::HostChoice;
use super::mend::{Mended, Mender, Outcome};
use super::{Failure, Globals, Out, ask};
use crate::checks;
use crate::engine::SelectError;
use crate::model::{Class, Finding, Fix, Report, forest};
use crate::render::{self, Style};

/// Apply the fixes of findings, after showing the plan and asking.
///
/// Without an ID, every safe fix is meant. Each fix is shown as a diff first,
/// written to a journal, applied, and proven by looking again; `gomedic undo`
/// takes it back.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// Fix what these checks found.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Show what would be done, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: for safe fixes, and for others only where their ID is named.
    #[arg(long)]
    yes: bool,
    /// The form of the result.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Send nothing over the network.
    #[arg(long)]
    offline: bool,
    /// How long to wait for any one thing, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = super::check::seconds)]
    timeout: std::time::Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// One fix in `--format json`.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    key: String,
    title: String,
    outcome: Outcome,
    journal: Option<String>,
    detail: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When an ID is unknown or the machine cannot be read.
pub(super) fn run(args: &Args, globals: &Globals, out: Out) -> Result<ExitCode, Failure> {
    if let Some(unknown) = args.ids.iter().find(|id| checks::find(id).is_none()) {
        return Err(SelectError::unknown(unknown).into());
    }
    let which = Which { offline: args.offline, timeout: args.timeout, ..Which::all() };
    let choice = HostChoice::new(globals, None, which.network(), which.timeout);
    let mender = Mender { choice, options: which.options(), checks: checks::all() };
    let mut report = mender.look().map_err(Failure::Other)?;

    let mut lines = Vec::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    // Each fix may change what the others are about: the next one is taken
    // from the newest report.
    while let Some((id, finding, fix)) = next(&report, args, &seen) {
        seen.insert((id.to_owned(), finding.key.clone()));
        let mended = mend_one(args, out, &mender, &report, (id, &finding, &fix))?;
        if args.format == Format::Text {
            out.write(&told(&mended, out))?;
        }
        lines.push(Line {
            id: id.to_owned(),
            key: finding.key,
            title: fix.title,
            outcome: mended.outcome,
            journal: mended.entry.map(|entry| entry.to_string()),
            detail: mended.detail,
        });
        if let Some(after) = mended.after {
            report = after;
        }
    }
    finish(args, out, &lines, &report)
}

/// The next finding that is meant and was not tried yet, with its first fix;
/// causes before effects.
fn next(report: &Report, args: &Args, seen: &BTreeSet<(String, String)>) -> Option<(&'static str, Finding, Fix)> {
    let mut branches: Vec<_> = forest(&report.checks).into_iter().rev().collect();
    while let Some(branch) = branches.pop() {
        let (id, finding) = (branch.check.id, branch.finding);
        branches.extend(branch.effects.into_iter().rev());
        let Some(fix) = finding.fixes.first() else { continue };
        let meant = if args.ids.is_empty() { fix.class == Class::Safe } else { args.ids.iter().any(|name| name == id) };
        if meant && !seen.contains(&(id.to_owned(), finding.key.clone())) {
            return Some((id, finding.clone(), fix.clone()));
        }
    }
    None
}

fn mend_one(
    args: &Args,
    out: Out,
    mender: &Mender,
    report: &Report,
    (id, finding, fix): (&str, &Finding, &Fix),
) -> Result<Mended, Failure> {
    if args.format == Format::Text {
        out.write(&render::fix_plan(id, finding, fix, out.paint))?;
    }
    if fix.class == Class::Manual {
        return Ok(Mended::not(Outcome::Declined, "this is for you to do"));
    }
    if args.dry_run {
        return Ok(Mended::not(Outcome::Declined, "only shown: --dry-run"));
    }
    if let Some(refused) = fix.preview.iter().find_map(|step| step.refused.as_ref()) {
        return Ok(Mended::not(Outcome::Failed, refused));
    }
    let agreed = args.yes && (fix.class == Class::Safe || args.ids.iter().any(|name| name == id));
    let agreed = if agreed { Some(true) } else { ask::yes("Apply?") };
    Ok(match agreed {
        Some(true) => mender.mend(report, id, finding, fix),
        Some(false) => Mended::not(Outcome::Declined, "you said no"),
        None if args.yes => Mended::not(
            Outcome::Declined,
            format!("a {} fix is applied only by name: gomedic fix {id} --yes", fix.class),
        ),
        None => Mended::not(Outcome::Declined, "there is no terminal to ask on; --yes agrees"),
    })
}

/// How a fix ended, in a line.
fn told(mended: &Mended, out: Out) -> String {
    let detail = mended.detail.as_deref().unwrap_or_default();
    let (style, text) = match mended.outcome {
        Outcome::Resolved => (Style::Good, "✔ resolved".to_owned()),
        Outcome::Pending => (Style::Good, format!("◔ done; it is seen after {detail}")),
        Outcome::Unchanged => (Style::Warning, format!("▲ unchanged: {detail}")),
        Outcome::Worse => (Style::Error, format!("✖ worse: {detail}")),
        Outcome::Failed => (Style::Error, format!("✖ not applied: {detail}")),
        Outcome::Declined => (Style::Dim, format!("– not applied: {detail}")),
    };
    let undo = mended.entry.map(|entry| format!("  gomedic undo {entry} takes it back")).unwrap_or_default();
    format!("{}{}\n", out.paint.apply(style, &text), out.paint.apply(Style::Dim, &undo))
}

fn finish(args: &Args, out: Out, lines: &[Line], report: &Report) -> Result<ExitCode, Failure> {
    match args.format {
        Format::Json => {
            let whole = serde_json::json!({ "schema": "gomedic/1", "fixes": lines });
            out.write(&serde_json::to_string_pretty(&whole).map_err(|error| Failure::Other(error.to_string()))?)?;
        }
        Format::Text if lines.is_empty() => out.write(&nothing_to_do(args, report))?,
        Format::Text => {}
    }
    let done = |line: &Line| matches!(line.outcome, Outcome::Resolved | Outcome::Pending);
    let named = |id: &str| args.ids.iter().any(|name| name == id);
    let settled = |id: &str, key: &str| lines.iter().any(|line| line.id == id && line.key == key && done(line));
    let left = report.findings().any(|(check, finding)| {
        let meant = if args.ids.is_empty() {
            finding.fixes.first().is_some_and(|fix| fix.class == Class::Safe)
        } else {
            named(check.id)
        };
        meant && !settled(check.id, &finding.key)
    });
    Ok(ExitCode::from(u8::from(left)))
}

fn nothing_to_do(args: &Args, report: &Report) -> String {
    if !args.ids.is_empty() {
        return format!("Nothing to fix: {} found nothing that can be fixed.", args.ids.join(", "));
    }
    let others = report.findings().filter(|(_, finding)| !finding.fixes.is_empty()).count();
    match others {
        0 => "Nothing to fix.".to_owned(),
        n => format!("No safe fix is left; {n} more can be fixed by name: gomedic fix ID."),
    }
}
