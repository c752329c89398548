//! What would be done about a finding, to the last line.

use ratatui::text::{Line, Span};

use super::{Sheet, diff};
use crate::model::{Class, Finding, Fix, Inverse, Preview, Privilege, Step};
use crate::tui::command::argv_line;
use crate::tui::model::{Model, Selected};
use crate::tui::text::span;

/// Writes all fixes of what is selected; the one in view is set off.
pub(super) fn write(model: &Model, selected: Selected<'_>, sheet: &mut Sheet<'_>) {
    match selected {
        Selected::Finding(_, finding) => all(model, finding, sheet),
        Selected::Done(done) => {
            sheet.bold(&done.title);
            sheet.dim(&format!("applied, journal entry {}", done.entry));
            sheet.gap();
            if let Some(fix) = done.finding.fixes.iter().find(|fix| fix.title == done.title) {
                steps(fix, sheet);
            }
        }
        Selected::Outcome(_) | Selected::Pending(_) => sheet.dim("There is nothing to fix."),
    }
}

fn all(model: &Model, finding: &Finding, sheet: &mut Sheet<'_>) {
    if finding.fixes.is_empty() {
        sheet.plain("No fix is known for this on this machine. Explain says what can be done.");
    }
    let several = finding.fixes.len() > 1;
    for (at, fix) in finding.fixes.iter().enumerate() {
        let in_view = at == model.pane.fix;
        let lead = match (several, in_view) {
            (false, _) => String::new(),
            (true, true) => format!("▸ {} ", at + 1),
            (true, false) => format!("  {} ", at + 1),
        };
        let title = if in_view { sheet.theme.accent.style() } else { sheet.theme.dim.style() };
        sheet.line(Line::from(vec![span(&lead, title), span(&fix.title, title)]), lead.chars().count());
        plan(fix, sheet);
        sheet.gap();
    }
}

/// Writes what applying `fix` takes, and its steps.
pub(in crate::tui) fn plan(fix: &Fix, sheet: &mut Sheet<'_>) {
    sheet.dim(&terms(fix));
    sheet.gap();
    steps(fix, sheet);
}

/// "safe · can be undone · seen after a new shell".
fn terms(fix: &Fix) -> String {
    let mut terms = vec![
        match fix.class {
            Class::Safe => "safe",
            Class::Review => "asks first",
            Class::Root => "needs root, asks first",
            Class::Manual => "by hand: gomedic does not run it",
        }
        .to_owned(),
    ];
    if fix.class != Class::Manual {
        terms.push(if fix.undoable() { "can be undone" } else { "cannot be undone" }.to_owned());
    }
    terms.extend(fix.awaits.as_ref().map(|what| format!("seen after {what}")));
    terms.join(" · ")
}

fn steps(fix: &Fix, sheet: &mut Sheet<'_>) {
    for (at, step) in fix.steps.iter().enumerate() {
        one(step, fix.preview.get(at), sheet);
        sheet.gap();
    }
}

fn one(step: &Step, preview: Option<&Preview>, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    match step {
        Step::Run { argv, privilege, inverse } => {
            // The preview's command line has its passwords masked.
            let line = preview.map_or_else(|| argv_line(argv), |preview| preview.target.clone());
            command(&line, prompt(*privilege), sheet);
            match inverse {
                Inverse::Argv(argv) => sheet.field("undo: ", 6, &argv_line(argv), theme.dim.style()),
                Inverse::Restore(paths) => {
                    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                    sheet.dim(&format!("undo: puts {} back as it is now", names.join(", ")));
                }
                Inverse::CannotBeUndone(why) => sheet.dim(&format!("cannot be undone: {why}")),
            }
        }
        Step::Manual { text, command: line } => {
            sheet.plain(text);
            if let Some(line) = line {
                command(line, "$ ", sheet);
            }
        }
        file => {
            let target = preview.map_or_else(|| path(file), |preview| preview.target.clone());
            let kind = file.kind().replace('-', " ");
            sheet.line(
                Line::from(vec![span(&target, theme.code.style()), span(&format!("  {kind}"), theme.dim.style())]),
                2,
            );
            match preview.and_then(|preview| preview.diff.as_deref()) {
                Some("") => sheet.dim("nothing is left to change here"),
                Some(diff) => diff::write(diff, diff::Extent::Whole, sheet),
                None => {}
            }
            through_sudo(preview.map(|preview| &preview.sudo[..]).unwrap_or_default(), sheet);
        }
    }
    if let Some(why) = preview.and_then(|preview| preview.refused.as_deref()) {
        sheet.text(&format!("✖ cannot be applied: {why}"), theme.error.style());
    }
}

/// The command lines that write a file of root's.
fn through_sudo(lines: &[String], sheet: &mut Sheet<'_>) {
    if lines.is_empty() {
        return;
    }
    sheet.dim("written through sudo:");
    for line in lines {
        command(line, prompt(Privilege::User), sheet);
    }
}

/// The sign before a command, as shells have it for the user and for root.
fn prompt(privilege: Privilege) -> &'static str {
    match privilege {
        Privilege::Root => "# ",
        Privilege::User => "$ ",
    }
}

fn command(line: &str, prompt: &'static str, sheet: &mut Sheet<'_>) {
    let theme = sheet.theme;
    for line in line.split('\n') {
        sheet.line(Line::from(vec![Span::styled(prompt, theme.dim.style()), span(line, theme.code.style())]), 2);
    }
}

/// The file of a step that has no preview.
fn path(step: &Step) -> String {
    match step {
        Step::EditFile { path, .. }
        | Step::WriteFile { path, .. }
        | Step::CreateFolder { path, .. }
        | Step::SetMode { path, .. }
        | Step::SetModified { path, .. }
        | Step::SetGo { file: path, .. }
        | Step::UnsetGo { file: path, .. } => path.display().to_string(),
        Step::Run { argv, .. } => argv_line(argv),
        Step::Manual { .. } => String::new(),
    }
}

/// Whose rights a fix may need: sudo may then ask for a password.
pub(in crate::tui) fn privilege(fix: &Fix) -> Privilege {
    let runs_as_root = |step: &Step| matches!(step, Step::Run { privilege: Privilege::Root, .. });
    if fix.class == Class::Root || fix.steps.iter().any(runs_as_root) { Privilege::Root } else { Privilege::User }
}
