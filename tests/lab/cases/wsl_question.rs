//! How gomedic asks Windows, and what it leaves behind.

use std::time::{Duration, Instant};

use super::wsl_host::{CHECK, CLOCKS, DEPENDANTS, NEEDS, check, told, ubuntu};
use crate::Case;
use crate::wsl::{Answer, Manner, POWERSHELL};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "windows: how it is asked", needs: NEEDS, run: contract },
        Case { name: "windows: nothing is left running", needs: NEEDS, run: nothing_is_left },
        Case { name: "windows: --no-host", needs: NEEDS, run: no_host },
    ]
}

/// The contract of how a program of Windows is started.
fn contract() {
    let wsl = ubuntu(Answer::healthy());
    let gomedic = env!("CARGO_BIN_EXE_gomedic");
    wsl.machine().terminal(&format!("SECRET_TOKEN=x GOFLAGS=-x {gomedic} check --offline --fail-on never")).works();
    let calls = wsl.calls();
    let [call] = calls.as_slice() else { panic!("one call for a run: {calls:?}") };
    let all =
        |name: &str| call.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('=')).collect::<Vec<_>>();
    assert_eq!(all("program"), [format!("/mnt/c/{POWERSHELL}")]);
    assert_eq!(all("folder"), ["/mnt/c"]);
    assert_eq!(all("input"), ["/dev/null"]);
    assert_eq!(all("argument")[..3], ["-NoProfile", "-NonInteractive", "-EncodedCommand"]);
    assert_eq!(all("argument").len(), 4);
    let mut variables = all("variable");
    variables.sort_unstable();
    assert_eq!(variables, ["WSL_DISTRO_NAME", "WSL_INTEROP"]);
    // What is run is what is shown before.
    let page = wsl.machine().gomedic("explain windows-unreachable");
    let is_shown = wsl.script().lines().all(|line| page.works().stdout.contains(line));
    assert!(is_shown && wsl.script().contains("GD1<"), "{}", page.stdout);
    assert_eq!(wsl.calls().len(), 1, "explaining asks nobody");
}

/// How long a process may take to go after it was killed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A host that hangs, with a process of its own behind it.
fn nothing_is_left() {
    let wsl = ubuntu(Answer::healthy());
    wsl.add_program(POWERSHELL, "sleep 3600 & printf 'GD0 1\\r\\n'; exec sleep 3600");
    let report = wsl.machine().gomedic_json(&format!("{CHECK} --timeout 1"));
    assert!(told(&report, "windows-unreachable").ends_with("it did not answer in time"), "{report:#}");
    assert_eq!(wsl.calls().len(), 1);
    let until = Instant::now() + PATIENCE;
    while !wsl.running().is_empty() {
        assert!(Instant::now() < until, "left running: {:?}", wsl.running());
        std::thread::yield_now();
    }
}

fn no_host() {
    let wsl = ubuntu(Answer::recorded(Manner::Good));
    wsl.add_program("Windows/System32/cmd.exe", "exit 0");
    let report = wsl.machine().gomedic_json("check --offline --no-host");
    for id in DEPENDANTS.into_iter().chain(CLOCKS).chain(["windows-unreachable", "wsl-interop-dead"]) {
        let check = check(&report, id);
        assert_eq!(check["status"], "skipped", "{check:#}");
        assert!(check["reason"].as_str().unwrap_or_default().contains("--no-host"), "{check:#}");
    }
    wsl.machine().gomedic("why GOROOT --no-host");
    wsl.machine().gomedic("fix --dry-run --offline --no-host");
    assert_eq!(wsl.calls(), Vec::<String>::new());
}
