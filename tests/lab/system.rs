//! A system of a machine's own: what is written to `/etc` and elsewhere stays
//! in it, and so does what is sent.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::namespace::Namespace;

/// Lays an empty layer over the root, with `/run` and `/tmp` empty. What tells
/// of a container around the lab is not seen. The target folder, the argument,
/// stays as it is.
const ROOT: &str = r#"
layer="$1/tmp/system"
mkdir -p "$layer"
mount -t tmpfs tmpfs "$layer"
mkdir "$layer/upper" "$layer/work" "$layer/root"
mount -t overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" overlay "$layer/root"
root="$layer/root"
for folder in /*; do
    if mountpoint -q "$folder"; then mount --rbind "$folder" "$root$folder"; fi
done
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir -p "$root$1"
mount --bind "$1" "$root$1"
mkdir "$root/old"
pivot_root "$root" "$root/old"
umount -l /old
rmdir /old
rm -f /.dockerenv
echo 0::/init.scope > /run/cgroup
mount --bind /run/cgroup /proc/1/cgroup
# These are for other cases.
rm -rf /usr/bin/dlv /etc/chrony
"#;

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

impl Namespace {
    /// A system of its own. The script makes more of it.
    pub fn system(script: &str) -> Namespace {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder");
        Namespace::start(&format!("{ROOT}{NETWORK}{script}"), &[&target.display().to_string()])
    }

    /// Listens in there.
    pub fn listener(&self, port: u16) -> TcpListener {
        let network = std::fs::File::open(self.network()).expect("it is there");
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
