use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::Deadline;
use super::words;
use crate::host::{NetFailure, Stage};

/// The shortest time that one address gets.
const LEAST: Duration = Duration::from_millis(100);

/// Connects to the first address that answers. Each gets its share of the
/// time that is left, so that one that swallows packets leaves time for the
/// next.
pub(super) fn connect(addresses: &[SocketAddr], deadline: Deadline) -> Result<TcpStream, NetFailure> {
    let mut failure = None;
    for (index, address) in addresses.iter().enumerate() {
        let left = deadline.left();
        if left.is_zero() {
            break;
        }
        let others = u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
        let share = (left / others).max(LEAST).min(left);
        match TcpStream::connect_timeout(address, share) {
            Ok(stream) => return Ok(stream),
            // The first tells most: the system prefers that address.
            Err(error) => failure = failure.or_else(|| Some(words::io(&error, deadline).of(address))),
        }
    }
    Err(failure.unwrap_or_else(|| words::no_answer(deadline)).at(Stage::Tcp))
}
