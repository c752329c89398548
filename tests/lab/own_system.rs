//! A machine with a system of its own: everything of this one is there, and
//! what is changed is changed for it alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::lchown;
use std::path::{Path, PathBuf};

use crate::machine::{Machine, Shell};
use crate::namespaces::Namespaces;
use crate::tools::go_root;
use crate::tree::{Entry, Tree, tree};

/// Whose rights the user has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// Those of root.
    Root,
    /// None; sudo gives them.
    Ordinary,
}

/// The user id of the ordinary user.
const UID: u32 = 4321;

/// Lays a layer of changes over this system's root file system, which
/// `/lab/changes` shows. `$1` is a folder for all that.
pub const LAYER: &str = r#"mkdir "$1"
mount -t tmpfs -o mode=755 tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/root" "$1/old"
mount -t overlay -o lowerdir=/,upperdir="$1/changes",workdir="$1/work" overlay "$1/root"
cd "$1/root"
for part in dev proc sys; do mount --rbind "/$part" "$part"; done
mkdir -p lab run
mount --bind "$1" lab
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
"#;

/// Makes the layered root the root.
pub const ENTER: &str = "pivot_root . lab/old
umount -l /lab/old
";

/// `$2` becomes `/home/kim`, `$3` is gomedic and `$4` a Go.
const PLACES: &str = r#"mkdir -p home/kim usr/local/go usr/local/bin
mount --bind "$2" home/kim
touch usr/local/bin/gomedic
mount --bind "$3" usr/local/bin/gomedic
mount --bind "$4" usr/local/go
"#;

/// Makes the ordinary user known, and lets sudo obey.
const USER: &str = r#"sed -i '/^kim:/d' /etc/passwd /etc/group /etc/shadow
echo "kim:x:$1:$1::/home/kim:/bin/bash" >> /etc/passwd
echo "kim:x:$1:" >> /etc/group
echo "kim:*:20000:0:99999:7:::" >> /etc/shadow
mkdir -p /etc/sudoers.d
echo "kim ALL=(ALL:ALL) NOPASSWD: ALL" > /etc/sudoers.d/kim
chmod 0440 /etc/sudoers.d/kim"#;

/// Puts a machine on a system of its own, with `/home/kim` as home and a Go in
/// `/usr/local/go`. `prepare` has the home folder as it is before.
pub fn own_system(version: &str, account: Account, prepare: impl FnOnce(&Machine)) -> Machine {
    let machine = Machine::new(Shell::Bash);
    // A cache of its own, that no other machine finds changed.
    fs::remove_file(machine.home().join(".cache/go-build")).expect("the link to the common cache");
    machine.append(".profile", &Shell::Bash.path_line("/usr/local/go/bin"));
    prepare(&machine);
    let system = machine.home().with_file_name("system");
    let paths = [&system, &machine.home(), Path::new(env!("CARGO_BIN_EXE_gomedic")), &go_root(version)]
        .map(|path| path.display().to_string());
    let [system, home, gomedic, go] = paths.each_ref().map(String::as_str);
    let user = UID.to_string();
    let mounts = format!("{LAYER}{PLACES}{ENTER}");
    let (script, words): (String, &[&str]) = match account {
        Account::Root => (mounts, &[]),
        Account::Ordinary => {
            give_to_user(&machine.home());
            let words = &["setpriv", "--reuid", "4321", "--regid", "4321", "--clear-groups"];
            (format!("{mounts}set {user}\n{USER}"), words)
        }
    };
    machine.at_home_in(Namespaces::start_with(&["--mount"], &script, &[system, home, gomedic, go]), "/home/kim", words)
}

fn give_to_user(path: &Path) {
    lchown(path, Some(UID), Some(UID)).expect("root can give things away");
    if path.is_dir() && !path.is_symlink() {
        for entry in fs::read_dir(path).expect("a folder can be listed") {
            give_to_user(&entry.expect("an entry can be read").path());
        }
    }
}

/// All of a system that was ever changed, and its user's home, as they are now.
pub struct Snapshot {
    changed: BTreeMap<PathBuf, Option<Entry>>,
    home: Tree,
}

impl Snapshot {
    /// Looks at everything.
    pub fn of(machine: &Machine) -> Snapshot {
        let layer = machine.seen(Path::new("/lab/changes"));
        let entry = |path: PathBuf| (path.clone(), Entry::at(&machine.seen(&Path::new("/").join(path))));
        Snapshot { changed: tree(&layer).into_keys().map(entry).collect(), home: machine.tree() }
    }

    /// What differs from a later look, one line per path. What has no entry in
    /// one of them was then as on the system below.
    pub fn differences(&self, later: &Snapshot) -> Vec<String> {
        let paths: BTreeSet<&PathBuf> = self.changed.keys().chain(later.changed.keys()).collect();
        let side = |one: &Snapshot| -> Tree {
            let known = paths.iter().filter_map(|path| Some(((*path).clone(), one.entry(path)?)));
            known.chain(one.home.iter().map(|(path, entry)| (Path::new("home").join(path), entry.clone()))).collect()
        };
        crate::tree::differences(&side(self), &side(later))
    }

    /// What stood at a path: what is not in the layer of changes is as below,
    /// unless the folder was taken away.
    fn entry(&self, path: &Path) -> Option<Entry> {
        let changed = |path: &Path| self.changed.get(path);
        match changed(path) {
            Some(entry) => entry.clone(),
            None if path.ancestors().any(|folder| changed(folder) == Some(&None)) => None,
            None => Entry::at(&Path::new("/").join(path)),
        }
    }
}
