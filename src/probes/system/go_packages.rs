use std::path::{Path, PathBuf};

use crate::host::{Host, Machine};
use crate::model::{Context, GoVersion, Missing};
use crate::probes::go::{GoCommand, Origin, Toolchains};
use crate::probes::{Fact, Probing};

/// The `go` commands in use that a package of the system brought.
#[derive(Debug)]
pub struct GoPackages {
    /// Each of them once.
    pub found: Vec<GoPackage>,
}

/// A `go` command that a package brought.
#[derive(Debug)]
pub struct GoPackage {
    /// The command, as PATH gives it.
    pub command: PathBuf,
    /// The root of its Go.
    pub root: PathBuf,
    /// The version of Go.
    pub go: Option<GoVersion>,
    /// Who packed it: the distribution, or snap.
    pub origin: Origin,
    /// The package's name, where the system's way of naming tells it.
    pub name: Option<String>,
    /// The package's own version, with the file that it was read from.
    pub version: Option<(String, PathBuf)>,
    /// The contexts in which the command runs.
    pub contexts: Vec<Context>,
}

/// The largest database of packages that is read, in bytes.
const DATABASE_LIMIT: u64 = 32 * 1024 * 1024;

impl Fact for GoPackages {
    const ID: &'static str = "go-packages";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let toolchains = probing.get::<Toolchains>()?;
        let mut found: Vec<GoPackage> = Vec::new();
        for (context, command) in toolchains.actives() {
            if !matches!(command.origin, Origin::Distribution | Origin::Snap) {
                continue;
            }
            match found.iter_mut().find(|known| known.command == command.path) {
                Some(known) => known.contexts.push(context),
                None => found.extend(GoPackage::read(host, command, context)),
            }
        }
        Ok(GoPackages { found })
    }
}

impl GoPackage {
    fn read(host: &dyn Host, command: &GoCommand, context: Context) -> Option<GoPackage> {
        let root = command.root.clone()?;
        let name = match command.origin {
            Origin::Snap => Some("go".to_owned()),
            _ => name(host.machine(), &root),
        };
        let version = match (command.origin, &name) {
            (Origin::Snap, _) => snap(host, &root),
            (_, Some(name)) => match look_up(host, name) {
                Record::Version(version, source) => Some((version, source)),
                // Somebody put it there by hand.
                Record::None => return None,
                Record::Unread => None,
            },
            (_, None) => None,
        };
        Some(GoPackage {
            command: command.path.clone(),
            go: command.version.clone(),
            origin: command.origin,
            contexts: vec![context],
            root,
            name,
            version,
        })
    }
}

/// What the distribution calls the package of the `go` in this root.
fn name(machine: &Machine, root: &Path) -> Option<String> {
    let folder = root.file_name()?.to_str()?;
    if machine.is_like("debian") || machine.is_like("ubuntu") {
        folder.strip_prefix("go-").map(|release| format!("golang-{release}-go"))
    } else if machine.is_like("fedora") || machine.is_like("rhel") {
        Some("golang-bin".to_owned())
    } else if machine.is_like("suse") || machine.is_like("opensuse") {
        folder.starts_with("1.").then(|| format!("go{folder}"))
    } else if machine.is_like("alpine") || machine.is_like("arch") {
        Some("go".to_owned())
    } else {
        None
    }
}

/// What the system's database says of a package.
enum Record {
    /// It is installed, in this version; read from this file.
    Version(String, PathBuf),
    /// It is not installed.
    None,
    /// The database cannot be read, or is no text, as that of rpm.
    Unread,
}

impl Record {
    fn of(version: Option<String>, source: PathBuf) -> Record {
        version.map_or(Record::None, |version| Record::Version(version, source))
    }
}

fn look_up(host: &dyn Host, name: &str) -> Record {
    let machine = host.machine();
    let is_debian = machine.is_like("debian") || machine.is_like("ubuntu");
    let keys = if is_debian {
        Some(("/var/lib/dpkg/status", "Package: ", "Version: "))
    } else {
        machine.is_like("alpine").then_some(("/lib/apk/db/installed", "P:", "V:"))
    };
    if let Some((path, key, wanted)) = keys {
        return match host.read(Path::new(path), DATABASE_LIMIT) {
            Ok(bytes) => Record::of(field(&String::from_utf8_lossy(&bytes), (key, name), wanted), path.into()),
            Err(_) => Record::Unread,
        };
    }
    if machine.is_like("arch") {
        return pacman(host, name);
    }
    Record::Unread
}

/// pacman has a folder for each package, which is named after it and its
/// version.
fn pacman(host: &dyn Host, name: &str) -> Record {
    let Ok(entries) = host.read_dir(Path::new("/var/lib/pacman/local")) else { return Record::Unread };
    let installed = entries.into_iter().find_map(|entry| {
        let version = entry.name.strip_prefix(name)?.strip_prefix('-')?;
        version.starts_with(|c: char| c.is_ascii_digit()).then(|| (version.to_owned(), entry.path.clone()))
    });
    installed.map_or(Record::None, |(version, path)| Record::Version(version, path))
}
/// A field of the paragraph that begins with the package's name.
fn field(text: &str, (key, name): (&str, &str), wanted: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| line.strip_prefix(key) != Some(name));
    lines.next()?;
    let value = lines.take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(wanted))?;
    Some(value.trim().to_owned())
}

fn snap(host: &dyn Host, root: &Path) -> Option<(String, PathBuf)> {
    let path = root.join("meta/snap.yaml");
    let text = host.read_text(&path).ok()?;
    let version = text.lines().find_map(|line| line.strip_prefix("version:"))?;
    Some((version.trim().trim_matches(['\'', '"']).to_owned(), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_belongs_to_its_own_paragraph() {
        let text = "Package: golang-1.2-go\nStatus: x\nVersion: 1\n\nPackage: golang-1.24-go\nStatus: install ok\nVersion: 1.24.4-1~bpo\n\nPackage: z\nVersion: 9\n";
        assert_eq!(field(text, ("Package: ", "golang-1.24-go"), "Version: ").as_deref(), Some("1.24.4-1~bpo"));
        assert_eq!(field("Package: a\n\nPackage: b\nVersion: 2\n", ("Package: ", "a"), "Version: "), None);
        assert_eq!(field("P:go\nV:1.24.4-r0\n", ("P:", "go"), "V:").as_deref(), Some("1.24.4-r0"));
        assert_eq!(field("\u{fffd}\r\n\r\nPackage: a", ("Package: ", "a"), "Version: "), None);
    }
}
