use std::fmt::Write;

use super::{Paint, Style};
use crate::model::{Class, Finding, Fix, Step, text::plain};

/// What a fix would do, for the terminal: the finding, the title, the diff of
/// each step.
#[must_use]
pub fn fix_plan(id: &str, finding: &Finding, fix: &Fix, paint: Paint) -> String {
    let mut out = String::new();
    let mark = paint.apply(finding.severity.into(), finding.severity.mark());
    let _ = writeln!(out, "\n{mark} {}  {}", paint.apply(Style::Strong, &finding.summary), paint.apply(Style::Dim, id));
    let undo = if fix.class == Class::Manual {
        "for you to do"
    } else if fix.undoable() {
        "can be undone"
    } else {
        "cannot be undone"
    };
    let _ = writeln!(out, "  {} {}", plain(&fix.title), paint.apply(Style::Dim, &format!("({}, {undo})", fix.class)));
    for step in &fix.preview {
        match &step.diff {
            Some(diff) => out.push_str(&coloured(diff, paint)),
            None => {
                let _ = writeln!(out, "    {}", paint.apply(Style::Command, &step.target));
            }
        }
        if let Some(refused) = &step.refused {
            let _ = writeln!(out, "    {}", paint.apply(Style::Warning, refused));
        }
    }
    for step in &fix.steps {
        if let Step::Manual { text, command } = step {
            let _ = writeln!(out, "    {}", plain(text));
            if let Some(command) = command {
                let _ = writeln!(out, "    {}", paint.apply(Style::Command, command));
            }
        }
    }
    out
}

/// A unified diff with its lines told apart by sign and by colour.
#[must_use]
pub fn coloured(diff: &str, paint: Paint) -> String {
    let mut out = String::new();
    for line in diff.lines() {
        let style = match line.as_bytes().first() {
            Some(b'+') => Style::Added,
            Some(b'-') => Style::Removed,
            Some(b'@') => Style::Dim,
            _ => {
                let _ = writeln!(out, "    {}", plain(line));
                continue;
            }
        };
        let _ = writeln!(out, "    {}", paint.apply(style, line));
    }
    out
}
