use std::path::PathBuf;

use jiff::Timestamp;

use super::lint::{self, ValueFault};
use super::syntax::{self, BadLine, Entry, Syntax};
use super::{Dialect, boolean};
use crate::host::{Host, TEXT_LIMIT};
use crate::model::Missing;

/// A file of WSL's settings.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// Where it lies, or would lie.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Which of the two it is.
    pub dialect: Dialect,
    /// What it holds; None when there is no such file.
    pub content: Option<Result<Content, Missing>>,
    /// When it was changed last.
    pub modified: Option<Timestamp>,
}

/// What a file of settings holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// How its text is encoded.
    pub encoding: Encoding,
    /// What the parser sees.
    pub syntax: Syntax,
    /// The text as plain UTF-8 with Unix line ends, where it is encoded
    /// otherwise and can be told.
    pub plain: Option<String>,
}

/// How a text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 or an older one of single bytes, without a mark.
    Plain,
    /// UTF-8 with a byte-order mark.
    Utf8Mark,
    /// UTF-16.
    Utf16,
    /// NUL bytes stand in it.
    Nul,
}

impl ConfigFile {
    /// Reads the file at this path.
    pub(in crate::probes) fn read(host: &dyn Host, path: PathBuf, dialect: Dialect) -> ConfigFile {
        let content = match host.read(&path, TEXT_LIMIT) {
            Ok(bytes) => Some(Ok(Content::of(&bytes, dialect))),
            Err(missing) if missing.is_absent() => None,
            Err(missing) => Some(Err(missing)),
        };
        let modified = host.stat(&path).ok().and_then(|stat| stat.modified);
        ConfigFile { name: host.machine().tilde(&path), path, dialect, content, modified }
    }

    /// What it holds, when it is there and could be read.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.content.as_ref()?.as_ref().ok()
    }

    /// Why it could not be read, when it is there.
    #[must_use]
    pub fn problem(&self) -> Option<&Missing> {
        self.content.as_ref()?.as_ref().err()
    }

    /// `/etc/wsl.conf:3`.
    #[must_use]
    pub fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.name)
    }

    /// The bad lines that WSL comes across: the first one only, where that
    /// ends the reading.
    #[must_use]
    pub fn bad_lines(&self) -> &[BadLine] {
        let all = self.content().map(|content| content.syntax.bad.as_slice()).unwrap_or_default();
        match self.dialect {
            Dialect::WslConf => &all[..all.len().min(1)],
            Dialect::WslConfig => all,
        }
    }

    /// The settings that a bad line hides from WSL.
    #[must_use]
    pub fn unread(&self) -> Vec<&Entry> {
        let Some(content) = self.content() else { return Vec::new() };
        let read = self.dialect.read(&content.syntax).len();
        content.syntax.entries.iter().skip(read).collect()
    }

    /// What is wrong with the settings that WSL reads.
    #[must_use]
    pub fn value_faults(&self) -> Vec<ValueFault> {
        self.content().map(|content| lint::lint(&content.syntax, self.dialect)).unwrap_or_default()
    }

    /// The setting of this name as WSL reads it: the first that is written.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        let key = self.dialect.key(name)?;
        self.dialect.read(&self.content()?.syntax).into_iter().find(|entry| key.is_named(&entry.name))
    }

    /// A boolean setting; None where it is not set, or badly.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        boolean(&self.entry(name)?.value)
    }
}

impl Content {
    pub(super) fn of(bytes: &[u8], dialect: Dialect) -> Content {
        let encoding = Encoding::of(bytes);
        let syntax = match (dialect, encoding) {
            // Windows opens it as text: marks are honoured, line ends changed.
            (Dialect::WslConfig, Encoding::Utf16) => syntax::parse(&unix(&utf16(bytes))),
            (Dialect::WslConfig, Encoding::Utf8Mark) => syntax::parse(&unix(&bytes[3..])),
            (Dialect::WslConfig, _) => syntax::parse(&unix(bytes)),
            (Dialect::WslConf, _) => syntax::parse(bytes),
        };
        let plain = match encoding {
            Encoding::Plain => None,
            Encoding::Utf8Mark => Some(bytes[3..].to_vec()),
            Encoding::Utf16 => Some(utf16(bytes)),
            Encoding::Nul => Some(bytes.iter().copied().filter(|byte| *byte != 0).collect()),
        };
        let plain = plain.and_then(|bytes| String::from_utf8(unix(&bytes)).ok());
        Content { encoding, syntax, plain }
    }
}

impl Encoding {
    fn of(bytes: &[u8]) -> Encoding {
        match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Encoding::Utf16,
            [0xef, 0xbb, 0xbf, ..] => Encoding::Utf8Mark,
            _ if memchr::memchr(0, bytes).is_some() => Encoding::Nul,
            _ => Encoding::Plain,
        }
    }
}

fn utf16(bytes: &[u8]) -> Vec<u8> {
    let big = bytes.first() == Some(&0xfe);
    let (pairs, _) = bytes[2..].as_chunks::<2>();
    let units = pairs.iter().map(|pair| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>().into_bytes()
}

/// `\r\n` as `\n`.
fn unix(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            out.push(*byte);
        }
    }
    out
}
