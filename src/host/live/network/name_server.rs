//! One question to one name server, RFC 1035.

use std::hash::{BuildHasher, RandomState};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use super::Deadline;
use super::words::{self, Said};
use crate::host::{NameAnswer, NetFailure, Stage};

/// How long a part of a name may be, in bytes.
const LABEL: usize = 63;

/// Asks for the IPv4 address of a name.
pub(super) fn ask(server: SocketAddr, name: &str, deadline: Deadline) -> Result<NameAnswer, NetFailure> {
    let failed = |said: Said| said.of(server).at(Stage::Dns);
    let io = |error: std::io::Error| failed(words::io(&error, deadline));
    let id = u16::try_from(RandomState::new().hash_one(name) & 0xffff).unwrap_or_default();
    let question = question(id, name).ok_or_else(|| failed(words::other(format!("{name} is no name for DNS"))))?;
    let any: SocketAddr =
        if server.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
    let socket = UdpSocket::bind(any).map_err(io)?;
    socket.connect(server).map_err(io)?;
    socket.send(&question).map_err(io)?;
    loop {
        let left = deadline.left().max(Duration::from_millis(1));
        socket.set_read_timeout(Some(left)).map_err(io)?;
        let mut answer = [0_u8; 512];
        match socket.recv(&mut answer) {
            Ok(count) => match read(&answer[..count], id) {
                Some(Ok(said)) => return Ok(said),
                Some(Err(code)) => return Err(failed(words::other(format!("it answers with error {code}")))),
                // Not ours: whoever sent it does not know the question.
                None => {}
            },
            // A child that ends meanwhile interrupts it.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(io(error)),
        }
        if deadline.left().is_zero() {
            return Err(failed(words::no_answer(deadline)));
        }
    }
}

/// The question for A, with recursion asked for; None for what is no name.
fn question(id: u16, name: &str) -> Option<Vec<u8>> {
    let mut packet = id.to_be_bytes().to_vec();
    packet.extend_from_slice(&[1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..=LABEL).contains(&usize::from(*length)))?;
        packet.push(length);
        packet.extend_from_slice(label.as_bytes());
    }
    packet.extend_from_slice(&[0, 0, 1, 0, 1]);
    // The name takes at most 255 bytes on the way.
    (packet.len() <= 12 + 255 + 4).then_some(packet)
}

/// What an answer says, or the number of an error without a name; None when
/// it answers something else.
fn read(answer: &[u8], id: u16) -> Option<Result<NameAnswer, u8>> {
    let head = answer.first_chunk::<12>()?;
    if head[..2] != id.to_be_bytes() || head[2] & 0x80 == 0 {
        return None;
    }
    Some(match head[3] & 0x0f {
        0 => Ok(NameAnswer::Found),
        2 => Ok(NameAnswer::Failed),
        3 => Ok(NameAnswer::NoSuchName),
        5 => Ok(NameAnswer::Refused),
        code => Err(code),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_spelled_by_labels() {
        let packet = question(0x1234, "go.dev.").unwrap();
        assert_eq!(packet[..2], [0x12, 0x34]);
        assert_eq!(&packet[12..], b"\x02go\x03dev\0\0\x01\0\x01");
        for bad in ["", "a..b", &"x".repeat(64), &"abc.".repeat(70)] {
            assert_eq!(question(1, bad), None, "{bad}");
        }
    }

    #[test]
    fn answers_to_others_are_none() {
        let answer = |code: u8| [0, 7, 0x81, 0x80 | code, 0, 1, 0, 0, 0, 0, 0, 0];
        assert_eq!(read(&answer(0), 7), Some(Ok(NameAnswer::Found)));
        assert_eq!(read(&answer(3), 7), Some(Ok(NameAnswer::NoSuchName)));
        assert_eq!(read(&answer(5), 7), Some(Ok(NameAnswer::Refused)));
        assert_eq!(read(&answer(4), 7), Some(Err(4)));
        assert_eq!(read(&answer(0), 8), None);
        assert_eq!(read(&[0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], 7), None);
        assert_eq!(read(&[0, 7], 7), None);
    }
}
