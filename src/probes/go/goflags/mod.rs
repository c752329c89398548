//! GOFLAGS: its words, and what Go refuses of them.

mod known;

use crate::model::GoVersion;

/// The words of a GOFLAGS, as Go splits them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoFlags {
    /// The words, without the quotes around them.
    pub words: Vec<String>,
}

/// What is wrong with a GOFLAGS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagFault {
    /// A quotation mark has no partner.
    Unterminated(char),
    /// A word is no flag.
    NotAFlag(String),
    /// No Go command has this flag.
    Unknown(String),
    /// A flag that takes a value has none.
    NoValue(String),
    /// A flag has a value that it does not take.
    BadValue {
        /// The flag, with its dash.
        flag: String,
        /// Its value.
        value: String,
    },
    /// `-w` or `-u`: the flags with which `go env` writes and removes.
    WritesSettings(String),
}

impl GoFlags {
    /// Splits a setting: quotation marks count only around a whole word.
    ///
    /// # Errors
    /// When one of them has no partner.
    pub fn parse(setting: &str) -> Result<GoFlags, FlagFault> {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut words = Vec::new();
        let mut rest = setting.trim_start_matches(is_blank);
        while let Some(first) = rest.chars().next() {
            let (word, behind) = match first {
                '"' | '\'' => rest[1..].split_once(first).ok_or(FlagFault::Unterminated(first))?,
                _ => rest.split_at(rest.find(is_blank).unwrap_or(rest.len())),
            };
            words.push(word.to_owned());
            rest = behind.trim_start_matches(is_blank);
        }
        Ok(GoFlags { words })
    }

    /// The value that a flag is given last: `vendor` for `mod` in
    /// `-mod=vendor`.
    #[must_use]
    pub fn value(&self, flag: &str) -> Option<&str> {
        self.words.iter().rev().find_map(|word| bare(word)?.strip_prefix(flag)?.strip_prefix('='))
    }

    /// What this Go refuses, word by word. The second part is the first flag
    /// of which it cannot be told.
    #[must_use]
    pub fn faults(&self, go: &GoVersion) -> (Vec<FlagFault>, Option<String>) {
        let mut faults = Vec::new();
        let mut untold = None;
        for word in &self.words {
            let Some((name, value)) = bare(word).map(|bare| match bare.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (bare, None),
            }) else {
                faults.push(FlagFault::NotAFlag(word.clone()));
                continue;
            };
            match known::knows(go, name) {
                Some(true) => faults.extend(judge(name, value)),
                Some(false) => faults.push(FlagFault::Unknown(format!("-{name}"))),
                None => untold = untold.or(Some(format!("-{name}"))),
            }
        }
        (faults, untold)
    }
}

/// A flag without its dashes. None for a word that Go takes for no flag.
fn bare(word: &str) -> Option<&str> {
    let bare = word.strip_prefix("--").or_else(|| word.strip_prefix('-'))?;
    (!bare.is_empty() && !bare.starts_with(['-', '='])).then_some(bare)
}

fn judge(name: &str, value: Option<&str>) -> Option<FlagFault> {
    if matches!(name, "w" | "u") {
        return Some(FlagFault::WritesSettings(format!("-{name}")));
    }
    let flag = format!("-{name}");
    let Some(value) = value else {
        return known::WITH_VALUE.contains(&name).then_some(FlagFault::NoValue(flag));
    };
    let takes = match name {
        "mod" => ["", "mod", "readonly", "vendor"].contains(&value),
        "compiler" => ["gc", "gccgo"].contains(&value),
        "p" => value.parse::<i64>().is_ok_and(|n| n > 0),
        "buildvcs" => value == "auto" || is_switch(value),
        _ if known::SWITCHES.contains(&name) => is_switch(value),
        _ => true,
    };
    (!takes).then(|| FlagFault::BadValue { flag, value: value.to_owned() })
}

/// What Go's `strconv.ParseBool` takes.
fn is_switch(value: &str) -> bool {
    ["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"].contains(&value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(setting: &str) -> Vec<FlagFault> {
        let go = GoVersion::release(1, 27, 3);
        GoFlags::parse(setting).map_or_else(|fault| vec![fault], |flags| flags.faults(&go).0)
    }

    #[test]
    fn what_go_takes_has_no_fault() {
        for fine in [
            "",
            " ",
            "-mod=mod",
            "--trimpath -buildvcs=false",
            "'-ldflags=-s -w' -p=4",
            "-tags=a,b\t-count=1",
            "-race",
            "-trimpath=T",
            "-buildvcs=auto",
            "\"-gcflags=all=-N -l\"",
            "-mod=",
            "-v -timeout=5",
        ] {
            assert_eq!(faults(fine), [], "{fine}");
        }
    }

    #[test]
    fn what_go_refuses_is_told() {
        let bad = |flag: &str, value: &str| FlagFault::BadValue { flag: flag.into(), value: value.into() };
        assert_eq!(faults("mod=mod"), [FlagFault::NotAFlag("mod=mod".into())]);
        assert_eq!(faults("-tags=a b"), [FlagFault::NotAFlag("b".into())]);
        assert_eq!(faults("- --- -=x"), ["-", "---", "-=x"].map(|word| FlagFault::NotAFlag(word.into())));
        assert_eq!(faults("-bogus -X=y"), ["-bogus", "-X"].map(|flag| FlagFault::Unknown(flag.into())));
        assert_eq!(faults("-ldflags=-s -w"), [FlagFault::WritesSettings("-w".into())]);
        assert_eq!(faults("-ldflags=\"-s -w\""), [FlagFault::Unknown("-w\"".into())]);
        assert_eq!(faults("\"-ldflags=-s"), [FlagFault::Unterminated('"')]);
        assert_eq!(faults("-mod -tags"), ["-mod", "-tags"].map(|flag| FlagFault::NoValue(flag.into())));
        assert_eq!(faults("-mod=foo -p=0 -race=maybe"), [bad("-mod", "foo"), bad("-p", "0"), bad("-race", "maybe")]);
    }

    #[test]
    fn a_newer_go_may_know_more() {
        let flags = GoFlags::parse("-bogus -mod=foo").unwrap();
        let (faults, untold) = flags.faults(&GoVersion::release(1, 28, 0));
        assert_eq!((faults.len(), untold.as_deref()), (1, Some("-bogus")));
        assert_eq!(flags.value("mod"), Some("foo"));
        assert_eq!(flags.value("modfile"), None);
    }
}
