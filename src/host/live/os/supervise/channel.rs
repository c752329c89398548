use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::process::Stdio;

use tokio::io::AsyncReadExt;
use tokio::net::UnixStream;
use tokio::process::Command;

use super::ARGUMENT;
use crate::host::live::process::Ending;

/// gomedic's end of the channel to a supervisor. Dropping it ends the program.
pub(in crate::host::live) struct Supervised {
    channel: UnixStream,
    said: Vec<u8>,
}

impl Supervised {
    /// Prepares the start of a supervisor for a program.
    pub(in crate::host::live) fn attach(command: &mut Command, argv: &[String]) -> io::Result<Self> {
        let (ours, theirs) = StdUnixStream::pair()?;
        ours.set_nonblocking(true)?;
        command.arg0("gomedic").arg(ARGUMENT).args(argv).stdin(Stdio::from(OwnedFd::from(theirs)));
        Ok(Supervised { channel: UnixStream::from_std(ours)?, said: Vec::new() })
    }

    /// Waits for the supervisor's answer. Can be cancelled and called again.
    ///
    /// # Errors
    /// Why the program could not be started, or that there was no answer.
    pub(in crate::host::live) async fn ended(&mut self) -> io::Result<Ending> {
        while !self.said.ends_with(b"\n") {
            let mut buffer = [0; 64];
            match self.channel.read(&mut buffer).await? {
                0 => return Err(io::Error::other("its supervisor was killed")),
                count => self.said.extend_from_slice(&buffer[..count]),
            }
        }
        Answer::parse(&String::from_utf8_lossy(&self.said)).map_or_else(
            || Err(io::Error::other("its supervisor gave no sense")),
            |answer| match answer {
                Answer::Exit(code) => Ok(Ending::Exit(code)),
                Answer::Signal => Ok(Ending::Signal),
                Answer::NotStarted(error) => Err(io::Error::from_raw_os_error(error)),
            },
        )
    }
}

/// What the supervisor tells of its program.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It ended with this code.
    Exit(i32),
    /// A signal ended it.
    Signal,
    /// It could not be started, for this error of the system.
    NotStarted(i32),
}

impl Answer {
    /// The answer as a line.
    pub(super) fn line(&self) -> String {
        match self {
            Answer::Exit(code) => format!("exit {code}\n"),
            Answer::Signal => "signal 0\n".to_owned(),
            Answer::NotStarted(error) => format!("error {error}\n"),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (kind, number) = line.trim_end().split_once(' ')?;
        let number = number.parse().ok()?;
        match kind {
            "exit" => Some(Answer::Exit(number)),
            "signal" => Some(Answer::Signal),
            "error" => Some(Answer::NotStarted(number)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_survive_the_channel() {
        for answer in [Answer::Exit(0), Answer::Exit(-1), Answer::Signal, Answer::NotStarted(13)] {
            assert_eq!(Answer::parse(&answer.line()), Some(answer));
        }
        assert_eq!(Answer::parse("exit\n"), None);
        assert_eq!(Answer::parse("over 1\n"), None);
    }
}
