//! Hosts that were to be left out of a proxy, spelled as Go does not read it.

use crate::Case;
use crate::machine::{Background, Machine, Shell};
use crate::modproxy::ModProxy;
use crate::proof::{Proof, findings};
use crate::tools::{BASH, BWRAP, NEW, OLD, TINYPROXY, ZSH, program};

use super::dep::{DOWNLOAD, served};
use super::network::{free_port, wait_for};

pub fn cases() -> Vec<Case> {
    const NEEDS: &[crate::tools::Tool] = &[BASH, BWRAP, TINYPROXY, NEW];
    vec![
        Case { name: "no-proxy-useless: a star before a name", needs: NEEDS, run: star },
        Case { name: "no-proxy-useless: a URL, in zsh", needs: &[ZSH, BWRAP, TINYPROXY, OLD], run: url },
    ]
}

const ID: &str = "no-proxy-useless";

/// What Go says of a proxy that does not pass it on.
const SAYS: &str = "403 Filtered";

/// A machine in a company: its module proxy is inside, and the HTTP proxy leads
/// out only.
fn in_company(shell: Shell, version: &str) -> (Machine, ModProxy, Background) {
    let modules = served();
    let machine = Machine::with_go(shell, version);
    machine.write("hosts", "127.0.0.1 localhost modules.lab.example\n");
    let hosts = machine.home().join("hosts");
    let machine = machine.with_file(&hosts, "/etc/hosts");
    machine.write(".config/go/env", modules.settings().replace("127.0.0.1", "modules.lab.example"));

    let port = free_port();
    machine.write("filter", "lab\\.example\n");
    let filter = machine.home().join("filter").display().to_string();
    let settings =
        format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 10\nAllow 127.0.0.1\nFilter \"{filter}\"\n");
    machine.write("tinyproxy.conf", settings);
    let configuration = machine.home().join("tinyproxy.conf").display().to_string();
    let proxy = machine.background(&program("tinyproxy").expect("it is there"), &["-d", "-c", &configuration]);
    wait_for(port);
    machine.append(shell.rc(), &shell.export_line("HTTP_PROXY", &format!("http://127.0.0.1:{port}")));
    (machine, modules, proxy)
}

fn star() {
    let (machine, _modules, _proxy) = in_company(Shell::Bash, "1.27.3");
    let rc = std::fs::read_to_string(machine.home().join(".bashrc")).expect("it was written");
    machine.append(".bashrc", "export NO_PROXY=.lab.example\n");
    machine.terminal(DOWNLOAD).works();
    assert_eq!(findings(&machine, ID), Vec::<serde_json::Value>::new());
    machine.write(".bashrc", rc + "export NO_PROXY='localhost,*lab.example' # inside\n");
    Proof { id: ID, command: DOWNLOAD, says: SAYS }.run(&machine);
}

fn url() {
    let (machine, _modules, _proxy) = in_company(Shell::Zsh, "1.21.13");
    machine.append(".zshrc", "export NO_PROXY=http://modules.lab.example,10.0.0.0/8\n");
    Proof { id: ID, command: DOWNLOAD, says: SAYS }.run(&machine);
}
