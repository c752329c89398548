//! Failures in the words that Go uses, or in plain ones.

use std::io;

use super::Deadline;
use crate::host::live::command::seconds;

pub(super) fn no_answer(deadline: Deadline) -> String {
    format!("no answer within {}", seconds(deadline.length))
}

/// An error of a socket.
pub(super) fn io(error: &io::Error, deadline: Deadline) -> String {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::ConnectionRefused => "connection refused".to_owned(),
        Kind::ConnectionReset => "connection reset by peer".to_owned(),
        Kind::ConnectionAborted => "connection aborted".to_owned(),
        Kind::HostUnreachable => "no route to host".to_owned(),
        Kind::NetworkUnreachable => "network is unreachable".to_owned(),
        Kind::UnexpectedEof => "the connection was closed in the middle".to_owned(),
        // A socket with a deadline says WouldBlock on Unix, TimedOut elsewhere.
        Kind::TimedOut | Kind::WouldBlock => no_answer(deadline),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// An error of a name lookup. The system tells the kind in a text only.
pub(super) fn lookup(error: &io::Error) -> &'static str {
    let text = error.to_string();
    if text.contains("Temporary failure") || text.contains("try again") {
        "the name server does not answer"
    } else {
        "no such host"
    }
}

/// An error of the TLS handshake, from its text. What is wrong with
/// certificates comes from the verifier.
pub(super) fn tls(text: &str) -> String {
    if text.contains("InvalidContentType") {
        "the server does not speak TLS on this port".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn failures_are_said_as_go_does() {
        let deadline = Deadline::after(Duration::from_secs(3));
        let say = |kind: io::ErrorKind| io(&kind.into(), deadline);
        assert_eq!(say(io::ErrorKind::ConnectionRefused), "connection refused");
        assert_eq!(say(io::ErrorKind::WouldBlock), "no answer within 3 s");
        assert_eq!(io(&io::Error::other("Odd Thing (os error 7)"), deadline), "odd thing");
    }

    #[test]
    fn lookups_tell_a_missing_name_from_a_missing_server() {
        let say = |text: &'static str| lookup(&io::Error::other(text));
        assert_eq!(say("failed to lookup address information: Name or service not known"), "no such host");
        assert_eq!(
            say("failed to lookup address information: Temporary failure in name resolution"),
            "the name server does not answer"
        );
    }
}
