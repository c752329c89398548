use std::path::PathBuf;

use crate::model::{Evidence, mask};

/// A setting of git with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitEntry {
    /// The section, in lower case: `url`.
    pub section: String,
    /// The subsection, as it stands: `git@github.com:`.
    pub subsection: Option<String>,
    /// The name, in lower case: `insteadof`.
    pub name: String,
    /// The value; None for a name without `=`, which means true.
    pub value: Option<String>,
    /// Where it stands.
    pub origin: GitOrigin,
    /// For whom it holds.
    pub reach: Reach,
}

/// Where a setting of git stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitOrigin {
    /// A line of a file.
    File(GitLine),
    /// A pair of `GIT_CONFIG_KEY_n` and `GIT_CONFIG_VALUE_n`; this is n.
    Variables(usize),
}

/// A line of a git configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitLine {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub file: String,
    /// The line of the name, from 1.
    pub line: usize,
    /// That line as it stands, without its end.
    pub text: String,
    /// The last line of the value: the same one, unless a backslash goes on.
    pub last: usize,
    /// The line of the section's header, from 1.
    pub header: usize,
    /// That line as it stands.
    pub header_text: String,
    /// True when a fix may edit the file without privilege.
    pub own: bool,
}

/// Which repositories a setting holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of them.
    Everywhere,
    /// The repository that is looked at and those that Go downloads into, for
    /// a condition lets both through. git asks it of a repository that it has
    /// opened, so it counts for nothing that git decides before.
    Both,
    /// The repository that is looked at, and not those that Go downloads
    /// into.
    Project,
    /// The repositories that Go downloads into, and not the one that is
    /// looked at.
    Downloads,
    /// Neither of both, as far as can be told: a condition bars them.
    Elsewhere,
}

impl Reach {
    /// What holds under both.
    #[must_use]
    pub(super) fn and(self, other: Reach) -> Reach {
        match (self, other) {
            (Reach::Everywhere, reach) | (reach, Reach::Everywhere) => reach,
            (Reach::Both, reach) | (reach, Reach::Both) => reach,
            (one, other) if one == other => one,
            _ => Reach::Elsewhere,
        }
    }
}

impl GitEntry {
    /// The name in git's own words: `url.git@github.com:.insteadof`.
    #[must_use]
    pub fn key(&self) -> String {
        match &self.subsection {
            Some(subsection) => format!("{}.{subsection}.{}", self.section, self.name),
            None => format!("{}.{}", self.section, self.name),
        }
    }

    /// True for this section and name; names are in lower case.
    #[must_use]
    pub fn is(&self, section: &str, name: &str) -> bool {
        self.section == section && self.name == name
    }

    /// The value as text; a bare name is `true`.
    #[must_use]
    pub fn text(&self) -> &str {
        self.value.as_deref().unwrap_or("true")
    }

    /// The line of the file that it stands in; None for a variable.
    #[must_use]
    pub fn line(&self) -> Option<&GitLine> {
        match &self.origin {
            GitOrigin::File(line) => Some(line),
            GitOrigin::Variables(_) => None,
        }
    }

    /// The setting as evidence, with its secrets masked: where it stands, its
    /// key and value.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let source = match &self.origin {
            GitOrigin::File(line) => format!("{}:{}", line.file, line.line),
            GitOrigin::Variables(n) => format!("GIT_CONFIG_KEY_{n} and GIT_CONFIG_VALUE_{n}"),
        };
        let subsection = self.subsection.as_deref().map(|text| format!(".{}", mask(text))).unwrap_or_default();
        Evidence::new(source, format!("{}{subsection}.{} = {}", self.section, self.name, mask(self.text())))
    }
}
