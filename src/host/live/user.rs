//! The user that gomedic runs as.

use std::path::{Path, PathBuf};

use super::os;
use crate::host::{Environment, User};

/// The user of this process: from the user database, with HOME and SHELL of
/// the session before it, because those are what programs go by.
pub(super) fn current(session: &Environment) -> User {
    let (uid, gid) = os::ids();
    let database = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let entry = Entry::find(&database, uid);
    let name = entry.as_ref().map(|entry| entry.name.to_owned());
    let home = session.get("HOME").map(PathBuf::from).or_else(|| entry.as_ref().and_then(|entry| absolute(entry.home)));
    let shell = session.get("SHELL").map(PathBuf::from).filter(|shell| is_program(shell));
    User {
        name: name.or_else(|| name_in(session)).unwrap_or_else(|| uid.to_string()),
        uid,
        gid,
        home: home.or_else(|| directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())),
        shell: shell.or_else(|| entry.as_ref().and_then(|entry| absolute(entry.shell))),
    }
}

fn name_in(session: &Environment) -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| session.get(name)).map(str::to_owned)
}

fn absolute(text: &str) -> Option<PathBuf> {
    Some(PathBuf::from(text)).filter(|path| path.is_absolute())
}

fn is_program(path: &Path) -> bool {
    path.is_absolute() && path.is_file() && os::access(path, crate::host::Access::Execute).unwrap_or(false)
}

/// A line of `/etc/passwd`.
struct Entry<'a> {
    name: &'a str,
    home: &'a str,
    shell: &'a str,
}

impl<'a> Entry<'a> {
    fn find(database: &'a str, uid: u32) -> Option<Self> {
        database.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            let id: u32 = fields.nth(1)?.parse().ok()?;
            let home = fields.nth(2)?;
            let shell = fields.next()?;
            (id == uid).then_some(Entry { name, home, shell })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_of_a_user_is_found_by_id() {
        let database = "root:x:0:0:root:/root:/bin/bash\n# odd line\nann:x:1000:1000:Ann,,,:/home/ann:/usr/bin/zsh\n";
        let entry = Entry::find(database, 1000).unwrap();
        assert_eq!((entry.name, entry.home, entry.shell), ("ann", "/home/ann", "/usr/bin/zsh"));
        assert!(Entry::find(database, 1).is_none());
    }
}
