//! An HTTP proxy that works.

use crate::Case;
use crate::machine::Shell;
use crate::system::SERVER;
use crate::tools::{BASH, CA, IP, MIDDLE, MOUNTS, NEW, OPENSSL, TINYPROXY, Tool, ZSH, program};

use super::company::Company;
use super::dep::DOWNLOAD;
use super::healthy::stays_green_online;

pub fn cases() -> Vec<Case> {
    const NEEDS: &[Tool] = &[BASH, CA, OPENSSL, TINYPROXY, IP, MOUNTS, NEW];
    const IN_ZSH: &[Tool] = &[ZSH, CA, OPENSSL, TINYPROXY, IP, MOUNTS, MIDDLE, NEW];
    vec![
        Case {
            name: "healthy: a live HTTP proxy, every server asked",
            needs: NEEDS,
            run: || live(Shell::Bash, "1.27.3"),
        },
        Case {
            name: "healthy: a live HTTP proxy in zsh, every server asked",
            needs: IN_ZSH,
            run: || live(Shell::Zsh, "1.24.11"),
        },
    ]
}

/// Everything goes through it, for Go and git alike; who is left out is spelled
/// as both read it.
fn live(shell: Shell, version: &str) {
    let company = Company::new(shell, version, "modules.lab.example");
    company.install();
    let machine = &company.machine;
    machine
        .write("tinyproxy.conf", format!("Port 3128\nListen {SERVER}\nTimeout 60\nMaxClients 10\nConnectPort 443\n"));
    let configuration = machine.home().join("tinyproxy.conf").display().to_string();
    let start = || machine.background(&program("tinyproxy").expect("it is there"), &["-d", "-c", &configuration]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] {
        machine.append(shell.profile(), &shell.export_line(name, &format!("http://{SERVER}:3128")));
    }
    for name in ["NO_PROXY", "no_proxy"] {
        machine.append(shell.profile(), &shell.export_line(name, "localhost,127.0.0.1,.corp.example,10.0.0.0/8"));
    }
    machine.write(".gitconfig", format!("[http]\n\tproxy = http://{SERVER}:3128\n"));

    // It is on the way indeed.
    machine.terminal(DOWNLOAD).fails_with("proxyconnect tcp: dial tcp 198.51.100.10:3128: connect: connection refused");
    let _proxy = start();
    machine.wait_for_port(SERVER, 3128);
    machine.terminal(DOWNLOAD).works();
    stays_green_online(machine);
}
