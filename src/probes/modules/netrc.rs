use std::path::{Path, PathBuf};

use crate::host::{Environment, FileKind, Host, Stat};
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// The netrc files that Go and git take passwords from. What the passwords
/// are is not kept.
#[derive(Debug)]
pub struct Netrc {
    /// The files, each with the contexts that name it.
    pub files: Vec<NetrcFile>,
}

/// A netrc file that exists.
#[derive(Debug)]
pub struct NetrcFile {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The contexts that go by it.
    pub contexts: Vec<Context>,
    /// True when the variable NETRC names it: Go goes by that, git does not.
    pub named: bool,
    /// Its metadata; that of the target, for a link.
    pub stat: Stat,
    /// The metadata of the folder that it lies in.
    pub folder: Result<Stat, Missing>,
    /// The kind of file system; None where that cannot be told.
    pub filesystem: Option<String>,
    /// The machines that it has a password for, in order.
    pub machines: Result<Vec<String>, Missing>,
}

impl Fact for Netrc {
    const ID: &'static str = "netrc";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let contexts = probing.get::<Contexts>()?;
        let mut files: Vec<NetrcFile> = Vec::new();
        for (context, environment) in contexts.known() {
            for (path, named) in places(host, environment) {
                if let Some(known) = files.iter_mut().find(|file| file.path == path && file.named == named) {
                    known.contexts.push(context);
                } else if let Some(file) = NetrcFile::read(host, &path, context, named) {
                    files.push(file);
                }
            }
        }
        Ok(Netrc { files })
    }
}

/// Where Go looks, and where git looks.
fn places(host: &dyn Host, environment: &Environment) -> Vec<(PathBuf, bool)> {
    let home = environment.get("HOME").map(PathBuf::from).or_else(|| host.machine().user.home.clone());
    let named = environment.get("NETRC").map(|path| (PathBuf::from(path), true));
    named.into_iter().chain(home.map(|home| (home.join(".netrc"), false))).collect()
}

impl NetrcFile {
    fn read(host: &dyn Host, path: &Path, context: Context, named: bool) -> Option<NetrcFile> {
        let stat = host.stat(path).ok().filter(|stat| stat.kind == FileKind::File)?;
        // The folder that bars others is that of the real file.
        let real = host.canonical(path).unwrap_or_else(|_| path.to_owned());
        Some(NetrcFile {
            name: host.machine().tilde(path),
            contexts: vec![context],
            named,
            stat,
            folder: host.stat(real.parent().unwrap_or(Path::new("/"))),
            filesystem: host.filesystem(path).ok().map(|filesystem| filesystem.kind),
            machines: host.read_text(path).map(|text| machines(&text)),
            path: path.to_owned(),
        })
    }

    /// True when it has a password for a host; `host:port` for a port other
    /// than that of https.
    #[must_use]
    pub fn knows(&self, host: &str) -> bool {
        self.machines.as_ref().is_ok_and(|machines| machines.iter().any(|machine| machine == host || machine == "*"))
    }
}

/// The machines that a password is given for; `*` for the default.
fn machines(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut current: Option<String> = None;
    let mut in_macro = false;
    for line in text.lines() {
        // A macro goes on to the next empty line.
        in_macro &= !line.trim().is_empty();
        if in_macro {
            continue;
        }
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "machine" => current = words.next().map(str::to_owned),
                "default" => current = Some("*".to_owned()),
                "password" => {
                    words.next();
                    found.extend(current.clone());
                }
                "login" | "account" => drop(words.next()),
                "macdef" => {
                    in_macro = true;
                    break;
                }
                word if word.starts_with('#') => break,
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_with_a_password_are_kept_and_nothing_else() {
        for (text, expected) in [
            ("machine a.example login kim password s3cret\n", vec!["a.example"]),
            ("machine a.example\r\nlogin kim\r\npassword machine\r\n", vec!["a.example"]),
            ("machine a.example login kim\n", vec![]),
            (
                "# machine b.example password x\nmacdef init\nmachine c.example password x\n\ndefault password y",
                vec!["*"],
            ),
            ("machine", vec![]),
            ("\u{0}password x machine", vec![]),
        ] {
            assert_eq!(machines(text), expected, "{text:?}");
        }
    }
}
