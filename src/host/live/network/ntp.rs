//! SNTP, RFC 4330: one packet there, one back.

use std::hash::{BuildHasher, RandomState};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use jiff::Timestamp;

use super::Deadline;
use super::words;
use crate::host::{NetFailure, Stage, TimeAnswer};

const SIZE: usize = 48;
/// From the year 1900 to 1970.
const EPOCH: i64 = 2_208_988_800;
/// What a server that says little of its own error is believed.
const LEAST_ERROR: f64 = 0.001;

/// Asks the first address.
pub(super) fn ask(addresses: &[SocketAddr], deadline: Deadline) -> Result<TimeAnswer, NetFailure> {
    let address = addresses.first().ok_or_else(|| words::other("no such host").at(Stage::Dns))?;
    let failed = |error: std::io::Error| words::io(&error, deadline).of(address).at(Stage::Tcp);
    let any: SocketAddr =
        if address.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
    let socket = UdpSocket::bind(any).map_err(failed)?;
    socket.connect(address).map_err(failed)?;

    // Servers send it back: the sign that an answer belongs to the question.
    let token = RandomState::new().hash_one(address).to_be_bytes();
    let mut question = [0_u8; SIZE];
    question[0] = 0x23;
    question[40..48].copy_from_slice(&token);
    let asked = Timestamp::now();
    socket.send(&question).map_err(failed)?;
    loop {
        let left = deadline.left().max(Duration::from_millis(1));
        socket.set_read_timeout(Some(left)).map_err(failed)?;
        let mut answer = [0_u8; 512];
        let count = match socket.recv(&mut answer) {
            // A child that ends meanwhile interrupts it.
            Err(error) if error.kind() == ErrorKind::Interrupted => 0,
            result => result.map_err(failed)?,
        };
        let answered = Timestamp::now();
        if count >= SIZE && answer[24..32] == token {
            return Reading::parse(&answer)
                .map(|reading| reading.between(asked, answered))
                .map_err(|why| words::other(why).of(address).at(Stage::Http));
        }
        if deadline.left().is_zero() {
            return Err(words::no_answer(deadline).of(address).at(Stage::Tcp));
        }
    }
}

/// A server's clock, and how far it may be wrong.
#[derive(Debug)]
struct Reading {
    time: Timestamp,
    error: f64,
}

impl Reading {
    fn parse(packet: &[u8]) -> Result<Self, &'static str> {
        let word = |at: usize| {
            packet.get(at..).and_then(|rest| rest.first_chunk::<4>()).map_or(0, |bytes| u32::from_be_bytes(*bytes))
        };
        let short = |at: usize| f64::from(word(at)) / 65536.0;
        let (leap, mode, stratum) = (packet[0] >> 6, packet[0] & 7, packet[1]);
        match (mode, leap, stratum) {
            (4, _, 0) => Err("the time server refuses to answer"),
            (4, 3, _) | (4, _, 16..) => Err("the time server is itself not in sync"),
            (4, ..) => {
                Ok(Reading { time: time(word(40), word(44))?, error: (short(4) / 2.0 + short(8)).max(LEAST_ERROR) })
            }
            _ => Err("what answers is not a time server"),
        }
    }

    /// The interval that is told begins at its earliest moment.
    fn between(self, asked: Timestamp, answered: Timestamp) -> TimeAnswer {
        let error = Duration::from_secs_f64(self.error.min(3600.0));
        TimeAnswer { asked, theirs: self.time.checked_sub(error).unwrap_or(self.time), answered, resolution: error * 2 }
    }
}

/// Seconds since 1900, or since 2036 for the low half, and their fraction.
fn time(seconds: u32, fraction: u32) -> Result<Timestamp, &'static str> {
    let era = if seconds < 0x8000_0000 { 1_i64 << 32 } else { 0 };
    let nanos = (u64::from(fraction) * 1_000_000_000) >> 32;
    Timestamp::new(i64::from(seconds) + era - EPOCH, i32::try_from(nanos).unwrap_or(0))
        .map_err(|_| "the time server has no sensible time")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(first: u8, stratum: u8, seconds: u32) -> [u8; SIZE] {
        let mut packet = [0; SIZE];
        packet[0] = first;
        packet[1] = stratum;
        packet[40..44].copy_from_slice(&seconds.to_be_bytes());
        packet[44..48].copy_from_slice(&0x8000_0000_u32.to_be_bytes());
        packet
    }

    #[test]
    fn a_reading_is_an_interval() {
        let mut packet = packet(0x24, 2, 0xe000_0000);
        // Root delay half a second, root dispersion a quarter.
        packet[4..8].copy_from_slice(&0x8000_u32.to_be_bytes());
        packet[8..12].copy_from_slice(&0x4000_u32.to_be_bytes());
        let reading = Reading::parse(&packet).unwrap();
        let true_time = Timestamp::new(0xe000_0000_i64 - EPOCH, 500_000_000).unwrap();
        assert_eq!(reading.time, true_time);
        let answer = reading.between(true_time, true_time);
        let (low, high) = answer.ahead();
        assert!((low + 0.5).abs() < 1e-6 && (high - 0.5).abs() < 1e-6, "{low} {high}");
    }

    #[test]
    fn the_next_era_begins_in_2036() {
        assert!(time(1, 0).unwrap() > time(0xffff_fffe, 0).unwrap());
    }

    #[test]
    fn servers_that_cannot_tell_are_not_believed() {
        assert_eq!(Reading::parse(&packet(0x24, 0, 1)).unwrap_err(), "the time server refuses to answer");
        assert_eq!(Reading::parse(&packet(0xe4, 1, 1)).unwrap_err(), "the time server is itself not in sync");
        assert_eq!(Reading::parse(&packet(0x23, 1, 1)).unwrap_err(), "what answers is not a time server");
    }
}
