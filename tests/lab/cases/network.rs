//! Proxy, clock.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::servers::ModuleServer;
use crate::tools::{BASH, BWRAP, MIDDLE, NEW, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "proxy-dead in bash", needs: &[BASH, BWRAP, NEW], run: || proxy_dead(Shell::Bash) },
        Case { name: "proxy-dead in zsh", needs: &[ZSH, BWRAP, MIDDLE], run: || proxy_dead(Shell::Zsh) },
        Case { name: "proxy-malformed", needs: &[BASH, BWRAP, NEW], run: proxy_malformed },
    ]
}

/// A machine that gets its modules from a server with a name, so that Go does
/// not pass its proxy by as it does for localhost.
fn with_modules(shell: Shell, version: &str, server: &ModuleServer) -> Machine {
    let machine = Machine::with_go(shell, version);
    machine.write("hosts", "127.0.0.1 localhost modules.lab.example\n");
    let hosts = machine.home().join("hosts");
    let machine = machine.with_file(&hosts, "/etc/hosts");
    let settings = format!("GONOSUMDB=*\nGOPROXY=http://modules.lab.example:{}\n", server.port());
    machine.write(".config/go/env", settings);
    machine
}

const LIST: &str = "GOFLAGS=-modcacherw go list -m -versions example.com/dep";

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
