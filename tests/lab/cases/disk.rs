//! Disks without room.

use std::fs;
use std::path::Path;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::namespaces::Namespaces;
use crate::proof::{findings, has_finding};
use crate::tools::{BASH, MOUNTS, NEW};
use crate::tree::differences;

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "disk-full: the build cache", needs: &[BASH, NEW, MOUNTS], run: full_of_cache },
        Case { name: "disk-full: no more files", needs: &[BASH, NEW, MOUNTS], run: full_of_files },
        Case { name: "disk-full: the work folder", needs: &[BASH, NEW, MOUNTS], run: full_of_others },
        Case { name: "a disk that gets full during a fix", needs: &[BASH, NEW, MOUNTS], run: full_in_the_middle },
    ]
}

/// What a tmpfs gives room by.
const PAGE: u64 = 4096;

const SMALL: &str = "package main\n\nfunc main() { println(\"shop\") }\n";

/// Copies the home folder to a small file system of its own, mounted in its
/// place.
const SMALL_HOME: &str = "mkdir \"$1.disk\"
mount -t tmpfs -o mode=755,size=\"$2\" tmpfs \"$1.disk\"
cp -a \"$1/.\" \"$1.disk\"
mount --bind \"$1.disk\" \"$1\"";

/// A machine whose home lies on a file system of this size; its Go does not.
fn small_home(size: &str, prepare: impl Fn(&Machine)) -> Machine {
    let machine = Machine::new(Shell::Bash);
    machine.add_go_at("1.27.3", "../../go");
    prepare(&machine);
    let home = machine.home();
    machine.within(Namespaces::start_with(&["--mount"], SMALL_HOME, &[&home.display().to_string(), size]))
}

/// Writes into a file until not one byte more fits.
fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).expect("a file can be made");
    let chunk = vec![0; 1 << 20];
    let error = std::iter::repeat_with(|| file.write_all(&chunk)).find_map(Result::err).expect("it is endless");
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "{error}");
}

const BUILD: &str = "go build -o /dev/null .";

/// Home, build cache, and work folder on one small file system.
fn all_in_one(size: &str) -> Machine {
    small_home(size, |machine| {
        fs::remove_file(machine.home().join(".cache/go-build")).expect("the link to the common cache");
        machine.append(".profile", &Shell::Bash.path_line("$HOME/../../go/bin"));
        machine.write("tmp/note", "");
        machine.append(".profile", "export TMPDIR=$HOME/tmp\n");
        machine.write("shop/main.go", SMALL);
    })
}

/// What earlier builds have left takes all the room there was.
fn full_of_cache() {
    let machine = all_in_one("256m");
    machine.terminal(BUILD).works();
    assert!(!has_finding(&machine, "disk-full"), "there is room");
    let left = format!(".cache/go-build/00/{}-d", "0".repeat(64));
    fill(&machine.seen(&machine.home().join(left)));
    emptied(&machine);
}

/// There is room, and no file can be made any more: not even gomedic's lock.
fn full_of_files() {
    let machine = all_in_one("256m,nr_inodes=6000");
    machine.terminal(BUILD).works();
    assert!(!has_finding(&machine, "disk-full"), "there is room");
    let folder = machine.seen(&machine.home().join(".cache/go-build/00"));
    let make = |n: usize| fs::File::create(folder.join(format!("{n:064x}-d")));
    let error = (0..).map(make).find_map(Result::err).expect("it is endless");
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "{error}");
    emptied(&machine);
}

/// Go fails until the cache is emptied; the fix has no room for its journal.
fn emptied(machine: &Machine) {
    machine.terminal("go build -a -o /dev/null .").fails_with("no space left on device");
    let found = findings(machine, "disk-full");
    assert_eq!(found.len(), 1, "{found:#?}");
    let before = machine.tree();
    let fixed = machine.gomedic_json("fix disk-full --offline --yes");
    assert_eq!(fixed["fixes"][0]["outcome"], "resolved", "{fixed:#}");
    assert_eq!(differences(&before, &machine.tree()), Vec::<String>::new(), "the fix changed more");
    machine.terminal(BUILD).works();
    assert!(!has_finding(machine, "disk-full"));
    let history = machine.gomedic("history");
    assert!(history.works().stdout.contains("Empty the build cache"), "{history:?}");
    machine.gomedic("undo --yes").fails_with("go clean -cache cannot be taken back");
}

/// What fills the work folder is for the user to look through.
fn full_of_others() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.append(".profile", "export TMPDIR=$HOME/tmp\n");
    machine.write("shop/main.go", SMALL);
    machine.write("tmp/note", "");
    let tmp = machine.home().join("tmp").display().to_string();
    let script = "mount -t tmpfs -o size=64m tmpfs \"$1\"; cat /dev/zero > \"$1/core\" 2>/dev/null || true";
    let machine = machine.within(Namespaces::start_with(&["--mount"], script, &[&tmp]));
    machine.terminal("go test -count=1 .").fails_with("no space left on device");
    let found = findings(&machine, "disk-full");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["fixes"][0]["class"], "manual");
    machine.terminal("rm ~/tmp/core && go test -count=1 .").works();
}

/// Adds Go to two start files while ever more room is left: whatever it lacks
/// room for, both files are as before, or both as after.
fn full_in_the_middle() {
    let machine = small_home("1m", |machine| {
        machine.link("../../go", "sdk/go1.27.3");
        let long = "# What one has collected over the years.\n".repeat(400);
        machine.write(".bashrc", &long);
        machine.write(".profile", &long);
    });
    let command = "go version";
    machine.terminal(command).fails_with("command not found");
    let before = machine.tree();
    let filler = machine.seen(&machine.home().join(".cache/filler"));
    let mut told: Vec<String> = Vec::new();
    for pages in 0.. {
        fill(&filler);
        let file = fs::File::options().write(true).open(&filler).expect("it was made");
        file.set_len(file.metadata().expect("it is open").len() - pages * PAGE).expect("a file can be cut");

        let fixed = machine.gomedic_json("fix go-not-on-path --offline --yes");
        let fixed = &fixed["fixes"][0];
        if fixed["outcome"] != "failed" {
            break;
        }
        let detail = fixed["detail"].as_str().unwrap_or_default();
        assert!(detail.contains("No space left on device"), "{detail}");
        told.push(detail.to_owned());
        assert_eq!(differences(&before, &machine.tree()), Vec::<String>::new(), "with {pages} pages left");
        machine.gomedic("history").works();
        assert!(machine.gomedic("history").stdout.contains("No fix was applied yet"));
    }
    for name in [".bashrc", ".profile"] {
        assert!(told.iter().any(|detail| detail.starts_with(&format!("cannot write ~/{name}"))), "{told:#?}");
    }
    machine.terminal(command).works();
    let after = machine.tree();

    fill(&filler);
    machine.gomedic("undo --yes").fails_with("No space left on device");
    assert_eq!(differences(&after, &machine.tree()), Vec::<String>::new(), "undoing stopped half way");
    fs::remove_file(&filler).expect("it was made");
    machine.gomedic("undo --yes").works();
    assert_eq!(differences(&before, &machine.tree()), Vec::<String>::new(), "undo did not restore everything");
    machine.terminal(command).fails_with("command not found");
}
