//! Failures in the words that Go uses, or in plain ones.

use std::fmt::Display;
use std::io;

use rustls::InvalidMessage;

use super::Deadline;
use crate::host::live::command::seconds;
use crate::host::{NetCause, NetFailure, Stage};

/// What went wrong, before it is known at which stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) cause: NetCause,
    pub(super) text: String,
}

impl Said {
    pub(super) fn new(cause: NetCause, text: impl Into<String>) -> Self {
        Said { cause, text: text.into() }
    }

    /// Names whom it is about.
    pub(super) fn of(self, whom: impl Display) -> Self {
        Said { text: format!("{whom}: {}", self.text), ..self }
    }

    pub(super) fn at(self, stage: Stage) -> NetFailure {
        NetFailure::at(stage, self.cause, self.text)
    }
}

pub(super) fn other(text: impl Into<String>) -> Said {
    Said::new(NetCause::Other, text)
}

pub(super) fn no_answer(deadline: Deadline) -> Said {
    Said::new(NetCause::Silence, format!("no answer within {}", seconds(deadline.length)))
}

/// An error of a socket.
pub(super) fn io(error: &io::Error, deadline: Deadline) -> Said {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::ConnectionRefused => Said::new(NetCause::Refused, "connection refused"),
        Kind::ConnectionReset => other("connection reset by peer"),
        Kind::ConnectionAborted => other("connection aborted"),
        Kind::HostUnreachable => Said::new(NetCause::Refused, "no route to host"),
        Kind::NetworkUnreachable => Said::new(NetCause::Refused, "network is unreachable"),
        Kind::UnexpectedEof => other("the connection was closed in the middle"),
        // A socket with a deadline says WouldBlock on Unix, TimedOut elsewhere.
        Kind::TimedOut | Kind::WouldBlock => no_answer(deadline),
        _ => {
            let text = error.to_string();
            other(text.split(" (os error").next().unwrap_or(&text).to_lowercase())
        }
    }
}

/// An error of a name lookup. The system tells the kind in a text only.
pub(super) fn lookup(error: &io::Error) -> Said {
    let text = error.to_string();
    if text.contains("Temporary failure") || text.contains("try again") {
        Said::new(NetCause::Silence, "the name server does not answer")
    } else {
        other("no such host")
    }
}

/// An error of the TLS handshake. What is wrong with certificates comes from
/// the verifier.
pub(super) fn tls(error: &rustls::Error) -> Said {
    match error {
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            Said::new(NetCause::OtherProtocol, "the server does not speak TLS on this port")
        }
        error => other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn failures_are_said_as_go_does() {
        let deadline = Deadline::after(Duration::from_secs(3));
        let say = |kind: io::ErrorKind| io(&kind.into(), deadline).text;
        assert_eq!(say(io::ErrorKind::ConnectionRefused), "connection refused");
        assert_eq!(say(io::ErrorKind::WouldBlock), "no answer within 3 s");
        assert_eq!(io(&io::Error::other("Odd Thing (os error 7)"), deadline), other("odd thing"));
        assert_eq!(io(&io::ErrorKind::TimedOut.into(), deadline).cause, NetCause::Silence);
    }

    #[test]
    fn lookups_tell_a_missing_name_from_a_missing_server() {
        let say = |text: &'static str| lookup(&io::Error::other(text)).text;
        assert_eq!(say("failed to lookup address information: Name or service not known"), "no such host");
        assert_eq!(
            say("failed to lookup address information: Temporary failure in name resolution"),
            "the name server does not answer"
        );
    }
}
