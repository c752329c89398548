use std::io::{self, IsTerminal, Write};

/// Asks a question that is answered with yes or no; everything but a clear
/// yes is a no. Without a terminal there is nobody to ask.
pub(super) fn yes(question: &str) -> Option<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    let mut screen = io::stderr();
    write!(screen, "{question} [y/N] ").and_then(|()| screen.flush()).ok()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    Some(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
