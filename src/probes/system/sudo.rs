use std::path::{Path, PathBuf};

use super::sudoers;
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
        match sudoers::secure_path(host) {
            Ok(Some((text, evidence))) => Ok(SecurePath::parse(&text, evidence)),
            Ok(None) => Err(Missing::absent("sudoers sets no secure_path: sudo keeps the user's PATH")),
            // What may stand in a file that cannot be read is what it came with.
            Err(missing) if missing.reason == Reason::Denied && host.machine().is_like("debian") => {
                Ok(SecurePath::usual(host.machine()))
            }
            Err(missing) => Err(Missing::new(Reason::Denied, format!("sudo's rules cannot be read: {missing}"))),
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
