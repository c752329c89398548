use std::path::{Path, PathBuf};

use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The names of this machine's users.
#[derive(Debug, Default)]
pub struct Users {
    names: Vec<(u32, String)>,
    homes: Vec<(u32, PathBuf)>,
}

impl Fact for Users {
    const ID: &'static str = "users";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let text = host.read_text(Path::new("/etc/passwd")).unwrap_or_default();
        let user = &host.machine().user;
        let mut names = vec![(user.uid, user.name.clone())];
        names.extend(text.lines().filter_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            Some((fields.nth(1)?.parse().ok()?, name.to_owned()))
        }));
        names.push((0, "root".to_owned()));
        Ok(Users { names, homes: text.lines().filter_map(home).collect() })
    }
}

/// The user id and the home folder in a line of the user database.
fn home(line: &str) -> Option<(u32, PathBuf)> {
    let mut fields = line.split(':');
    let uid = fields.nth(2)?.parse().ok()?;
    Some((uid, PathBuf::from(fields.nth(2).filter(|home| home.starts_with('/'))?)))
}

/// Of several lines for one user the first counts, as for the C library.
fn first<T>(all: &[(u32, T)], uid: u32) -> Option<&T> {
    all.iter().find(|(of, _)| *of == uid).map(|(_, value)| value)
}

impl Users {
    /// The home folder that the user database gives a user.
    #[must_use]
    pub fn home(&self, uid: u32) -> Option<&Path> {
        first(&self.homes, uid).map(PathBuf::as_path)
    }

    /// The name of a user, or `user 1234` for one without.
    #[must_use]
    pub fn name(&self, uid: u32) -> String {
        first(&self.names, uid).cloned().unwrap_or_else(|| format!("user {uid}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_read_from_whole_lines_only() {
        assert_eq!(home("kim:x:1000:1000:Kim,,,:/home/kim:/bin/bash"), Some((1000, "/home/kim".into())));
        for line in
            ["", "kim:x:1000:1000", "kim:x:-1:0::/home/kim:", "kim:x:1000:1000::home:/bin/sh", "\u{fffd}:::::::"]
        {
            assert_eq!(home(line), None, "{line}");
        }
    }
}
