use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::host::{WindowsAnswer, WindowsEnd};

/// What the Windows host says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowsTable {
    /// What Windows says of itself, in place of `stdout`: the members of the
    /// JSON that its script prints.
    facts: Option<toml::Table>,
    /// The clock of Windows when it answers; that of the machine when not
    /// given.
    time: Option<Timestamp>,
    /// Milliseconds from the question to the first word of the answer.
    #[serde(default = "usual")]
    after_ms: i64,
    /// Standard output as it came, in place of `facts`.
    stdout: Option<String>,
    #[serde(default)]
    stderr: String,
    #[serde(default)]
    code: i32,
    /// It did not end before its deadline.
    #[serde(default)]
    hangs: bool,
}

/// What starting PowerShell takes on an ordinary machine.
fn usual() -> i64 {
    600
}

impl WindowsTable {
    /// The answer, which is there at `now`.
    pub(super) fn answer(&self, now: Timestamp) -> WindowsAnswer {
        let stdout = self.stdout.clone().or_else(|| self.wire(now)).unwrap_or_default();
        WindowsAnswer {
            asked: now.saturating_sub(SignedDuration::from_millis(self.after_ms)).unwrap_or(now),
            first_said: (!stdout.is_empty()).then_some(now),
            stdout,
            stderr: self.stderr.clone(),
            end: if self.hangs { WindowsEnd::TimedOut } else { WindowsEnd::Exit(Some(self.code)) },
        }
    }

    /// The facts as the script writes them.
    fn wire(&self, now: Timestamp) -> Option<String> {
        let json = serde_json::to_string(self.facts.as_ref()?).ok()?;
        let time = self.time.unwrap_or(now).as_millisecond();
        Some(format!("GD0 {time}\r\nGD1<{}>GD1\r\n", BASE64_STANDARD.encode(json)))
    }
}
