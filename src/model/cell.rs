//! What a project builds for: targets against CGO_ENABLED.

use serde::Serialize;

use super::CgoPackage;

/// A platform that Go builds for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Go's name of the operating system.
    pub goos: String,
    /// Go's name of the architecture.
    pub goarch: String,
}

/// What CGO_ENABLED is set to for a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum CgoSwitch {
    /// Nothing is said for this build: the user's settings hold, or Go decides.
    #[serde(rename = "unset")]
    Unset,
    /// `CGO_ENABLED=0`.
    #[serde(rename = "0")]
    Off,
    /// `CGO_ENABLED=1`.
    #[serde(rename = "1")]
    On,
}

/// What comes of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuildResult {
    /// It builds, and nothing of it is left out.
    Builds,
    /// It builds; packages that can use C do without.
    BuildsWithoutCgo,
    /// It does not build.
    Fails,
    /// Could not tell.
    Unknown,
}

/// Something that a build lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// In one or two words, for a cell: `gcc`, `cgo`, `Apple's SDK`.
    pub short: String,
    /// In a sentence: what it is, and what Go says without it.
    pub what: String,
    /// The command line that brings it on this machine.
    pub command: Option<String>,
}

/// A package that does without C.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// Its import path.
    pub package: String,
    /// What its users lose, in a sentence.
    pub what: String,
}

/// One build: a target, a switch, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The platform.
    pub target: Target,
    /// CGO_ENABLED.
    pub cgo: CgoSwitch,
    /// What is foretold.
    pub result: BuildResult,
    /// What has to be there for it to build, or why nothing can be told;
    /// empty when it builds.
    pub missing: Vec<Need>,
    /// The packages that do without C.
    pub loses: Vec<Loss>,
    /// The value of CC under which this holds, where it is not Go's own choice
    /// or the user's.
    pub cc: Option<String>,
    /// What a real build said; None when none was made.
    pub tried: Option<Tried>,
}

/// What a real build said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It succeeded.
    Built,
    /// It failed, with this decisive line.
    Failed(String),
    /// It could not be made, or did not end in time.
    Unknown(String),
}

/// What a project builds for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// The project's folder, for people.
    pub project: String,
    /// The Go that builds, for people.
    pub go: String,
    /// The targets in the order in which they are shown.
    pub targets: Vec<NamedTarget>,
    /// The cells, target by target: unset, 0, 1.
    pub cells: Vec<Cell>,
    /// The packages of modules that use cgo for some of the targets.
    pub cgo_packages: Vec<CgoPackage>,
    /// What limits or colours the whole answer.
    pub notes: Vec<String>,
}

/// A target, and who asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTarget {
    /// The platform.
    pub target: Target,
    /// The place that names it, such as `.goreleaser.yaml:12`; None when it is
    /// shown because many build for it.
    pub source: Option<String>,
    /// The project's programs for this target when cgo is on, by import path.
    pub programs: Vec<String>,
}

impl Target {
    /// A target by Go's names.
    #[must_use]
    pub fn new(goos: impl Into<String>, goarch: impl Into<String>) -> Self {
        Target { goos: goos.into(), goarch: goarch.into() }
    }

    /// A target from `linux/arm64`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (goos, goarch) = text.split_once('/')?;
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_word(goos) && is_word(goarch)).then(|| Target::new(goos, goarch))
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.goos, self.goarch)
    }
}

impl CgoSwitch {
    /// All of them, in the order in which they are shown.
    pub const ALL: [CgoSwitch; 3] = [CgoSwitch::Unset, CgoSwitch::Off, CgoSwitch::On];

    /// The value for the environment; None where nothing is set.
    #[must_use]
    pub fn value(self) -> Option<&'static str> {
        match self {
            CgoSwitch::Unset => None,
            CgoSwitch::Off => Some("0"),
            CgoSwitch::On => Some("1"),
        }
    }
}

impl Cell {
    /// True when a real build shows that what was foretold is wrong. What
    /// could not be told or not be tried is no mistake.
    #[must_use]
    pub fn is_refuted(&self) -> bool {
        matches!(
            (&self.tried, self.result),
            (Some(Tried::Built), BuildResult::Fails)
                | (Some(Tried::Failed(_)), BuildResult::Builds | BuildResult::BuildsWithoutCgo)
        )
    }

    /// What comes of it in a few words, with its mark.
    #[must_use]
    pub fn label(&self) -> String {
        let short = self.missing.first().map_or("something", |need| need.short.as_str());
        let label = match self.result {
            BuildResult::Builds if self.cc.is_some() => "✔ with CC".to_owned(),
            BuildResult::Builds => "✔ builds".to_owned(),
            BuildResult::BuildsWithoutCgo => "▲ without cgo".to_owned(),
            BuildResult::Fails => format!("✖ lacks {short}"),
            BuildResult::Unknown => "? could not tell".to_owned(),
        };
        if self.is_refuted() { format!("≠ {label}") } else { label }
    }

    /// How the cell is asked for on a command line.
    #[must_use]
    pub fn command(&self) -> String {
        let cgo = self.cgo.value().map(|value| format!("CGO_ENABLED={value} ")).unwrap_or_default();
        let cc = match &self.cc {
            Some(cc) if cc.contains(' ') => format!("CC='{cc}' "),
            Some(cc) => format!("CC={cc} "),
            None => String::new(),
        };
        format!("{cgo}{cc}GOOS={} GOARCH={} go build ./...", self.target.goos, self.target.goarch)
    }
}

impl Matrix {
    /// The cells of a target: unset, 0, 1.
    #[must_use]
    pub fn row(&self, at: usize) -> &[Cell] {
        let wide = CgoSwitch::ALL.len();
        self.cells.get(at * wide..(at + 1) * wide).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_two_words() {
        assert_eq!(Target::parse("linux/arm64"), Some(Target::new("linux", "arm64")));
        for bad in ["linux", "linux/", "/arm64", "linux/arm/v7", "linux/arm 64", ""] {
            assert_eq!(Target::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_what_was_told_and_tried_can_be_wrong() {
        use BuildResult::{Builds, BuildsWithoutCgo, Fails, Unknown};
        let failed = || Some(Tried::Failed("no".into()));
        for (result, tried, expected) in [
            (Builds, None, false),
            (Builds, Some(Tried::Built), false),
            (Builds, failed(), true),
            (BuildsWithoutCgo, failed(), true),
            (Fails, Some(Tried::Built), true),
            (Fails, failed(), false),
            (Unknown, failed(), false),
            (Builds, Some(Tried::Unknown("late".into())), false),
        ] {
            let target = Target::new("linux", "amd64");
            let (missing, loses) = (Vec::new(), Vec::new());
            let cell = Cell { target, cgo: CgoSwitch::On, result, missing, loses, cc: None, tried };
            assert_eq!(cell.is_refuted(), expected, "{cell:?}");
        }
    }
}
