use std::path::Path;

use crate::host::{FileKind, Host};

/// A private key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshKey {
    /// The file for people.
    pub name: String,
    /// Whether a passphrase protects it.
    pub lock: Lock,
}

/// Whether a passphrase protects a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lock {
    /// It can be used as it is.
    Open,
    /// It takes a passphrase, or an agent that has it.
    Passphrase,
    /// It could not be told.
    Unknown,
}

/// How much of a private key is read.
const KEY_LIMIT: u64 = 64 * 1024;

impl SshKey {
    pub(super) fn read(host: &dyn Host, path: &Path) -> Option<SshKey> {
        host.stat(path).ok().filter(|stat| stat.kind == FileKind::File)?;
        let lock = host.read(path, KEY_LIMIT).map_or(Lock::Unknown, |text| Lock::of(&String::from_utf8_lossy(&text)));
        Some(SshKey { name: host.machine().tilde(path), lock })
    }
}

impl Lock {
    /// The head of the file says so; the rest is not looked at.
    fn of(text: &str) -> Lock {
        let mut lines = text.lines().map(str::trim);
        match lines.next() {
            Some("-----BEGIN OPENSSH PRIVATE KEY-----") => match lines.next() {
                // "openssh-key-v1", zero, and the cipher "none", in base64.
                Some(line) if line.starts_with("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU") => Lock::Open,
                Some(line) if line.starts_with("b3BlbnNzaC1rZXktdjEAAAAA") => Lock::Passphrase,
                _ => Lock::Unknown,
            },
            Some("-----BEGIN ENCRYPTED PRIVATE KEY-----") => Lock::Passphrase,
            Some(line) if line.starts_with("-----BEGIN ") => match lines.next() {
                Some(line) if line.contains("ENCRYPTED") => Lock::Passphrase,
                _ => Lock::Open,
            },
            _ => Lock::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_keys_are_told_from_open_ones() {
        for (text, lock) in [
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE\n", Lock::Open),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI\n", Lock::Passphrase),
            ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n", Lock::Passphrase),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n", Lock::Open),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", Lock::Passphrase),
            ("PuTTY-User-Key-File-3\n", Lock::Unknown),
            ("", Lock::Unknown),
        ] {
            assert_eq!(Lock::of(text), lock, "{text}");
        }
    }
}
