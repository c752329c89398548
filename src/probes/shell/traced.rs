//! What a traced start of the shell was seen doing, joined with the lines of
//! the files.

use super::lines::Step;
use super::path_lines::{NAMES, forgets};
use super::script::Effect;
use super::{RcFile, RcFiles, Writer};
use crate::host::{StartChange, StartOrigin, StartTrace};
use crate::model::{Context, Evidence, mask};
use std::path::Path;

/// How many lines one command may go over.
const COMMAND_LINES: usize = 20;

/// What gave a variable its value, as a shell was seen doing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The fresh shell.
    pub context: Context,
    /// Where, and what stands there.
    pub evidence: Evidence,
    /// What the variable was afterwards; None when it was unset.
    pub value: Option<String>,
    /// The line, when it is one that sets the variable. Only such a line may
    /// be edited to change the variable: a hook does other things too.
    pub writer: Option<Writer>,
}

impl RcFiles {
    /// What gave `name` this value in a fresh shell: in one of `contexts` when
    /// one of them ends with it, or else in whichever does.
    #[must_use]
    pub fn seen(&self, name: &str, value: &str, contexts: &[Context]) -> Option<Seen> {
        let trace = self.trace.as_deref().ok()?;
        let fresh = [Context::Interactive, Context::Login];
        let chosen = fresh.iter().filter(|context| contexts.contains(context));
        let change = chosen.chain(&fresh).find_map(|context| last_change(trace, *context, name, value))?;
        Some(self.see(change, |effect| matches!(effect, Effect::Set(set) if set.name == name)))
    }

    /// Every change of `name` in a fresh shell, in order, as far as a trace
    /// tells; None where there is no trace of it.
    #[must_use]
    pub fn seen_all(&self, name: &str, context: Context) -> Option<Vec<Seen>> {
        let trace = self.trace.as_deref().ok()?;
        if !trace.complete.contains(&context) {
            return None;
        }
        let is_path = name == "PATH";
        let sets = |effect: &Effect| match effect {
            Effect::Set(set) => set.name == name || is_path && NAMES.contains(&set.name.as_str()),
            _ => false,
        };
        Some(trace.changes_of(context, name).map(|change| self.see(change, sets)).collect())
    }

    /// The trace of the shell's start.
    ///
    /// # Errors
    /// Why there is none.
    pub fn start_trace(&self) -> Result<&StartTrace, &crate::model::Missing> {
        self.trace.as_deref()
    }

    /// What put a folder on PATH; a program that runs already may have been
    /// started from any shell.
    #[must_use]
    pub fn seen_on_path(&self, folder: &Path, context: Context) -> Option<Seen> {
        let trace = self.trace.as_deref().ok()?;
        let contexts: &[Context] = match context {
            Context::Login => &[Context::Login],
            // What a login shell exports, a terminal has from its start.
            _ => &[Context::Interactive, Context::Login],
        };
        let change = contexts.iter().find_map(|context| last_putting(trace, *context, folder));
        let change = change.or_else(|| self.last_restoring(trace, contexts, folder))?;
        let puts = |effect: &Effect| match effect {
            Effect::Set(set) => NAMES.contains(&set.name.as_str()),
            Effect::Call { .. } | Effect::Hook(_) | Effect::Source(_) => true,
            Effect::Loop { .. } => false,
        };
        Some(self.see(change, puts))
    }

    /// The last line that set PATH anew with a folder that was there before: it
    /// is the one that the folder is there by.
    fn last_restoring<'a>(
        &self,
        trace: &'a StartTrace,
        contexts: &[Context],
        folder: &Path,
    ) -> Option<&'a StartChange> {
        let restores = |change: &&StartChange| {
            let step = self.step_at(
                &change.origin,
                "PATH",
                change.value.as_deref(),
                |effect| matches!(effect, Effect::Set(set) if set.name == "PATH"),
            );
            has(change.value.as_deref(), folder) && step.is_some_and(forgets)
        };
        contexts.iter().find_map(|context| trace.changes_of(*context, "PATH").rfind(restores))
    }

    fn see(&self, change: &StartChange, does: impl Fn(&Effect) -> bool) -> Seen {
        let origin = &change.origin;
        let step = self.step_at(origin, &change.name, change.value.as_deref(), does);
        let writer = step.and_then(|step| self.writer(step));
        let evidence = match &writer {
            Some(writer) => writer.evidence(),
            None => self.evidence_of(origin, &change.name),
        };
        Seen { context: change.context, evidence, value: change.value.clone(), writer }
    }

    /// The statement that a traced command stands for.
    fn step_at(
        &self,
        origin: &StartOrigin,
        name: &str,
        value: Option<&str>,
        does: impl Fn(&Effect) -> bool,
    ) -> Option<&Step> {
        let steps = self.lines.run().filter(|step| does(&step.statement.effect));
        let Some(path) = &origin.file else {
            // sh tells no file: only a line that sets just that will do.
            let same = |step: &&Step| {
                matches!(&step.statement.effect, Effect::Set(set) if set.name == name)
                    && step.value.as_deref() == value
                    && value.is_some()
            };
            return steps.filter(same).last();
        };
        let file = self.files.iter().position(|file| file.path == *path)?;
        let in_file = steps.filter(|step| step.file == file);
        match origin.line {
            // A shell may tell the last line of a command that goes over more.
            Some(line) => in_file
                .filter(|step| step.statement.line <= line && line - step.statement.line < COMMAND_LINES)
                .max_by_key(|step| step.statement.line)
                .filter(|step| step.statement.line == line || self.goes_on_to(file, step.statement.line, line)),
            // fish tells the command and no line.
            None => {
                let fits: Vec<&Step> = in_file
                    .filter(|step| step.value.as_deref().is_none_or(|known| Some(known) == value))
                    .filter(|step| self.begins_like(step, &origin.command))
                    .collect();
                fits.last().copied()
            }
        }
    }

    /// True when no blank line or other command stands between two lines: each
    /// but the last ends with a backslash or within a bracket or quote.
    fn goes_on_to(&self, file: usize, from: usize, to: usize) -> bool {
        let text = self.files[file].text.as_deref().unwrap_or_default();
        let mut between = text.lines().skip(from - 1).take(to - from);
        between.all(|line| line.ends_with(['\\', '(', '"', '\'', ',']))
    }

    fn begins_like(&self, step: &Step, command: &str) -> bool {
        let word = |text: &str| text.split_whitespace().next().map(str::to_owned);
        let text = self.files[step.file].text.as_deref().unwrap_or_default();
        let line = text.lines().nth(step.statement.line - 1).unwrap_or_default();
        word(command).is_some_and(|first| line.contains(&first))
    }

    fn evidence_of(&self, origin: &StartOrigin, variable: &str) -> Evidence {
        let Some(path) = &origin.file else {
            return Evidence::new("a command of a start file", mask(&origin.command));
        };
        let name = self.machine().tilde(path);
        let line = origin.line.or_else(|| self.file(path).and_then(|file| line_of(file, &origin.command)));
        match line {
            Some(line) => {
                let text = self.file(path).and_then(|file| file.text.as_deref().ok()).unwrap_or_default();
                let line = line_naming(text, line, variable);
                let text = text.lines().nth(line - 1).unwrap_or(&origin.command);
                Evidence::new(format!("{name}:{line}"), mask(text.trim()))
            }
            None => Evidence::new(name, mask(&origin.command)),
        }
    }
}

/// The line that names the variable, of an `eval` that goes over several:
/// bash tells the last one.
fn line_naming(text: &str, line: usize, variable: &str) -> usize {
    let lines: Vec<&str> = text.lines().take(line).collect();
    let closes_a_quote = |text: &&str| ['"', '\''].iter().any(|quote| text.matches(*quote).count() % 2 == 1);
    if !lines.last().is_some_and(closes_a_quote) {
        return line;
    }
    let first = line.saturating_sub(COMMAND_LINES);
    let named = (first..lines.len()).rev().find(|at| lines[*at].contains(variable));
    named.map_or(line, |at| at + 1)
}

/// The only line that begins with a command's name.
fn line_of(file: &RcFile, command: &str) -> Option<usize> {
    let first = command.split_whitespace().next()?;
    let text = file.text.as_deref().ok()?;
    let mut found = text.lines().enumerate().filter(|(_, line)| line.split_whitespace().next() == Some(first));
    match (found.next(), found.next()) {
        (Some((index, _)), None) => Some(index + 1),
        _ => None,
    }
}

/// The change that left `name` with this value, in this shell or in the login
/// shell that it came from.
fn last_change<'a>(trace: &'a StartTrace, context: Context, name: &'a str, value: &str) -> Option<&'a StartChange> {
    if let Some(change) = trace.changes_of(context, name).next_back() {
        return (change.value.as_deref() == Some(value)).then_some(change);
    }
    match context {
        Context::Interactive => last_change(trace, Context::Login, name, value),
        _ => None,
    }
}

/// True when a PATH has a folder.
fn has(path: Option<&str>, folder: &Path) -> bool {
    path.is_some_and(|path| path.split(':').any(|entry| Path::new(entry.trim_end_matches('/')) == folder))
}

/// The last change that put a folder on PATH that was not there before.
fn last_putting<'a>(trace: &'a StartTrace, context: Context, folder: &Path) -> Option<&'a StartChange> {
    let given = trace.given.get(&context).and_then(|given| given.get("PATH"));
    let mut before = has(given.map(String::as_str), folder);
    let mut found = None;
    for change in trace.changes_of(context, "PATH") {
        let after = has(change.value.as_deref(), folder);
        if after && !before {
            found = Some(change);
        }
        before = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_an_eval_stands_for_the_one_that_names_the_variable() {
        let text = "f() { GOROOT=/x; }\neval \"export GOROOT=/opt\nexport B=1\"\nf\n";
        assert_eq!(line_naming(text, 3, "GOROOT"), 2);
        assert_eq!(line_naming(text, 3, "B"), 3);
        assert_eq!(line_naming(text, 4, "GOROOT"), 4);
        assert_eq!(line_naming("", 7, "GOROOT"), 7);
    }
}
