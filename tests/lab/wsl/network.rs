//! How the distribution reaches its Windows host.

use crate::namespaces::Namespaces;

/// The address of the Windows host in NAT mode.
pub const GATEWAY: &str = "172.30.96.1";

/// A network of the distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// The one of the lab, with its servers on loopback.
    Lab,
    /// A private one; the host is the gateway, with a loopback of its own.
    Nat,
    /// A private one whose loopback is the host's, too.
    Mirrored,
}

impl Network {
    /// The namespaces that it takes, in the words of `unshare`.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Network::Lab => &["--user", "--map-root-user", "--mount"],
            Network::Nat | Network::Mirrored => &["--user", "--map-root-user", "--mount", "--net"],
        }
    }

    /// Sets it up; returns where the Windows host stands when that is not in
    /// the same network.
    pub fn set_up(self, distribution: &Namespaces) -> Option<Namespaces> {
        match self {
            Network::Lab => None,
            Network::Nat => {
                let windows = distribution.inside(&["--net"], "ip link set lo up");
                let script = format!(
                    "ip link set lo up && ip link add eth0 type veth peer name wsl netns {pid} && \
                     ip address add 172.30.98.7/20 dev eth0 && ip link set eth0 up && \
                     nsenter --target {pid} --net sh -c 'ip address add {GATEWAY}/20 dev wsl && ip link set wsl up' && \
                     ip route add default via {GATEWAY} dev eth0 proto kernel",
                    pid = windows.pid()
                );
                distribution.run(&script);
                Some(windows)
            }
            Network::Mirrored => {
                let script = "ip link set lo up && ip address add 10.255.255.254/32 dev lo && \
                              ip link add loopback0 type veth peer name windows && ip link set loopback0 up";
                distribution.run(script);
                None
            }
        }
    }
}
