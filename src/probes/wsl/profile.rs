use std::path::{Path, PathBuf};

use super::Drives;
use crate::host::Host;
use crate::model::{Context, Missing};
use crate::probes::{Fact, Probing};

/// The Windows user's folder, as it lies here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// `/mnt/c/Users/me`.
    pub folder: PathBuf,
}

/// Folders beside those of users.
const NOBODY: [&str; 5] = ["All Users", "Default", "Default User", "Public", "defaultuser0"];

impl Fact for Profile {
    const ID: &'static str = "windows-profile";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let drives = probing.get::<Drives>()?;
        let users = match drives.system() {
            Some(drive) => drive.point.join("Users"),
            None => return Err(Missing::absent("no drive of Windows is mounted")),
        };
        named(host, &users)
            .or_else(|| only_one(host, &users))
            .map(|folder| Profile { folder })
            .ok_or_else(|| Missing::failed(format!("{} does not tell whose Windows this is", users.display())))
    }
}

/// Windows puts folders of its user on PATH, and WSL passes them on.
fn named(host: &dyn Host, users: &Path) -> Option<PathBuf> {
    let session = host.environment(Context::Session).ok()?;
    let below = |entry: &str| {
        let first = Path::new(entry).strip_prefix(users).ok()?.components().next()?;
        Some(users.join(first))
    };
    session.path_entries().into_iter().find_map(below).filter(|folder| host.is_dir(folder))
}

/// The only user that there is.
fn only_one(host: &dyn Host, users: &Path) -> Option<PathBuf> {
    let mut folders = host.read_dir(users).ok()?;
    folders.retain(|entry| !NOBODY.iter().any(|nobody| entry.name.eq_ignore_ascii_case(nobody)));
    folders.retain(|entry| host.is_dir(&entry.path));
    match folders.as_slice() {
        [one] => Some(one.path.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::recorded::Recorded;

    const MACHINE: &str = "[machine]\nuser = \"kim\"\nhome = \"/home/kim\"\nfolder = \"/home/kim\"\n\n";

    #[test]
    fn the_path_that_wsl_appends_names_the_user() {
        let path = include_str!("../../../tests/wsl-samples/path-wsl-appended.txt").trim();
        let folders = "\"/mnt/c/Users/me\" = { kind = \"folder\" }\n\"/mnt/c/Users/you\" = { kind = \"folder\" }\n";
        let machine = format!("```toml\n{MACHINE}[environment.session]\nPATH = \"{path}\"\n\n[files]\n{folders}```\n");
        let machine = Recorded::parse(&machine, Path::new("machine.md")).unwrap();
        let users = Path::new("/mnt/c/Users");
        assert_eq!(named(&machine, users), Some(users.join("me")));
        assert_eq!(only_one(&machine, users), None);
    }
}
