//! Watching files, at the kernel's limits.
//!
//! The limits are real, and only those of a user namespace: what holds for
//! the machine that the lab runs on is neither read nor set.

use std::path::Path;

use crate::Case;
use crate::machine::{Background, Machine, Shell};
use crate::namespaces::Namespaces;
use crate::proof::Proof;
use crate::tools::{BASH, NSENTER, SYSCTL, UNSHARE};

pub fn cases() -> Vec<Case> {
    let needs = &[BASH, NSENTER, SYSCTL, UNSHARE];
    vec![
        Case { name: "inotify-limit: watches", needs, run: watches },
        Case { name: "inotify-limit: instances", needs, run: instances },
    ]
}

/// A watcher of files that ends at once, for it follows a program that is
/// gone; where the kernel lets it watch nothing, it says so and polls.
const WATCH: &str =
    "said=$(tail -f -s 0.1 --pid=4194303 ~/shop/main.go 2>&1 >/dev/null); echo \"$said\"; test -z \"$said\"";

/// A machine of its own whose limits are as small as told.
fn limited(watches: u32, instances: u32) -> (Machine, Namespaces) {
    let limit = |kind: &str, value: u32| {
        let (own, seen) =
            (format!("/proc/sys/user/max_inotify_{kind}"), format!("/proc/sys/fs/inotify/max_user_{kind}"));
        // What a namespace may have stands elsewhere than what a user may
        // have; from within, both are one now.
        format!("echo {value} > {own}\nmount --bind {own} {seen}")
    };
    let set = format!("{}\n{}", limit("watches", watches), limit("instances", instances));
    let namespaces = Namespaces::start(&["--user", "--map-root-user", "--mount"], &set);
    (Machine::new(Shell::Bash).inside(&namespaces), namespaces)
}

/// Follows files until it is dropped.
fn follow(machine: &Machine, files: &[String]) -> Background {
    let names: Vec<String> = files.iter().map(|name| machine.home().join(name).display().to_string()).collect();
    let arguments: Vec<&str> = ["-f", "--"].into_iter().chain(names.iter().map(String::as_str)).collect();
    machine.background(Path::new("/usr/bin/tail"), &arguments)
}

/// One program watches a whole tree.
fn watches() {
    let (machine, _namespaces) = limited(12, 100);
    let files: Vec<String> = (0..20).map(|number| format!("web/node_modules/x/{number}.js")).collect();
    for file in &files {
        machine.write(file, "");
    }
    machine.terminal(WATCH).works();
    let _follower = follow(&machine, &files[..12]);
    machine.terminal(&until("-h '^inotify wd:'", 12)).works();
    Proof { id: "inotify-limit", command: WATCH, says: "inotify resources exhausted" }.run(&machine);
}

/// Many programs watch a file each.
fn instances() {
    let (machine, _namespaces) = limited(100, 4);
    machine.terminal(WATCH).works();
    let file = ["shop/go.mod".to_owned()];
    let _followers: Vec<Background> = (0..4).map(|_| follow(&machine, &file)).collect();
    machine.terminal(&until("-l '^inotify wd:'", 4)).works();
    Proof { id: "inotify-limit", command: WATCH, says: "inotify cannot be used" }.run(&machine);
}

/// Waits until the kernel lists that many lines, over all programs.
fn until(pattern: &str, count: u32) -> String {
    format!(
        "timeout 20 sh -c 'until [ \"$(grep -s {} /proc/[0-9]*/fdinfo/* | wc -l)\" -ge {count} ]; do sleep 0.05; done'",
        pattern.replace('\'', "\"")
    )
}
