//! A real ssh server on loopback.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::machine::Machine;
use crate::tools::program;

/// A server that lets in whoever has `~/.ssh/id_ed25519`.
pub struct SshServer {
    port: u16,
    child: Child,
}

impl SshServer {
    /// Makes the user's key and starts the server on a free port.
    pub fn start(machine: &Machine) -> SshServer {
        let home = machine.home();
        let folder = home.join("sshd");
        machine.write(".ssh/known_hosts", "");
        machine.write("sshd/log", "");
        for path in [home.join(".ssh"), folder.clone()] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700)).expect("a folder has permissions");
        }
        make_key(&home.join(".ssh/id_ed25519"));
        make_key(&folder.join("host"));
        // The port is free now, and taken in a moment.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free");
        let port = port.port();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {0}/host\nAuthorizedKeysFile {1}/.ssh/id_ed25519.pub\nPidFile {0}/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n",
            folder.display(),
            home.display()
        );
        machine.write("sshd/config", config);
        let sshd = program("sshd").expect("there is an sshd");
        let mut command = Command::new("bwrap");
        // sshd wants a folder of its own below /run.
        command.args(["--dev-bind", "/", "/", "--tmpfs", "/run", "--dir", "/run/sshd"]);
        command.arg(sshd).args(["-D", "-f"]).arg(folder.join("config")).arg("-E").arg(folder.join("log"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = SshServer { port, child: command.spawn().expect("sshd can be started") };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
            assert!(began.elapsed() < Duration::from_secs(10), "sshd does not listen: {}", log());
            std::thread::yield_now();
        }
        server
    }

    /// `ssh://user@host:port`, for the user who runs the lab.
    pub fn url(&self) -> String {
        format!("ssh://{}@127.0.0.1:{}", user_of_lab().0, self.port)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for SshServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Name and home of the user who runs the lab: ssh goes by these, and not by
/// the environment.
pub fn user_of_lab() -> (String, String) {
    let uid = rustix::process::geteuid().as_raw().to_string();
    let users = fs::read_to_string("/etc/passwd").expect("there are users");
    let of = |line: &str| -> Option<(String, String)> {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.get(2) == Some(&uid.as_str())).then(|| ((*fields[0]).to_owned(), fields[5].to_owned()))
    };
    users.lines().find_map(of).expect("the user has a name")
}

fn make_key(path: &Path) {
    let mut keygen = Command::new("ssh-keygen");
    keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path);
    assert!(keygen.status().expect("ssh-keygen can be started").success());
}
