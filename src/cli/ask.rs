use std::io::{self, BufRead, IsTerminal, Write};

/// Asks the user. None where nobody can be asked.
pub(super) trait Ask {
    /// Asks a question and returns the answer in lower case, without blanks;
    /// None when nobody can be asked, or nobody answers.
    fn ask(&mut self, question: &str) -> Option<String>;
}

/// Asks on the terminal; the question goes to standard error.
pub(super) struct Terminal;

impl Ask for Terminal {
    fn ask(&mut self, question: &str) -> Option<String> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        let mut error = io::stderr().lock();
        write!(error, "{question} ").and_then(|()| error.flush()).ok()?;
        let mut answer = String::new();
        match io::stdin().lock().read_line(&mut answer) {
            // The terminal says that there is no more: start a new line there.
            Ok(0) => {
                let _ = writeln!(error);
                None
            }
            Ok(_) => Some(answer.trim().to_lowercase()),
            Err(_) => None,
        }
    }
}
