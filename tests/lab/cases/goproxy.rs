//! A module proxy that does not answer, beside one that does.

use serde_json::{Value, json};

use crate::Case;
use crate::loopback::Loopback;
use crate::machine::{Machine, Shell};
use crate::modproxy::ModProxy;
use crate::proof::{Proof, findings_with};
use crate::tools::{BASH, BWRAP, FISH, MIDDLE, NEW, ZSH};
use crate::tree::{differences, tree};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "goproxy-unreachable: refused, in bash", needs: &[BASH, NEW], run: refused },
        Case { name: "goproxy-unreachable: silent, in zsh", needs: &[ZSH, MIDDLE], run: silent },
        Case { name: "goproxy-unreachable: no such name", needs: &[BASH, BWRAP, NEW], run: unknown_name },
        Case { name: "goproxy-unreachable: a comma in fish", needs: &[FISH, NEW], run: comma },
        Case { name: "goproxy-unreachable: a comma in Go's settings", needs: &[BASH, NEW], run: comma_in_settings },
    ]
}

const ID: &str = "goproxy-unreachable";

/// A download, whatever was downloaded before. Go waits for ever for a module
/// proxy that says nothing.
const DOWNLOAD: &str = "go clean -modcache; GOFLAGS=-modcacherw timeout -v 5 go mod download example.com/dep@v1.0.0";

/// A machine whose GOENV file names a module proxy that lives.
fn with_live_proxy(shell: Shell, version: &str) -> (Machine, ModProxy) {
    let proxy = ModProxy::start();
    proxy.add("example.com/dep", "v1.0.0", &[("go.mod", "module example.com/dep\n"), ("dep.go", "package dep\n")]);
    let machine = Machine::with_go(shell, version);
    machine.write(".config/go/env", proxy.settings());
    machine.terminal(DOWNLOAD).works();
    (machine, proxy)
}

fn assert_stage(machine: &Machine, stage: &str) {
    let found = findings_with(machine, ID, &format!("--only {ID}"));
    let told = |finding: &serde_json::Value| finding["evidence"].to_string().contains(&format!("\"{stage}: "));
    assert!(matches!(&found[..], [one] if told(one)), "this ought to fail at {stage}: {found:#?}");
}

/// Nothing listens on port 1.
fn refused() {
    let (machine, _proxy) = with_live_proxy(Shell::Bash, "1.27.3");
    machine.append(".bashrc", "export GOPROXY=http://127.0.0.1:1\n");
    assert_stage(&machine, "connecting");
    Proof { id: ID, command: DOWNLOAD, says: "connect: connection refused" }.run_online(&machine);
}

/// It takes the question and never answers.
fn silent() {
    let (machine, _proxy) = with_live_proxy(Shell::Zsh, "1.24.11");
    let silent = Loopback::start(|stream| {
        stream.set_read_timeout(None)?;
        let mut nothing = [0; 1];
        while std::io::Read::read(&mut &stream, &mut nothing)? > 0 {}
        Ok(())
    });
    machine.append(".zshrc", &format!("export GOPROXY=http://127.0.0.1:{}\n", silent.port()));
    assert_stage(&machine, "the HTTP answer");
    Proof { id: ID, command: DOWNLOAD, says: "sending signal TERM" }.run_online(&machine);
}

/// Names are looked up in files alone.
fn unknown_name() {
    let (machine, _proxy) = with_live_proxy(Shell::Bash, "1.27.3");
    machine.write("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
    let names = machine.home().join("nsswitch.conf");
    let machine = machine.with_file(&names, "/etc/nsswitch.conf");
    machine.append(".bashrc", "export GOPROXY=http://goproxy.lab.example\n");
    assert_stage(&machine, "name lookup");
    Proof { id: ID, command: DOWNLOAD, says: "no such host" }.run_online(&machine);
}

/// Behind a comma Go turns to the next module proxy only when a module is not
/// found. The first one is still down after the fix: that costs time, and no
/// longer fails.
fn comma() {
    let (machine, proxy) = with_live_proxy(Shell::Fish, "1.27.3");
    machine.append(".config/fish/config.fish", &format!("set -gx GOPROXY http://127.0.0.1:1,{}\n", proxy.url()));
    let outcome = eased(&machine);
    assert_eq!((&outcome["outcome"], &outcome["detail"]), (&json!("pending"), &json!("waits for a new shell")));
}

/// Such a change of Go's own settings is seen at once.
fn comma_in_settings() {
    let (machine, proxy) = with_live_proxy(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY=http://127.0.0.1:1,{}\n", proxy.url()));
    let outcome = eased(&machine);
    let left = "what is left is only this warning: The module proxy 127.0.0.1 cannot be reached";
    assert_eq!((&outcome["outcome"], &outcome["detail"]), (&json!("resolved"), &json!(left)));
}

/// Proves a fix that leaves the first module proxy down, and returns how it
/// ended.
fn eased(machine: &Machine) -> Value {
    let flags = format!("--only {ID}");
    let severity = || findings_with(machine, ID, &flags)[0]["severity"].clone();
    machine.terminal(DOWNLOAD).fails_with("connect: connection refused");
    assert_eq!(severity(), "error");
    let before = tree(&machine.home());
    let fixed = machine.gomedic_json(&format!("fix {ID} {flags} --yes"));
    machine.terminal(DOWNLOAD).works();
    assert_eq!(severity(), "warning");
    machine.gomedic("undo --yes").works();
    assert_eq!(differences(&before, &tree(&machine.home())), Vec::<String>::new(), "undo left something");
    machine.terminal(DOWNLOAD).fails_with("connect: connection refused");
    fixed["fixes"][0].clone()
}
