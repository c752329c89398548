use std::net::Ipv4Addr;
use std::path::Path;

use super::package::wslinfo;
use crate::host::{Host, WslClass};
use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

/// How this distribution reaches the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkMode {
    /// The mode that is in force.
    pub mode: Mode,
    /// How it shows.
    pub evidence: Evidence,
    /// Where Windows is: the way out of the virtual network.
    pub gateway: Option<Ipv4Addr>,
}

/// WSL's network modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A network of its own behind Windows; 127.0.0.1 is not that of Windows.
    Nat,
    /// The adapters of Windows; 127.0.0.1 is that of Windows.
    Mirrored,
    /// A network of its own behind a program of WSL.
    Consomme,
    /// A switch of Hyper-V.
    Bridged,
    /// No network.
    None,
    /// The network of Windows itself, under WSL 1.
    Wsl1,
}

impl Fact for NetworkMode {
    const ID: &'static str = "wsl-network-mode";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let gateway = gateway(host);
        let known = |mode, evidence| NetworkMode { mode, evidence, gateway };
        if host.machine().wsl.class == WslClass::Wsl1 {
            return Ok(known(Mode::Wsl1, Evidence::new("WSL 1", "shares the network of Windows")));
        }
        let said = wslinfo(host, "--networking-mode");
        if let Ok(Some(said)) = &said
            && let Some(mode) = Mode::parse(said)
        {
            return Ok(known(mode, Evidence::new("wslinfo --networking-mode", said)));
        }
        if host.exists(Path::new("/sys/class/net/loopback0")) {
            return Ok(known(Mode::Mirrored, Evidence::new("/sys/class/net/loopback0", "the interface is there")));
        }
        match gateway.filter(|address| is_of_nat(*address)) {
            Some(address) => Ok(known(Mode::Nat, Evidence::new(ROUTES, format!("the gateway is {address}")))),
            None => Err(said.err().unwrap_or_else(|| Missing::failed("nothing tells the network mode of WSL"))),
        }
    }
}

impl NetworkMode {
    /// Where Windows is today; None where it has no address of its own for
    /// WSL.
    #[must_use]
    pub fn gateway_of_today(&self) -> Option<Ipv4Addr> {
        self.gateway.filter(|_| self.mode == Mode::Nat)
    }

    /// True for an address that Windows may have had on another day: WSL takes
    /// its networks from one range, and Windows is the first in each.
    #[must_use]
    pub fn was_gateway(&self, host: &str) -> bool {
        let is_old = |address: Ipv4Addr| {
            let today = self.gateway_of_today();
            is_of_nat(address) && today.is_some_and(|today| today != address) && address.octets()[3] == 1
        };
        host.parse().is_ok_and(is_old)
    }
}

impl Mode {
    /// As `wslinfo --networking-mode` says it, and .wslconfig.
    #[must_use]
    pub fn parse(text: &str) -> Option<Mode> {
        match text.trim().to_ascii_lowercase().as_str() {
            "nat" => Some(Mode::Nat),
            "mirrored" => Some(Mode::Mirrored),
            "virtioproxy" | "consomme" => Some(Mode::Consomme),
            "bridged" => Some(Mode::Bridged),
            "none" => Some(Mode::None),
            "wsl1" => Some(Mode::Wsl1),
            _ => None,
        }
    }

    /// The mode's name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Mode::Nat => "nat",
            Mode::Mirrored => "mirrored",
            Mode::Consomme => "virtioproxy",
            Mode::Bridged => "bridged",
            Mode::None => "none",
            Mode::Wsl1 => "wsl1",
        }
    }
}

const ROUTES: &str = "/proc/net/route";

/// Where the default route leads.
fn gateway(host: &dyn Host) -> Option<Ipv4Addr> {
    default_gateway(&host.read_text(Path::new(ROUTES)).ok()?)
}

/// The kernel writes addresses as hexadecimal numbers in the machine's byte
/// order; every machine that runs WSL is little-endian.
fn default_gateway(text: &str) -> Option<Ipv4Addr> {
    let route = |line: &str| {
        let mut fields = line.split_whitespace().skip(1);
        let (destination, gateway) = (fields.next()?, fields.next()?);
        let number = u32::from_str_radix(gateway, 16).ok()?;
        (destination == "00000000" && number != 0).then(|| Ipv4Addr::from(number.swap_bytes()))
    };
    text.lines().skip(1).find_map(route)
}

/// WSL takes its network from 172.16.0.0/12.
fn is_of_nat(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    first == 172 && (16..32).contains(&second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gateway_is_read_from_the_routes() {
        let text = include_str!("../../../tests/wsl-samples/proc-net-route-nat.txt");
        assert_eq!(default_gateway(text), Some(Ipv4Addr::new(172, 30, 96, 1)));
        for rubbish in ["", "Iface\n", "Iface\neth0 00000000 zz\n", "Iface\neth0 00000000 00000000 1\n"] {
            assert_eq!(default_gateway(rubbish), None, "{rubbish}");
        }
    }

    #[test]
    fn modes_have_an_old_and_a_new_name() {
        assert_eq!(Mode::parse("mirrored\n"), Some(Mode::Mirrored));
        assert_eq!(Mode::parse("VirtioProxy"), Mode::parse("consomme"));
        assert_eq!(Mode::parse("Failed to query networking mode"), None);
    }

    #[test]
    fn the_routes_of_both_modes_are_told_apart() {
        let default = |text: &str| -> Ipv4Addr {
            let line = text.lines().find_map(|line| line.strip_prefix("default via ")).unwrap();
            line.split(' ').next().unwrap().parse().unwrap()
        };
        let nat = default(include_str!("../../../tests/wsl-samples/ip-route-nat.txt"));
        let routes = include_str!("../../../tests/wsl-samples/proc-net-route-nat.txt");
        assert!(is_of_nat(nat) && default_gateway(routes) == Some(nat));
        assert!(!is_of_nat(default(include_str!("../../../tests/wsl-samples/ip-route-mirrored.txt"))));
    }
}
