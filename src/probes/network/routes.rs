use std::path::Path;

use crate::host::Host;

/// The kernel's tables of routes. An unreadable one is like an empty one only
/// where the other has something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Routes {
    v4: Option<bool>,
    v6: Option<bool>,
}

const V4: &str = "/proc/net/route";
const V6: &str = "/proc/net/ipv6_route";

/// The flag of a route that refuses.
const REJECT: u32 = 0x200;

impl Routes {
    pub(super) fn read(host: &dyn Host) -> Routes {
        let table = |path: &str, is_way: fn(&str) -> bool| {
            host.read_text(Path::new(path)).ok().map(|text| text.lines().any(is_way))
        };
        Routes { v4: table(V4, is_default_v4), v6: table(V6, is_default_v6) }
    }

    /// True unless both tables are known to have no way to other networks.
    pub(super) fn leads_out(self) -> bool {
        self.v4.is_none() || self.v4 == Some(true) || self.v6 == Some(true)
    }

    /// True when IPv6 has a way to other networks.
    pub(super) fn leads_out_by_v6(self) -> bool {
        self.v6 == Some(true)
    }
}

/// `eth0 00000000 0102A8C0 0003 …`: interface, destination, gateway, flags,
/// then the mask at the eighth place. A VPN may halve the world in two routes.
fn is_default_v4(line: &str) -> bool {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [interface, destination, _, flags, _, _, _, mask, ..] = fields.as_slice() else { return false };
    let flags = u32::from_str_radix(flags, 16).unwrap_or(0);
    let bits = u32::from_str_radix(mask, 16).map_or(32, u32::count_ones);
    *interface != "lo" && bits <= 1 && u32::from_str_radix(destination, 16).is_ok() && flags & REJECT == 0
}

/// Destination, its length in bits, source, its length, next hop, metric, two
/// counters, flags, interface.
fn is_default_v6(line: &str) -> bool {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [_, bits, _, _, _, _, _, _, flags, interface] = fields.as_slice() else { return false };
    let flags = u32::from_str_radix(flags, 16).unwrap_or(REJECT);
    // The world's own addresses begin with 2000::/3.
    u32::from_str_radix(bits, 16).is_ok_and(|bits| bits <= 3) && *interface != "lo" && flags & REJECT == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_out_are_told_from_ways_within() {
        assert!(is_default_v4("eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0"));
        assert!(is_default_v4("tun0\t00000080\t0102A8C0\t0003\t0\t0\t100\t00000080\t0\t0\t0"));
        assert!(!is_default_v4("eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0"));
        assert!(!is_default_v4("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT"));
        let zero = "00000000000000000000000000000000";
        let line = |flags: &str, interface: &str| {
            format!(
                "{zero} 00 {zero} 00 fe800000000000000000000000000001 00000400 00000001 00000000 {flags} {interface}"
            )
        };
        assert!(is_default_v6(&line("00450003", "eth0")));
        assert!(!is_default_v6(&line("00200200", "lo")));
        assert!(!is_default_v6("rubbish"));
    }
}
