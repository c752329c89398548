//! GOFLAGS, read as Go reads it.

/// What is wrong with one word of GOFLAGS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagFault {
    /// A quote that is opened and never closed.
    Quote(String),
    /// A word that is no flag, such as `mod=mod`.
    NotAFlag(String),
    /// A flag that no go command has.
    Unknown(String),
    /// A flag that takes a value, without one.
    NoValue(String),
    /// `-w` or `-u`: `go env NAME` then writes or removes NAME.
    WritesSettings(String),
}

impl FlagFault {
    /// The word at fault.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            FlagFault::Quote(word)
            | FlagFault::NotAFlag(word)
            | FlagFault::Unknown(word)
            | FlagFault::NoValue(word)
            | FlagFault::WritesSettings(word) => word,
        }
    }
}

/// The flags of all go commands of Go 1.27: `go help build`, `go help
/// testflag` and so on. Go takes a flag in GOFLAGS when any command has it.
const FLAGS: &str = include_str!("../../../assets/data/goflags.txt");

/// Flags that always need a value.
const WITH_VALUE: &[&str] = &[
    "p",
    "mod",
    "modfile",
    "tags",
    "ldflags",
    "gcflags",
    "asmflags",
    "gccgoflags",
    "buildmode",
    "compiler",
    "covermode",
    "coverpkg",
    "exec",
    "installsuffix",
    "overlay",
    "pgo",
    "pkgdir",
    "toolexec",
    "run",
    "skip",
    "count",
    "timeout",
];

/// The words of GOFLAGS: separated by blanks; a word that begins with a quote
/// reaches to the next one.
///
/// # Errors
/// When a quote is not closed.
pub fn words(value: &str) -> Result<Vec<String>, FlagFault> {
    let mut words = Vec::new();
    let mut rest = value.trim_start_matches(is_blank);
    while let Some(first) = rest.chars().next() {
        let (word, behind) = if matches!(first, '\'' | '"') {
            rest[1..].split_once(first).ok_or_else(|| FlagFault::Quote(rest.to_owned()))?
        } else {
            rest.split_once(is_blank).unwrap_or((rest, ""))
        };
        words.push(word.to_owned());
        rest = behind.trim_start_matches(is_blank);
    }
    Ok(words)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The first thing in GOFLAGS that Go rejects, or that turns `go env` into a
/// write.
#[must_use]
pub fn first_fault(value: &str) -> Option<FlagFault> {
    let words = match words(value) {
        Ok(words) => words,
        Err(fault) => return Some(fault),
    };
    words.into_iter().find_map(|word| {
        let Some(flag) = word.strip_prefix("--").or_else(|| word.strip_prefix('-')) else {
            return Some(FlagFault::NotAFlag(word));
        };
        let (name, has_value) = flag.split_once('=').map_or((flag, false), |(name, _)| (name, true));
        if matches!(name, "w" | "u") && !has_value {
            return Some(FlagFault::WritesSettings(word));
        }
        if !FLAGS.split_whitespace().any(|known| known == name) {
            return Some(FlagFault::Unknown(word));
        }
        (!has_value && WITH_VALUE.contains(&name)).then_some(FlagFault::NoValue(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_takes_is_taken() {
        for value in
            ["", " ", "-mod=mod", "-tags=a,b -v", "'-ldflags=-s -w'", "\"-gcflags=all=-N -l\"", "--trimpath", "-run=X"]
        {
            assert_eq!(first_fault(value), None, "{value}");
        }
    }

    #[test]
    fn what_go_rejects_is_named() {
        assert_eq!(first_fault("mod=mod"), Some(FlagFault::NotAFlag("mod=mod".into())));
        assert_eq!(first_fault("-v -bogus"), Some(FlagFault::Unknown("-bogus".into())));
        assert_eq!(first_fault("-ldflags=\"-s -w\""), Some(FlagFault::Unknown("-w\"".into())));
        assert_eq!(first_fault("-mod"), Some(FlagFault::NoValue("-mod".into())));
        assert_eq!(first_fault("'-ldflags=-s"), Some(FlagFault::Quote("'-ldflags=-s".into())));
        assert_eq!(first_fault("-ldflags=-s -w"), Some(FlagFault::WritesSettings("-w".into())));
    }
}
