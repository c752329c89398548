use std::io::{self, IsTerminal, Write};

use super::Colour;
use crate::model::text::plain_lines;
use crate::render::Paint;

/// Standard output, and how it is written to.
#[derive(Debug, Clone, Copy)]
pub struct Out {
    /// With colours or without.
    pub paint: Paint,
}

impl Out {
    /// Standard output as the user wants it.
    #[must_use]
    pub fn stdout(colour: Colour) -> Out {
        let paint = match colour {
            Colour::Always => Paint::Colour,
            Colour::Never => Paint::Plain,
            Colour::Auto if no_color() || !io::stdout().is_terminal() => Paint::Plain,
            Colour::Auto => Paint::Colour,
        };
        Out { paint }
    }

    /// Columns of the terminal, or 100 where there is none.
    #[must_use]
    pub fn width(self) -> usize {
        if io::stdout().is_terminal() { textwrap::termwidth() } else { 100 }
    }

    /// Writes a text as it is, with a newline at its end.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn write(self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()
    }
}

/// True when NO_COLOR is set to something (no-color.org).
#[must_use]
pub(super) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Writes why a command ended early. An error that cannot be written is lost.
pub(super) fn complain(failure: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "gomedic: {}", plain_lines(&failure.to_string()));
}
