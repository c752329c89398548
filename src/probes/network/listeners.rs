use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

use crate::host::Host;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The file that lists the TCP sockets of this machine.
pub(super) const TABLE: &str = "/proc/net/tcp";
const TABLE_V6: &str = "/proc/net/tcp6";

/// The state `LISTEN` in the kernel's tables.
const LISTEN: &str = "0A";

/// The TCP ports of this machine on which a program listens, for itself or for
/// everybody. Read from the kernel's tables: nothing is sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listeners {
    ports: Vec<u16>,
}

/// Asked for only where something is said to listen on this machine: the
/// kernel takes its time to write the table.
impl Fact for Listeners {
    const ID: &'static str = "listeners";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        Listeners::read(probing.host())
    }
}

impl Listeners {
    fn read(host: &dyn Host) -> Result<Listeners, Missing> {
        let v4 = host.read_text(Path::new(TABLE))?;
        // A kernel without IPv6 has no second table.
        let v6 = host.read_text(Path::new(TABLE_V6)).unwrap_or_default();
        let ports = v4.lines().chain(v6.lines()).filter_map(listening_port).collect();
        Ok(Listeners { ports })
    }

    pub(super) fn has(&self, port: u16) -> bool {
        self.ports.contains(&port)
    }
}

/// The port of a line that tells of a listener which loopback reaches.
fn listening_port(line: &str) -> Option<u16> {
    let mut fields = line.split_whitespace();
    let local = fields.nth(1)?;
    let state = fields.nth(1)?;
    let (address, port) = local.split_once(':')?;
    let reached = addresses(address)?.into_iter().any(|address| address.is_unspecified() || is_loopback(address));
    (state == LISTEN && reached).then(|| u16::from_str_radix(port, 16).ok()).flatten()
}

fn is_loopback(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.to_ipv4_mapped().is_some_and(|v4| v4.is_loopback()),
    }
}

/// The address that hexadecimal words stand for. The kernel writes each word
/// in the machine's own byte order, so both orders are given.
fn addresses(hex: &str) -> Option<[IpAddr; 2]> {
    let words: Option<Vec<u32>> =
        (0..hex.len()).step_by(8).map(|at| u32::from_str_radix(hex.get(at..at + 8)?, 16).ok()).collect();
    let read = |order: fn(u32) -> [u8; 4]| {
        let bytes: Vec<u8> = words.iter().flatten().flat_map(|word| order(*word)).collect();
        match bytes.len() {
            4 => <[u8; 4]>::try_from(bytes).ok().map(|bytes| IpAddr::V4(Ipv4Addr::from(bytes))),
            16 => <[u8; 16]>::try_from(bytes).ok().map(|bytes| IpAddr::V6(Ipv6Addr::from(bytes))),
            _ => None,
        }
    };
    Some([read(u32::to_le_bytes)?, read(u32::to_be_bytes)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

    #[test]
    fn listeners_that_loopback_reaches_are_found() {
        for line in [
            "   0: 0100007F:1ED2 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100",
            "   1: 00000000:1ED2 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100",
            "   0: 00000000000000000000000001000000:1ED2 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1",
            "   0: 00000000000000000000000000000000:1ED2 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1",
            "   0: 0000000000000000FFFF00000100007F:1ED2 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1",
            "   0: 7F000001:1ED2 00000000:0000 0A 0:0 0:0 0 0 0 1",
        ] {
            assert_eq!(listening_port(line), Some(7890), "{line}");
        }
    }

    #[test]
    fn other_lines_are_not() {
        for line in [
            HEAD,
            "   0: 0100007F:1ED2 0100007F:C000 01 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100",
            "   1: 0A01A8C0:1ED2 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100",
            "   1: x:1ED2 y 0A",
            "   1: 0100007F:XXXX y 0A",
            "   1: 0100:1ED2 y 0A",
            "",
        ] {
            assert_eq!(listening_port(line), None, "{line}");
        }
    }
}
