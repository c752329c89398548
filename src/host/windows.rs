use jiff::Timestamp;

/// What the Windows host said to the question that it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowsAnswer {
    /// Standard output, decoded, cut at the limit.
    pub stdout: String,
    /// Standard error, decoded, cut at the limit.
    pub stderr: String,
    /// How the program ended.
    pub end: WindowsEnd,
    /// Our clock just before it was started.
    pub asked: Timestamp,
    /// Our clock when the first of its output came; None when none did.
    pub first_said: Option<Timestamp>,
}

/// How a program of Windows ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowsEnd {
    /// By itself, with this exit code, of which WSL passes on the last eight
    /// bits. None when a signal ended WSL's relay.
    Exit(Option<i32>),
    /// It was killed at its deadline.
    TimedOut,
}
