//! The kernel's table of foreign programs.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::findings;
use crate::wsl::{Answer, Distribution, Wsl};

use super::wsl_host::{NEEDS, check};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "wsl-interop-broken: the entry is gone", needs: NEEDS, run: gone },
        Case { name: "wsl-interop-broken: somebody switched it off", needs: NEEDS, run: off },
        Case { name: "wsl-interop-broken: the name of older versions", needs: NEEDS, run: late },
    ]
}

const TABLE: &str = "/proc/sys/fs/binfmt_misc";
const COMMAND: &str = "/mnt/c/Windows/System32/cmd.exe /c ver";

fn ubuntu() -> Wsl {
    let wsl = Wsl::start(Machine::new(Shell::Bash), &Distribution::new().with_answer(Answer::healthy()));
    wsl.add_program("Windows/System32/cmd.exe", "printf 'Microsoft Windows [Version 10.0.26100.4652]\\r\\n'; exit 0");
    wsl.machine().terminal(COMMAND).works();
    wsl
}

/// Everything that is registered.
fn table(wsl: &Wsl) -> String {
    wsl.machine().terminal(&format!("cd {TABLE} && grep -r . --exclude=register .")).works().stdout.clone()
}

/// The real kernel refuses a program of Windows, runs it after the fix, and
/// refuses it again when that is taken back.
fn prove(wsl: &Wsl) {
    let (machine, id) = (wsl.machine(), "wsl-interop-broken");
    let says = "cannot execute binary file: Exec format error";
    machine.terminal(COMMAND).fails_with(says);
    let before = table(wsl);
    let report = machine.gomedic_json("check --offline");
    assert_eq!(check(&report, id)["findings"].as_array().map_or(0, Vec::len), 1, "{:#}", check(&report, id));
    let effect = &check(&report, "windows-unreachable")["findings"][0];
    assert_eq!(effect["caused_by"]["id"], id, "{effect:#}");
    assert_eq!(table(wsl), before, "diagnosis changed something");

    let fixed = machine.gomedic_json(&format!("fix {id} --offline --yes"));
    assert_eq!(fixed["fixes"][0]["outcome"], "resolved", "{fixed:#}");
    machine.terminal(COMMAND).works();
    let report = machine.gomedic_json("check --offline");
    assert_eq!(check(&report, id)["status"], "passed");
    assert_eq!(check(&report, "windows-unreachable")["status"], "passed");

    machine.gomedic("undo --yes").works();
    assert_eq!(table(wsl), before, "undo did not restore everything");
    machine.terminal(COMMAND).fails_with(says);
}

/// As after a systemd-binfmt that cleared the table.
fn gone() {
    let wsl = ubuntu();
    wsl.machine().terminal(&format!("echo -1 > {TABLE}/WSLInterop")).works();
    // Another entry shows that the table is there.
    let python = "echo ':python3.11:M::\\xa7\\x0d\\x0d\\x0a::/bin/true:' >";
    wsl.machine().terminal(&format!("{python} {TABLE}/register")).works();
    prove(&wsl);
}

fn off() {
    let wsl = ubuntu();
    wsl.machine().terminal(&format!("echo 0 > {TABLE}/WSLInterop")).works();
    let sample = include_str!("../../wsl-samples/binfmt-WSLInterop-disabled.txt");
    assert_eq!(wsl.machine().terminal(&format!("cat {TABLE}/WSLInterop")).works().stdout, sample);
    prove(&wsl);
}

/// With systemd, versions before 2.6.2 registered another name.
fn late() {
    let wsl = ubuntu();
    let line = format!("echo -1 > {TABLE}/WSLInterop && echo ':WSLInterop-late:M::MZ::/init:PF' > {TABLE}/register");
    wsl.machine().terminal(&line).works();
    wsl.machine().terminal(COMMAND).works();
    assert_eq!(findings(wsl.machine(), "wsl-interop-broken").len(), 0);
}
