//! Proxies on Windows, and the name server.

use std::fs;

use crate::Case;
use crate::machine::{Background, Machine, Shell};
use crate::proof::findings_with;
use crate::tools::{BASH, BINFMT, IP, NEW, NSENTER, OPENSSL, TINYPROXY, Tool, UNSHARE, program};
use crate::wsl::{Answer, Distribution, GATEWAY, Network, Wsl};

use super::certificates::LIST;
use super::wsl_host::check;

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "wsl-proxy-loopback", needs: PROXY, run: loopback },
        Case { name: "wsl-proxy-gateway-stale", needs: PROXY, run: stale },
        Case { name: "wsl-resolv-missing: a link of another system", needs: NAMES, run: resolv },
        Case { name: "wsl-resolv-missing: no file", needs: NAMES, run: no_resolv },
    ]
}

const PROXY: &[Tool] = &[BASH, BINFMT, IP, NEW, NSENTER, OPENSSL, TINYPROXY, UNSHARE];
const NAMES: &[Tool] = &[BASH, BINFMT, IP, NEW, NSENTER, UNSHARE];

/// An Ubuntu whose Windows has a real proxy, and behind it a module proxy of
/// files, which are reached from there alone.
fn behind_windows(proxy: &str) -> (Wsl, [Background; 2]) {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let modules = machine.module_proxy("example.com/dep", "v1.0.0");
    let make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=lab \
                -addext subjectAltName=DNS:modules.lab.example -keyout ~/key.pem -out ~/ca.pem";
    machine.terminal(make).works();
    // Go passes its proxy by for loopback addresses, not for names.
    machine.write(".config/go/env", "GONOSUMDB=*\nGOPROXY=https://modules.lab.example:8443\n");
    machine.write("tinyproxy.conf", "Port 7890\nListen 0.0.0.0\nMaxClients 10\nAllow 0.0.0.0/0\nConnectPort 8443\n");
    let export = format!("export SSL_CERT_FILE=$HOME/ca.pem\nexport HTTPS_PROXY={proxy}\n");
    machine.append(".bashrc", &export);
    let ubuntu =
        Distribution::new().with_answer(Answer::healthy()).with_etc("hosts", "127.0.0.9 modules.lab.example\n");
    let home = machine.home().display().to_string();
    let wsl = Wsl::start(machine, &ubuntu);
    let server = format!(
        "cd '{}' && exec openssl s_server -accept 127.0.0.9:8443 -WWW -cert {home}/ca.pem -key {home}/key.pem",
        modules.display()
    );
    let server = wsl.background_on_windows(&program("sh").expect("every system has it"), &["-c", &server]);
    let settings = format!("{home}/tinyproxy.conf");
    let proxy = wsl.background_on_windows(&program("tinyproxy").expect("it is there"), &["-d", "-c", &settings]);
    let wait = format!(
        "timeout 20 bash -c 'until {{ : </dev/tcp/{GATEWAY}/7890; }} 2>/dev/null; do sleep 0.05; done' && \
         timeout 20 sh -c 'until HTTPS_PROXY=http://{GATEWAY}:7890 {LIST}; do sleep 0.1; done'"
    );
    wsl.machine().terminal(&wait).works();
    (wsl, [server, proxy])
}

/// A fault that only the user can cure: what to do depends on the proxy
/// program on Windows. Done by hand as the finding says, it is gone.
fn by_hand(wsl: &Wsl, id: &str, wrong: &str, command: &str, says: &str) {
    let machine = wsl.machine();
    machine.terminal(command).fails_with(says);
    let flags = format!("--only {id}");
    let found = findings_with(machine, id, &flags);
    assert_eq!(found.len(), 1, "{}", machine.gomedic(&format!("check {flags}")).stdout);
    assert_eq!(found[0]["severity"], "error");
    assert!(found[0].to_string().contains(&format!("{GATEWAY}:7890")), "{:#}", found[0]);
    machine.terminal(&format!("sed -i 's/{wrong}/{GATEWAY}/' ~/.bashrc")).works();
    machine.terminal(LIST).works();
    assert_eq!(findings_with(machine, id, &flags).len(), 0);
}

fn loopback() {
    let (wsl, _running) = behind_windows("http://127.0.0.1:7890");
    by_hand(&wsl, "wsl-proxy-loopback", "127.0.0.1", LIST, "connect: connection refused");
}

/// The network is of another day: nobody has the address.
fn stale() {
    let (wsl, _running) = behind_windows("http://172.22.0.1:7890");
    let command = format!("timeout 15 {LIST} || {{ echo no answer; false; }}");
    by_hand(&wsl, "wsl-proxy-gateway-stale", "172.22.0.1", &command, "no answer");
}

/// A server of names, where WSL's own one answers.
const NAME_SERVER: &str = include_str!("../stand_ins/names.go");

/// In the mirrored mode the name server is an address of this machine.
fn with_names(spoil: &str) -> (Wsl, Background) {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("names/go.mod", "module names\n\ngo 1.21\n");
    machine.write("names/main.go", NAME_SERVER);
    machine.terminal("cd ~/names && CGO_ENABLED=0 go build -o ../serve-names .").works();
    let ubuntu = Distribution {
        network: Network::Mirrored,
        networking_mode: "mirrored".to_owned(),
        ..Distribution::new().with_answer(Answer::healthy()).with_etc("nsswitch.conf", "hosts: files dns\n")
    };
    let wsl = Wsl::start(machine, &ubuntu);
    let serve = wsl.machine().home().join("serve-names");
    let server = wsl.machine().background(&serve, &["10.255.255.254:53"]);
    let patient = format!("timeout 20 sh -c 'until {FOUND}; do sleep 0.05; done'");
    wsl.machine().terminal(&patient).works();
    wsl.machine().terminal(spoil).works();
    (wsl, server)
}

/// The C library looks a name up, as Go does with it.
const FOUND: &str = "getent hosts proxy.lab.example";

/// A link to what is not there, or nothing; after the fix names are found, and
/// after undo it is as before.
fn prove(wsl: &Wsl) {
    let (machine, id) = (wsl.machine(), "wsl-resolv-missing");
    let command = format!("{FOUND} || {{ echo no such name; false; }}");
    let link = || fs::read_link(wsl.seen("/etc/resolv.conf")).ok();
    let before = link();
    machine.terminal(&command).fails_with("no such name");
    let report = machine.gomedic_json("check --offline");
    assert_eq!(check(&report, id)["findings"][0]["severity"], "error", "{:#}", check(&report, id));
    let fixed = machine.gomedic_json(&format!("fix {id} --offline --yes"));
    assert_eq!(fixed["fixes"][0]["outcome"], "resolved", "{fixed:#}");
    assert!(machine.terminal(&command).works().stdout.contains("10.0.0.7"));
    machine.gomedic("undo --yes").works();
    assert_eq!(link(), before, "undo did not restore the link");
    machine.terminal(&command).fails_with("no such name");
}

fn resolv() {
    let (wsl, _server) = with_names("ln -sfn /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf");
    prove(&wsl);
}

fn no_resolv() {
    let (wsl, _server) = with_names("rm /etc/resolv.conf");
    prove(&wsl);
    assert!(!wsl.seen("/etc/resolv.conf").exists());
}
