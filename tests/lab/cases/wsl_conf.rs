//! Settings of WSL that it does not read as they were meant. Its own parser is
//! not here; what it does with such files was recorded of it.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::findings;
use crate::tree::Entry;
use crate::wsl::{Answer, Distribution, Wsl};

use super::wsl_host::NEEDS;

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "wsl-conf-syntax: a semicolon", needs: NEEDS, run: semicolon },
        Case { name: "wsl-conf-syntax: line ends of Windows", needs: NEEDS, run: carriage_returns },
        Case { name: "wsl-conf-value", needs: NEEDS, run: value },
        Case { name: "wsl-conf-encoding: a mark", needs: NEEDS, run: mark },
        Case { name: "wsl-conf-encoding: UTF-16", needs: NEEDS, run: wide },
        Case { name: "wsl-conf-encoding: NUL", needs: NEEDS, run: nul },
        Case { name: "wsl-tunnel-conflict", needs: NEEDS, run: tunnel },
    ]
}

/// A file that is repaired by root, and what it is afterwards.
struct Repair<'a> {
    id: &'a str,
    before: &'a [u8],
    after: &'a [u8],
    /// What .wslconfig says.
    wslconfig: &'a str,
}

impl Repair<'_> {
    /// The finding is there and gone after the fix, which says that WSL must be
    /// restarted; a second one changes nothing; undo restores every byte.
    fn prove(&self) {
        let ubuntu = Distribution::new().with_answer(Answer::healthy()).with_etc("wsl.conf", self.before);
        let wsl = Wsl::start(Machine::new(Shell::Bash), &ubuntu);
        wsl.write_on_c("Users/me/.wslconfig", self.wslconfig);
        let (machine, id) = (wsl.machine(), self.id);
        let file = wsl.seen("/etc/wsl.conf");
        let names = || {
            let names = fs::read_dir(wsl.seen("/etc")).expect("a folder can be listed").filter_map(Result::ok);
            let mut names: Vec<_> = names.map(|entry| entry.file_name()).collect();
            names.sort();
            names
        };
        let (before, beside, home) = (Entry::at(&file), names(), machine.tree());
        assert_eq!(findings(machine, id).len(), 1, "{}", machine.gomedic("check --offline").stdout);
        let fixed = machine.gomedic_json(&format!("fix {id} --offline --yes"));
        let fixed = &fixed["fixes"][0];
        assert_eq!(fixed["outcome"], "resolved", "{fixed:#}");
        assert_eq!(fixed["detail"], "seen after wsl --shutdown", "{fixed:#}");
        let written = fs::read(&file).expect("it is there");
        assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(self.after));
        assert_eq!(findings(machine, id).len(), 0);
        machine.gomedic(&format!("fix {id} --offline --yes"));
        assert_eq!(fs::read(&file).expect("it is there"), written, "a second fix changed something");
        machine.gomedic("undo --yes").works();
        assert!(Entry::at(&file) == before, "undo did not restore everything");
        assert_eq!(names(), beside, "something was left beside it");
        assert_eq!(crate::tree::differences(&home, &machine.tree()), Vec::<String>::new());
        assert_eq!(findings(machine, id).len(), 1);
    }
}

const NO_WSLCONFIG: &str = "";

fn semicolon() {
    let before = include_bytes!("../../wsl-samples/wsl-conf-bad-semicolon.conf");
    let text = String::from_utf8_lossy(before);
    let line = text.lines().find(|line| line.starts_with(';')).expect("the sample has it");
    let after = text.replacen(line, &line.replacen(';', "#", 1), 1);
    Repair { id: "wsl-conf-syntax", before, after: after.as_bytes(), wslconfig: NO_WSLCONFIG }.prove();
}

/// The line ends stay as they are.
fn carriage_returns() {
    let before = b"[boot]\r\nsystemd=true\r\n[user name]\r\ndefault=kim\r\n";
    let after = b"[boot]\r\nsystemd=true\r\n# [user name]\r\ndefault=kim\r\n";
    Repair { id: "wsl-conf-syntax", before, after, wslconfig: NO_WSLCONFIG }.prove();
}

fn value() {
    let before = "# 启动\n[boot]\nsystemd = yes # 要\n".as_bytes();
    let after = "# 启动\n[boot]\nsystemd = true # 要\n".as_bytes();
    Repair { id: "wsl-conf-value", before, after, wslconfig: NO_WSLCONFIG }.prove();
}

fn mark() {
    let before = include_bytes!("../../wsl-samples/wsl-conf-bom.conf");
    Repair { id: "wsl-conf-encoding", before, after: &before[3..], wslconfig: NO_WSLCONFIG }.prove();
}

fn wide() {
    let before = include_bytes!("../../wsl-samples/wsl-conf-utf16le.conf");
    let units = before[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let after: String = char::decode_utf16(units).map(|letter| letter.expect("the sample is UTF-16")).collect();
    let after = after.replace("\r\n", "\n");
    Repair { id: "wsl-conf-encoding", before, after: after.as_bytes(), wslconfig: NO_WSLCONFIG }.prove();
}

fn nul() {
    let before = b"[boot]\nsystemd=tr\0ue\n";
    Repair { id: "wsl-conf-encoding", before, after: b"[boot]\nsystemd=true\n", wslconfig: NO_WSLCONFIG }.prove();
}

fn tunnel() {
    Repair {
        id: "wsl-tunnel-conflict",
        before: b"[boot]\nsystemd=true\n[network]\ngenerateResolvConf = false\n",
        after: b"[boot]\nsystemd=true\n[network]\ngenerateResolvConf = true\n",
        wslconfig: "[wsl2]\r\ndnsTunneling=true\r\n",
    }
    .prove();
}
