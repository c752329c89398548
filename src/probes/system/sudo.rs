use std::path::{Path, PathBuf};

use crate::host::{Environment, Host, Machine};
use crate::model::{Evidence, Missing, Reason};
use crate::probes::go::GoCommand;
use crate::probes::{Fact, Probing, lookup};

/// sudo, as it treats this user's PATH.
#[derive(Debug)]
pub struct Sudo {
    /// Whether this user has a use for it.
    pub standing: Standing,
    /// The PATH that it gives to programs; absent where it leaves the user's
    /// own.
    pub secure_path: Result<SecurePath, Missing>,
    /// The `go` that such a program finds, where that PATH is known.
    pub go: Option<GoCommand>,
}

/// What sudo is to this user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is not installed.
    NotInstalled,
    /// The user is root.
    Root,
    /// Nothing says that the user may use it.
    NotAllowed,
    /// The user is in this group, which usually may use it.
    Member(String),
}

/// The PATH of programs that sudo starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurePath {
    /// The folders, in order.
    pub folders: Vec<PathBuf>,
    /// Where it is set.
    pub evidence: Evidence,
}

/// Groups that distributions let use sudo.
const GROUPS: [&str; 3] = ["sudo", "wheel", "admin"];

/// What Debian's sudoers says.
const DEBIAN: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// How deep files that name files are followed.
const DEPTH: usize = 8;

impl Fact for Sudo {
    const ID: &'static str = "sudo";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let standing = Standing::read(host);
        let secure_path = match standing {
            Standing::Member(_) => SecurePath::read(host),
            _ => Err(Missing::absent("this user has no use for sudo")),
        };
        let go = secure_path.as_ref().ok().and_then(|path| path.go(host));
        Ok(Sudo { standing, secure_path, go })
    }
}

impl Standing {
    fn read(host: &dyn Host) -> Standing {
        let user = &host.machine().user;
        if !["/usr/bin/sudo", "/usr/local/bin/sudo", "/bin/sudo"].iter().any(|path| host.is_file(Path::new(path))) {
            return Standing::NotInstalled;
        }
        if user.uid == 0 {
            return Standing::Root;
        }
        let groups = host.read_text(Path::new("/etc/group")).unwrap_or_default();
        let member = groups.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next().filter(|name| GROUPS.contains(name))?;
            let gid = fields.nth(1)?;
            let members = fields.next().unwrap_or_default();
            let is_in = gid.parse() == Ok(user.gid) || members.split(',').any(|member| member.trim() == user.name);
            is_in.then(|| name.to_owned())
        });
        member.map_or(Standing::NotAllowed, Standing::Member)
    }
}

impl SecurePath {
    fn read(host: &dyn Host) -> Result<SecurePath, Missing> {
        let mut settings = Vec::new();
        let read = collect(host, Path::new("/etc/sudoers"), DEPTH, &mut settings);
        match (settings.pop(), read) {
            (Some(path), Ok(())) => Ok(path),
            (None, Ok(())) => Err(Missing::absent("sudoers sets no secure_path: sudo keeps the user's PATH")),
            // What may stand in a file that cannot be read is what it came with.
            (_, Err(missing)) if missing.reason == Reason::Denied && host.machine().is_like("debian") => {
                Ok(SecurePath::usual(host.machine()))
            }
            (_, Err(missing)) => Err(Missing::new(Reason::Denied, format!("sudo's rules cannot be read: {missing}"))),
        }
    }

    fn go(&self, host: &dyn Host) -> Option<GoCommand> {
        let folders: Vec<String> = self.folders.iter().map(|folder| folder.display().to_string()).collect();
        let environment: Environment = [("PATH", folders.join(":"))].into_iter().collect();
        Some(GoCommand::at(host, &lookup(host, "go", &environment)?, &environment))
    }

    /// What Debian's sudoers says; Ubuntu's adds a folder.
    fn usual(machine: &Machine) -> SecurePath {
        let (whose, more) = if machine.is_like("ubuntu") { ("Ubuntu", ":/snap/bin") } else { ("Debian", "") };
        let text = format!("{DEBIAN}{more}");
        let source = format!("{whose}'s default secure_path; /etc/sudoers cannot be read");
        SecurePath::parse(&text, Evidence::new(source, text.clone()))
    }

    fn parse(text: &str, evidence: Evidence) -> SecurePath {
        let folders = text.split(':').filter(|folder| folder.starts_with('/')).map(PathBuf::from).collect();
        SecurePath { folders, evidence }
    }
}

/// The `secure_path` settings of a file and of those that it names, in order:
/// the last one counts.
fn collect(host: &dyn Host, path: &Path, depth: usize, found: &mut Vec<SecurePath>) -> Result<(), Missing> {
    let text = host.read_text(path)?;
    for (index, line) in text.lines().enumerate() {
        if let Some(value) = secure_path(line) {
            let evidence = Evidence::new(format!("{}:{}", path.display(), index + 1), line.trim());
            found.push(SecurePath::parse(value, evidence));
        }
        if depth == 0 {
            continue;
        }
        match included(line) {
            Some(Included::File(file)) => collect(host, file, depth - 1, found)?,
            Some(Included::Folder(folder)) => {
                let mut files = match host.read_dir(folder) {
                    Ok(entries) => entries,
                    Err(missing) if missing.is_absent() => Vec::new(),
                    Err(missing) => return Err(missing),
                };
                // As sudo does: no backups, no hidden files.
                files.retain(|file| !file.name.ends_with('~') && !file.name.contains('.'));
                files.sort_by(|one, other| one.name.cmp(&other.name));
                for file in files {
                    collect(host, &file.path, depth - 1, found)?;
                }
            }
            None => {}
        }
    }
    Ok(())
}

enum Included<'a> {
    File(&'a Path),
    Folder(&'a Path),
}

fn included(line: &str) -> Option<Included<'_>> {
    let line = line.trim();
    let line = line.strip_prefix('@').or_else(|| line.strip_prefix('#'))?;
    let (verb, path) = line.split_once(char::is_whitespace)?;
    let path = Path::new(path.trim().trim_matches('"'));
    match verb {
        "include" if path.is_absolute() => Some(Included::File(path)),
        "includedir" if path.is_absolute() => Some(Included::Folder(path)),
        _ => None,
    }
}

/// The value in `Defaults secure_path="…"`. Settings for one user or command
/// (`Defaults:kim`) are left out.
fn secure_path(line: &str) -> Option<&str> {
    let settings = line.trim().strip_prefix("Defaults")?.strip_prefix(char::is_whitespace)?;
    let at = settings.find("secure_path")?;
    let value = settings[at + "secure_path".len()..].trim_start().strip_prefix('=')?.trim_start();
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([',', ' ', '\t', '#']).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secure_path_is_found_in_every_spelling() {
        for line in [
            "Defaults\tsecure_path=\"/usr/bin:/bin\"",
            "Defaults    secure_path = /usr/bin:/bin",
            "Defaults env_reset, secure_path=/usr/bin:/bin, mail_badpass",
            "  Defaults secure_path=\"/usr/bin:/bin\" # usual",
        ] {
            assert_eq!(secure_path(line), Some("/usr/bin:/bin"), "{line}");
        }
    }

    #[test]
    fn other_lines_set_none() {
        for line in [
            "",
            "# Defaults secure_path=/x",
            "Defaults:kim secure_path=/x",
            "Defaultssecure_path=/x",
            "Defaults !secure_path",
            "kim ALL=(ALL) ALL",
        ] {
            assert_eq!(secure_path(line), None, "{line}");
        }
    }

    #[test]
    fn both_spellings_of_an_include_are_known() {
        assert!(matches!(included("@includedir /etc/sudoers.d"), Some(Included::Folder(_))));
        assert!(matches!(included("#include /etc/sudoers.local"), Some(Included::File(_))));
        assert!(
            ["# include me", "#includedir sudoers.d", "@include", "", "#"].iter().all(|line| included(line).is_none())
        );
    }
}
