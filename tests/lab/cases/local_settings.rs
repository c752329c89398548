//! Settings that a project keeps in files of its own.

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::{findings, has_finding};
use crate::tools::{BASH, DIRENV, NEW};

const ID: &str = "dotenv-overrides-go";

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "dotenv-overrides-go: Go reads no .env", needs: &[BASH, NEW], run: dotenv },
        Case { name: "dotenv-overrides-go: direnv", needs: &[BASH, NEW, DIRENV], run: direnv },
    ]
}

fn dotenv() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let command = "go env GOPRIVATE | grep -q git.corp.example || { echo Go does not see it; exit 1; }";
    machine.write("shop/.env", "GOPRIVATE=git.corp.example\n");
    machine.terminal(command).fails_with("Go does not see it");
    assert!(has_finding(&machine, ID), "{}", machine.gomedic("check --offline").stdout);
    machine.terminal("go env -w GOPRIVATE=git.corp.example").works();
    machine.terminal(command).works();
    assert!(!has_finding(&machine, ID), "{}", machine.gomedic("check --offline").stdout);
}

/// direnv puts into a shell what was allowed, and `.env` with it.
fn direnv() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/.envrc", "dotenv\nexport GOBIN=\"$PWD/bin\"\n");
    machine.write("shop/.env", "GOPRIVATE=git.corp.example\n");
    let seen = "direnv exec . sh -c 'go env GOPRIVATE GOBIN | grep -c git.corp.example'";
    machine.terminal(seen).fails_with(".envrc is blocked");
    let found = findings(&machine, ID);
    assert_eq!(found.len(), 2, "one for each file: {found:#?}");
    assert!(found.iter().all(|finding| finding["summary"].to_string().contains("has not loaded")), "{found:#?}");

    machine.terminal("direnv allow").works();
    machine.terminal(seen).works();
    let check = format!("{} check --offline --only {ID}", env!("CARGO_BIN_EXE_gomedic"));
    let inside = machine.terminal(&format!("direnv exec . {check} --fail-on info"));
    inside.works();
    assert!(inside.stdout.contains("1 passed"), "{inside:#?}");
    let elsewhere = machine.terminal(&format!("cd / && {check} --fail-on info ~/shop"));
    elsewhere.works();
}
