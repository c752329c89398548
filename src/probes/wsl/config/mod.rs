//! /etc/wsl.conf and .wslconfig: the same syntax, two dialects.

mod file;
mod keys;
mod lint;
mod syntax;

pub use file::{ConfigFile, Content, Encoding};
use keys::boolean;
pub use keys::{Key, Kind};
pub use lint::{ValueFault, ValueFaultKind};
pub use syntax::{BadLine, Entry, Syntax, SyntaxFault};

/// Which of the two files it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// /etc/wsl.conf: the first bad line ends the reading of the whole rest.
    WslConf,
    /// .wslconfig: a bad line is skipped.
    WslConfig,
}

impl Dialect {
    fn keys(self) -> &'static [Key] {
        match self {
            Dialect::WslConf => keys::WSL_CONF,
            Dialect::WslConfig => keys::WSLCONFIG,
        }
    }

    fn key(self, name: &str) -> Option<&'static Key> {
        self.keys().iter().find(|key| key.is_named(name))
    }

    fn other(self) -> Dialect {
        match self {
            Dialect::WslConf => Dialect::WslConfig,
            Dialect::WslConfig => Dialect::WslConf,
        }
    }

    /// The settings that WSL comes to read.
    fn read(self, syntax: &Syntax) -> Vec<&Entry> {
        let end = match self {
            Dialect::WslConf => syntax.bad.first().map_or(usize::MAX, |bad| bad.line),
            Dialect::WslConfig => usize::MAX,
        };
        syntax.entries.iter().filter(|entry| entry.line < end).collect()
    }
}

#[cfg(test)]
mod tests;
