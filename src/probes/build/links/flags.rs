//! The flags of the linker that decide whether a program is one whole file.

use crate::probes::go::GoFlags;

/// What `-ldflags` says of the way a program is linked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkFlags {
    /// `-linkmode`.
    pub mode: LinkMode,
    /// `-extldflags`, taken apart: what the C compiler is given when it links.
    pub external: Vec<String>,
}

/// Who links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LinkMode {
    /// Go chooses: itself, unless there is C code other than that of its own
    /// packages.
    #[default]
    Chosen,
    /// Go itself.
    Internal,
    /// The C compiler.
    External,
}

impl LinkFlags {
    /// Reads the value of `-ldflags`.
    #[must_use]
    pub fn parse(ldflags: &str) -> LinkFlags {
        let mut flags = LinkFlags::default();
        let words = GoFlags::parse(ldflags).map(|split| split.words).unwrap_or_default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let Some(flag) = word.strip_prefix("--").or_else(|| word.strip_prefix('-')) else { continue };
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (flag, None),
            };
            if !matches!(name, "linkmode" | "extldflags" | "X") {
                continue;
            }
            let Some(value) = value.or_else(|| words.next().map(String::as_str)) else { break };
            match (name, value) {
                ("linkmode", "external") => flags.mode = LinkMode::External,
                ("linkmode", "internal") => flags.mode = LinkMode::Internal,
                ("linkmode", _) => flags.mode = LinkMode::Chosen,
                ("extldflags", value) => {
                    let value = value.trim_matches(['"', '\'']);
                    flags.external = value.split_whitespace().map(str::to_owned).collect();
                }
                _ => {}
            }
        }
        flags
    }

    /// The value of `-ldflags` without what is for the C compiler.
    #[must_use]
    pub fn without(ldflags: &str) -> Vec<String> {
        let mut kept = Vec::new();
        let words = GoFlags::parse(ldflags).map(|split| split.words).unwrap_or_default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let flag = word.trim_start_matches('-');
            match flag.split_once('=').map_or(flag, |(name, _)| name) {
                "linkmode" | "extldflags" if flag.contains('=') => {}
                "linkmode" | "extldflags" => drop(words.next()),
                _ => kept.push(word),
            }
        }
        kept
    }

    /// True when the C compiler is asked for a static program.
    #[must_use]
    pub fn asks_static(&self) -> bool {
        self.external.iter().any(|flag| matches!(flag.as_str(), "-static" | "--static" | "-static-pie"))
    }

    /// True when nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == LinkFlags::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_kept() {
        assert_eq!(LinkFlags::without("-s -linkmode external -w '-extldflags=-static -lm'"), ["-s", "-w"]);
        assert!(LinkFlags::without("-extldflags -static -linkmode").is_empty());
    }

    #[test]
    fn flags_are_read_as_the_linker_does() {
        let read = |text| {
            let flags = LinkFlags::parse(text);
            (flags.mode, flags.asks_static())
        };
        assert_eq!(read("-s -w -extldflags=-static"), (LinkMode::Chosen, true));
        assert_eq!(read("-linkmode external -extldflags '-static -lm'"), (LinkMode::External, true));
        assert_eq!(read("--linkmode=internal \"-extldflags=-static-pie\""), (LinkMode::Internal, true));
        assert_eq!(read("-X a.b=-linkmode -extldflags \"-static-libgcc\""), (LinkMode::Chosen, false));
        assert_eq!(read("-X -extldflags=-static"), (LinkMode::Chosen, false));
        for hostile in ["-extldflags", "'", "- -- = -=", "-linkmode\u{0}\u{fffd}"] {
            assert!(LinkFlags::parse(hostile).is_empty(), "{hostile}");
        }
    }
}
