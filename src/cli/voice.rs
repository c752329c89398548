use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use super::{Colour, Out, out};
use crate::host::Machine;
use crate::model::text::plain_lines;
use crate::render::{Paint, Style};

/// Talks with the user while something is done: tells what happens, shows
/// diffs, asks.
///
/// It speaks on standard output, or on standard error where standard output
/// is for a machine.
pub(super) struct Voice {
    stream: Stream,
    paint: Paint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Output,
    Error,
}

impl Voice {
    /// Speaks on standard output.
    pub(super) fn on_output(out: Out) -> Self {
        Voice { stream: Stream::Output, paint: out.paint }
    }

    /// Speaks on standard error.
    pub(super) fn on_error(colour: Colour) -> Self {
        let paint = match colour {
            Colour::Always => Paint::Colour,
            Colour::Never => Paint::Plain,
            Colour::Auto if out::no_color() || !io::stderr().is_terminal() => Paint::Plain,
            Colour::Auto => Paint::Colour,
        };
        Voice { stream: Stream::Error, paint }
    }

    /// A piece of text in a style, for a line to say.
    pub(super) fn paint(&self, style: Style, content: &str) -> String {
        self.paint.apply(style, content)
    }

    /// Says lines that are painted already.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub(super) fn say(&self, lines: &str) -> io::Result<()> {
        match self.stream {
            Stream::Output => writeln!(io::stdout().lock(), "{lines}"),
            Stream::Error => writeln!(io::stderr().lock(), "{lines}"),
        }
    }

    /// Says plain text, indented, every line in one style.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub(super) fn note(&self, style: Style, content: &str) -> io::Result<()> {
        let content = plain_lines(content);
        let lines: Vec<String> = content.lines().map(|line| format!("  {}", self.paint(style, line))).collect();
        self.say(&lines.join("\n"))
    }

    /// Shows the command lines that write files of root's; nothing where there
    /// are none.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub(super) fn through_sudo(&self, lines: &[String]) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.note(Style::Dim, "written through sudo:")?;
        lines.iter().try_for_each(|line| self.note(Style::Command, &format!("$ {line}")))
    }

    /// Shows a diff, indented.
    ///
    /// # Errors
    /// When the stream cannot be written.
    pub(super) fn diff(&self, diff: &str) -> io::Result<()> {
        let mut shown = String::new();
        for line in diff.lines() {
            let painted = match style_of(line) {
                Some(style) => self.paint(style, line),
                None => line.to_owned(),
            };
            let _ = writeln!(shown, "  {painted}");
        }
        self.say(shown.trim_end_matches('\n'))
    }
}

/// A message for people, with `~` for the home folder.
pub(super) fn with_tilde(machine: &Machine, message: &str) -> String {
    match machine.user.home.as_deref().and_then(|home| home.to_str()) {
        Some(home) if home.len() > 1 => message.replace(&format!("{}/", home.trim_end_matches('/')), "~/"),
        _ => message.to_owned(),
    }
}

fn style_of(line: &str) -> Option<Style> {
    match line.as_bytes().first() {
        _ if line.starts_with("--- ") || line.starts_with("+++ ") => Some(Style::Strong),
        Some(b'+') => Some(Style::Added),
        Some(b'-') => Some(Style::Removed),
        Some(b'@' | b'\\') => Some(Style::Dim),
        _ => None,
    }
}
