//! A proxy that git's own configuration names.

use crate::Case;
use crate::git::{GitServer, USER, download, need, repository};
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, GIT, NEW, ZSH};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "git-proxy-dead: for every host", needs: &[BASH, GIT], run: every_host },
        Case { name: "git-proxy-dead: for one host, in zsh", needs: &[ZSH, GIT, NEW], run: one_host },
    ]
}

// Nothing listens on port 1.
const SAYS: &str = "Failed to connect to 127.0.0.1 port 1";

fn every_host() {
    let machine = Machine::new(Shell::Bash);
    let server = GitServer::start(&repository(&machine));
    let command = format!("git ls-remote http://{USER}@{}/lib", server.address());
    machine.terminal(&command).works();
    machine.write(".gitconfig", "[user]\n\tname = Kim\n[http]\n\tproxy = http://127.0.0.1:1\n\tpostBuffer = 524288\n");
    Proof { id: "git-proxy-dead", command: &command, says: SAYS }.run(&machine);
}

/// Go has git fetch a private module; git's proxy is set for its host alone.
fn one_host() {
    let machine = Machine::with_go(Shell::Zsh, "1.27.3");
    let server = GitServer::start(&repository(&machine));
    let address = server.address();
    let rewrite = format!("[url \"http://{USER}@{address}/\"]\n\tinsteadOf = https://github.com/corp/\n");
    machine.write(".gitconfig", &rewrite);
    machine.write(".config/go/env", "GOPRIVATE=github.com/corp\n");
    need(&machine);
    machine.terminal(&download()).works();
    machine.append(".gitconfig", &format!("[http \"http://{address}\"]\n\tproxy = socks5h://127.0.0.1:1\n"));
    Proof { id: "git-proxy-dead", command: &download(), says: SAYS }.run(&machine);
}
