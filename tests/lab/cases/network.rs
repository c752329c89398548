//! Proxy, clock.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::proof::findings;
use crate::servers::ModuleServer;
use crate::tools::{BASH, BWRAP, MIDDLE, NEW, TINYPROXY, ZSH, program};
use std::sync::atomic::{AtomicU16, Ordering};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "proxy-dead in bash", needs: &[BASH, BWRAP, NEW], run: || proxy_dead(Shell::Bash) },
        Case { name: "proxy-dead in zsh", needs: &[ZSH, BWRAP, MIDDLE], run: || proxy_dead(Shell::Zsh) },
        Case { name: "healthy: a live HTTP proxy", needs: &[BASH, BWRAP, TINYPROXY, NEW], run: live_proxy },
        Case { name: "proxy-case-conflict", needs: &[BASH, NEW], run: proxy_case_conflict },
        Case { name: "proxy-malformed", needs: &[BASH, BWRAP, NEW], run: proxy_malformed },
    ]
}

/// A machine that gets its modules from a server with a name, so that Go does
/// not pass its proxy by as it does for localhost.
pub(super) fn with_modules(shell: Shell, version: &str, server: &ModuleServer) -> Machine {
    let machine = Machine::with_go(shell, version);
    machine.write("hosts", "127.0.0.1 localhost modules.lab.example\n");
    let hosts = machine.home().join("hosts");
    let machine = machine.with_file(&hosts, "/etc/hosts");
    let settings = format!("GONOSUMDB=*\nGOPROXY=http://modules.lab.example:{}\n", server.port());
    machine.write(".config/go/env", settings);
    machine
}

pub(super) const LIST: &str = "GOFLAGS=-modcacherw go list -m -versions example.com/dep";

fn proxy_dead(shell: Shell) {
    let server = ModuleServer::start("example.com/dep", "v1.0.0");
    let version = if shell == Shell::Zsh { "1.24.11" } else { "1.27.3" };
    let machine = with_modules(shell, version, &server);
    machine.terminal(LIST).works();
    // Nothing listens on port 1.
    machine.append(shell.rc(), "export HTTP_PROXY=http://127.0.0.1:1\n");
    Proof { id: "proxy-dead", command: LIST, says: "connect: connection refused" }.run(&machine);
}

fn proxy_malformed() {
    let server = ModuleServer::start("example.com/dep", "v1.0.0");
    let machine = with_modules(Shell::Bash, "1.27.3", &server);
    machine.append(".bashrc", "export HTTP_PROXY='http://127.0.0.1:80 80'\n");
    Proof { id: "proxy-malformed", command: LIST, says: "proxy" }.run(&machine);
}

/// A real proxy that lives: modules come through it, and nothing is found.
fn live_proxy() {
    let server = ModuleServer::start("example.com/dep", "v1.0.0");
    let machine = with_modules(Shell::Bash, "1.27.3", &server);
    let port = free_port();
    let settings = format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 10\nAllow 127.0.0.1\n");
    machine.write("tinyproxy.conf", settings);
    // The proxy looks names up where the machine does.
    let configuration = machine.home().join("tinyproxy.conf").display().to_string();
    let proxy = machine.background(&program("tinyproxy").expect("it is there"), &["-d", "-c", &configuration]);
    wait_for(port);
    machine.append(".bashrc", &format!("export HTTP_PROXY=http://127.0.0.1:{port}\n"));
    machine.terminal(LIST).works();
    for id in ["proxy-dead", "proxy-malformed"] {
        assert_eq!(findings(&machine, id), Vec::<serde_json::Value>::new());
    }
    drop(proxy);
    machine.terminal(LIST).fails_with("connect: connection refused");
    assert_eq!(findings(&machine, "proxy-dead").len(), 1);
}

/// Go obeys one spelling, curl and git the other one.
fn proxy_case_conflict() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let lines = "export HTTPS_PROXY=http://old.lab.example:3128\nexport https_proxy=http://new.lab.example:3128\n";
    machine.append(".bashrc", lines);
    let command = "echo $HTTPS_PROXY $https_proxy; test \"$HTTPS_PROXY\" = \"$https_proxy\"";
    Proof { id: "proxy-case-conflict", command, says: "old.lab.example" }.run(&machine);
}

pub(super) fn free_port() -> u16 {
    // Below the range that the kernel hands out by itself: nobody takes it
    // between two commands.
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let from = 20_000 + u16::try_from(std::process::id() % 8_000).unwrap_or_default();
    loop {
        let port = from + NEXT.fetch_add(1, Ordering::Relaxed) % 4_000;
        if std::net::TcpListener::bind(("0.0.0.0", port)).is_ok() {
            return port;
        }
    }
}

/// Waits until something listens.
pub(super) fn wait_for(port: u16) {
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("nothing listens on port {port}");
}
