use std::path::PathBuf;
use std::time::Duration;

/// A program to run: an absolute path with arguments, never a shell line.
///
/// It gets no standard input, and its process group is killed at the
/// deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The absolute path, then the arguments.
    pub argv: Vec<String>,
    /// The whole environment; nothing is inherited.
    pub environment: Vec<(String, String)>,
    /// The folder it runs in.
    pub folder: PathBuf,
    /// How long it may take, from its start. None means the run's deadline.
    pub deadline: Option<Duration>,
}

impl Program {
    /// A program in folder `/` with an empty environment.
    pub fn new(argv: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Program {
            argv: argv.into_iter().map(Into::into).collect(),
            environment: Vec::new(),
            folder: PathBuf::from("/"),
            deadline: None,
        }
    }

    /// Adds a variable.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// The command line for people.
    #[must_use]
    pub fn line(&self) -> String {
        self.argv.join(" ")
    }
}

/// What a program that ended said. A program that was killed at its deadline
/// is `Missing`, with the reason timed out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// Its exit code; None when a signal ended it.
    pub code: Option<i32>,
    /// Standard output, decoded, cut at the limit.
    pub stdout: String,
    /// Standard error, decoded, cut at the limit.
    pub stderr: String,
}

impl Output {
    /// True for exit code 0.
    #[must_use]
    pub fn success(&self) -> bool {
        self.code == Some(0)
    }
}
