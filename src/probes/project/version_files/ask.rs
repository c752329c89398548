use std::path::PathBuf;

use crate::model::{GoVersion, Patch};

/// A file that names the Go to use, and what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Who reads the file.
    pub reader: Reader,
    /// Where the version stands.
    pub place: Place,
    /// The version as it stands there, without `go`: `1.26`, `1.22.x`.
    pub version: String,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// The line as it stands, without its end.
    pub text: String,
}

/// Who reads a version file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// A version manager on this machine: goenv, asdf, mise.
    Manager,
    /// A container build.
    Image,
    /// A continuous-integration service.
    Service,
}

impl Ask {
    /// The one language version that is asked for: `1.22` of `1.22`, `1.22.x`
    /// and `1.22.3`. None for what is open upwards, such as `^1.22`, and for
    /// words such as `stable`.
    #[must_use]
    pub fn language(&self) -> Option<(u32, u32)> {
        self.exact().or_else(|| GoVersion::parse(self.family()?)).map(|version| version.language())
    }

    /// The one release that is asked for; None for a family of them.
    #[must_use]
    pub fn exact(&self) -> Option<GoVersion> {
        let version = GoVersion::parse(&self.version).filter(|version| version.bare() == self.version)?;
        (version.patch != Patch::Language).then_some(version)
    }

    /// `1.22` of `1.22`, `1.22.x`, `1.22.*`, `~1.22`.
    fn family(&self) -> Option<&str> {
        let text = self.version.trim_start_matches('~').trim_end_matches(".x").trim_end_matches(".*");
        text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.').then_some(text)
    }

    /// True when no Go that fits the ask is new enough for `needed`.
    #[must_use]
    pub fn is_below(&self, needed: &GoVersion) -> bool {
        match self.exact() {
            Some(version) => version < *needed,
            None => self.language().is_some_and(|language| language < needed.language()),
        }
    }

    /// True when no Go fits both asks.
    #[must_use]
    pub fn contradicts(&self, other: &Ask) -> bool {
        match (self.exact(), other.exact()) {
            (Some(one), Some(two)) => one != two,
            _ => self.language().zip(other.language()).is_some_and(|(one, two)| one != two),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(version: &str) -> Ask {
        let place = Place { path: "/p/.go-version".into(), name: ".go-version".into(), line: 1, text: version.into() };
        Ask { reader: Reader::Manager, place, version: version.into() }
    }

    fn below(version: &str, needed: &str) -> bool {
        ask(version).is_below(&GoVersion::parse(needed).unwrap())
    }

    #[test]
    fn a_family_fits_its_newest_release() {
        assert!(below("1.21", "1.26.0") && below("1.21.x", "1.22") && below("~1.21", "1.22"));
        assert!(!below("1.26", "1.26.3") && !below("1.26.x", "1.26.3") && !below("1.27", "1.26.3"));
    }

    #[test]
    fn a_release_must_reach() {
        assert!(below("1.26.2", "1.26.3") && below("1.25.9", "1.26") && below("1.26rc1", "1.26.0"));
        assert!(!below("1.26.3", "1.26.3") && !below("1.26.0", "1.26") && !below("1.27.0", "1.26.3"));
    }

    #[test]
    fn what_is_open_is_never_below() {
        for open in
            ["^1.20", ">=1.19", "stable", "oldstable", "latest", "1", "system", "", "ref:main", "${{ matrix.go }}"]
        {
            assert!(!below(open, "1.26.3"), "{open}");
            assert_eq!(ask(open).language(), None, "{open}");
        }
    }

    #[test]
    fn contradictions_are_those_that_no_go_can_meet() {
        assert!(ask("1.26.1").contradicts(&ask("1.26.2")) && ask("1.25").contradicts(&ask("1.26.2")));
        assert!(!ask("1.26").contradicts(&ask("1.26.2")) && !ask("stable").contradicts(&ask("1.26.2")));
    }
}
