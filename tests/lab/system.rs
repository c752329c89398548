//! A system of a machine's own: what is written to `/etc` and elsewhere stays
//! in it, and so does what is sent.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::namespaces::Namespaces;
use crate::own_system::{ENTER, LAYER};

/// The target folder, `$2`, stays as it is.
const TARGET: &str = r#"mkdir -p ".$2"
mount --bind "$2" ".$2"
"#;

/// What tells of a container around the lab is not seen, nor what was
/// installed for other cases.
const ALONE: &str = "rm -rf /.dockerenv /usr/bin/dlv /etc/chrony
echo 0::/init.scope > /run/cgroup
mount --bind /run/cgroup /proc/1/cgroup
";

/// One way to other networks, which ends behind the wire, and the address of
/// the servers.
const NETWORK: &str = "
ip link set lo up
ip address add 198.51.100.10/32 dev lo
ip link add eth0 type veth peer name wire
ip address add 192.0.2.2/24 dev eth0
ip link set eth0 up
ip link set wire up
ip route add default via 192.0.2.1
";

/// Where the servers of such a system are.
pub const SERVER: &str = "198.51.100.10";

impl Namespaces {
    /// A system of its own. The script makes more of it.
    pub fn system(script: &str) -> Namespaces {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder");
        // Only its name is needed: it is a mount point in there alone.
        let folder = tempfile::Builder::new().prefix("system").tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        let folder = folder.expect("a folder can be made");
        let layer = folder.path().join("layer");
        let script = format!("{LAYER}{TARGET}{ENTER}{ALONE}{NETWORK}{script}");
        let arguments = [&layer, target].map(|path| path.display().to_string());
        Namespaces::start_with(&["--mount", "--net"], &script, &arguments.each_ref().map(String::as_str))
    }

    /// Listens in there.
    pub fn listener(&self, port: u16) -> TcpListener {
        let network = std::fs::File::open(self.file("ns/net")).expect("it is there");
        let address: SocketAddr = format!("{SERVER}:{port}").parse().expect("an address");
        // A thread that has moved stays there; its socket is for all.
        let listening = thread::spawn(move || {
            use std::os::fd::AsFd;
            move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network)).expect("the lab is root");
            TcpListener::bind(address).expect("nobody else is in there")
        });
        listening.join().expect("it did not panic")
    }
}
