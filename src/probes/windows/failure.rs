//! Why Windows did not answer, told apart by what WSL's relay and the kernel
//! say.

/// Why Windows could not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The kind of obstacle.
    pub class: FailureClass,
    /// What was said, in one line.
    pub said: String,
}

/// What keeps Windows from answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureClass {
    /// The kernel does not hand programs of Windows to WSL.
    NoBinfmt,
    /// WSL's relay waited for Windows in vain: a dead socket, or a host that
    /// stands still.
    RelayTimeout,
    /// There is no relay here, as in a container.
    NoRelay,
    /// Windows refused to start the program.
    Refused,
    /// The drive is mounted so that nothing on it may be executed.
    NotExecutable,
    /// No drive of Windows is mounted, or PowerShell is not on it.
    NotThere,
    /// Nothing came before the deadline.
    Hang,
    /// PowerShell ran, and may not do what it was asked to: a policy.
    Blocked,
    /// The answer was cut, doubled, or of another kind.
    Garbled,
}

impl Failure {
    /// What kernel or relay said.
    pub(super) fn of_text(text: &str) -> Option<Failure> {
        let marks = [
            ("Exec format error", FailureClass::NoBinfmt),
            ("UtilAcceptVsock", FailureClass::RelayTimeout),
            ("UtilBindVsockAnyPort", FailureClass::NoRelay),
            ("Invalid argument", FailureClass::Refused),
            ("ermission denied", FailureClass::NotExecutable),
            ("No such file or directory", FailureClass::NotThere),
            ("command not found", FailureClass::NotThere),
        ];
        let line = |mark: &str| text.lines().find(|line| line.contains(mark));
        marks.into_iter().find_map(|(mark, class)| Some(Failure { class, said: line(mark)?.trim().to_owned() }))
    }

    pub(super) fn new(class: FailureClass, said: impl Into<String>) -> Failure {
        Failure { class, said: said.into() }
    }
}

impl FailureClass {
    /// What it is, as the end of a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            FailureClass::NoBinfmt => "programs of Windows do not run here",
            FailureClass::RelayTimeout => "WSL's relay to Windows does not answer",
            FailureClass::NoRelay => "there is no relay to Windows here",
            FailureClass::Refused => "Windows refused to start PowerShell",
            FailureClass::NotExecutable => "nothing on the drive of Windows may be executed",
            FailureClass::NotThere => "PowerShell was not found on the drive of Windows",
            FailureClass::Hang => "it did not answer in time",
            FailureClass::Blocked => "a policy keeps PowerShell from answering",
            FailureClass::Garbled => "its answer could not be read",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_errors_are_told_apart() {
        let text = include_str!("../../../tests/wsl-samples/interop-errors.tsv");
        let mut seen = 0;
        for row in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let fields: Vec<&str> = row.split('\t').collect();
            let expected = match fields[1] {
                "binfmt-missing" if fields[0].starts_with("errno") => continue,
                "binfmt-missing" => Some(FailureClass::NoBinfmt),
                "relay-timeout" => Some(FailureClass::RelayTimeout),
                "no-vsock" => Some(FailureClass::NoRelay),
                "win-create-failed" => Some(FailureClass::Refused),
                "path-not-appended" => Some(FailureClass::NotThere),
                "fmask-or-noexec" => Some(FailureClass::NotExecutable),
                // What is no fault, and what says nothing at all.
                "w32time-stopped" | "hang" => None,
                other => panic!("{other}"),
            };
            assert_eq!(Failure::of_text(fields[0]).map(|failure| failure.class), expected, "{}", fields[0]);
            seen += 1;
        }
        assert_eq!(seen, 9);
        // The kernel's own words, as they come without a shell.
        let plain = Failure::of_text("powershell.exe: Exec format error").map(|failure| failure.class);
        assert_eq!(plain, Some(FailureClass::NoBinfmt));
    }
}
