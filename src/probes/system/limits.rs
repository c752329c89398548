use std::path::Path;

use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// Where the kernel tells a process its limits.
const FILE: &str = "/proc/self/limits";

/// What this session, and what it starts, may use at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The limits; None where the kernel does not tell them.
    pub found: Option<ProcessLimits>,
}

/// The limits of a process that matter to Go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessLimits {
    /// Open files of one process.
    pub open_files: Limit,
    /// Address space of one process, in bytes.
    pub address_space: Limit,
}

/// A limit of a process. None means that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The one in force, which a process may raise up to the hard one.
    pub soft: Option<u64>,
    /// The one that only root may raise.
    pub hard: Option<u64>,
}

impl Fact for Limits {
    const ID: &'static str = "limits";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        match host.read_text(Path::new(FILE)) {
            Ok(text) => match ProcessLimits::parse(&text) {
                Some(limits) => Ok(Limits { found: Some(limits) }),
                None => Err(Missing::failed(format!("{FILE} has another form"))),
            },
            // Only Linux has such a file.
            Err(missing) if missing.is_absent() => Ok(Limits { found: None }),
            Err(missing) => Err(missing),
        }
    }
}

impl ProcessLimits {
    /// The file that tells them.
    #[must_use]
    pub fn source(&self) -> &'static str {
        FILE
    }

    fn parse(text: &str) -> Option<ProcessLimits> {
        let limit = |name: &str| {
            let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
            let mut words = rest.split_whitespace().map(number);
            Some(Limit { soft: words.next()??, hard: words.next()?? })
        };
        Some(ProcessLimits { open_files: limit("Max open files ")?, address_space: limit("Max address space ")? })
    }
}

/// A number, or none for `unlimited`; None for what is neither.
fn number(word: &str) -> Option<Option<u64>> {
    if word == "unlimited" { Some(None) } else { word.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_kernel_is_read() {
        let text = "Limit                     Soft Limit           Hard Limit           Units     \n\
                    Max open files            256                  20000                files     \n\
                    Max address space         unlimited            unlimited            bytes     \n";
        let limits = ProcessLimits::parse(text).unwrap();
        assert_eq!(limits.open_files, Limit { soft: Some(256), hard: Some(20000) });
        assert_eq!(limits.address_space, Limit { soft: None, hard: None });
        assert_eq!(ProcessLimits::parse("Max open files x y\n"), None);
        assert_eq!(ProcessLimits::parse(""), None);
    }
}
