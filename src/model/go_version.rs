use std::cmp::Ordering;

/// A Go version as `VERSION` files, build info and go.mod write it:
/// `go1.26.6`, `1.22`, `go1.21rc2`, `go1.24.11-custom`.
///
/// Ordered as Go orders: `1.21 < 1.21rc1 < 1.21.0 < 1.21.1`. A suffix behind
/// a dash or blank is kept and does not count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GoVersion {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// What follows the second number.
    pub patch: Patch,
    text: String,
}

/// What follows major and minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch {
    /// Nothing: the language version `1.22`.
    Language,
    /// `beta1`.
    Beta(u32),
    /// `rc2`.
    Candidate(u32),
    /// `.3`. Before Go 1.21, releases wrote `.0` as nothing.
    Release(u32),
}

impl GoVersion {
    /// Parses a version, with or without `go` before it. None when it is not
    /// one, such as `devel`.
    #[must_use]
    pub fn parse(text: &str) -> Option<GoVersion> {
        let text = text.trim();
        let bare = text.strip_prefix("go").unwrap_or(text);
        let bare = bare.split([' ', '-', '+']).next()?;
        let (major, rest) = number(bare)?;
        let rest = rest.strip_prefix('.')?;
        let (minor, rest) = number(rest)?;
        let patch = if rest.is_empty() {
            Patch::Language
        } else if let Some(rest) = rest.strip_prefix('.') {
            whole(rest).map(Patch::Release)?
        } else if let Some(rest) = rest.strip_prefix("rc") {
            whole(rest).map(Patch::Candidate)?
        } else if let Some(rest) = rest.strip_prefix("beta") {
            whole(rest).map(Patch::Beta)?
        } else {
            return None;
        };
        Some(GoVersion { major, minor, patch, text: bare.to_owned() })
    }

    /// A release version.
    #[must_use]
    pub fn release(major: u32, minor: u32, patch: u32) -> GoVersion {
        GoVersion { major, minor, patch: Patch::Release(patch), text: format!("{major}.{minor}.{patch}") }
    }

    /// The first release of a language version, the name under which it can be
    /// fetched: `go1.26.0` for `1.26`. Any other version is itself.
    #[must_use]
    pub fn first_release(&self) -> GoVersion {
        match self.patch {
            Patch::Language if self.language() >= (1, 21) => GoVersion::release(self.major, self.minor, 0),
            _ => self.clone(),
        }
    }

    /// Major and minor alone, for comparing language versions.
    #[must_use]
    pub fn language(&self) -> (u32, u32) {
        (self.major, self.minor)
    }

    /// The version as it was written, without `go`.
    #[must_use]
    pub fn bare(&self) -> &str {
        &self.text
    }
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

fn whole(text: &str) -> Option<u32> {
    number(text).filter(|(_, rest)| rest.is_empty()).map(|(n, _)| n)
}

impl PartialOrd for GoVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GoVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.patch)
            .cmp(&(other.major, other.minor, other.patch))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl std::fmt::Display for GoVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "go{}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_orders_language_before_candidates_before_releases() {
        let order = ["1.20", "1.21", "1.21rc2", "1.21.0", "1.21.13", "1.22", "go1.26.6"];
        let parsed: Vec<GoVersion> = order.iter().filter_map(|text| GoVersion::parse(text)).collect();
        assert_eq!(parsed.len(), order.len());
        assert!(parsed.is_sorted());
    }

    #[test]
    fn suffixes_do_not_count_and_words_are_no_versions() {
        assert_eq!(GoVersion::parse("go1.24.11 X:nocoverageredesign"), GoVersion::parse("1.24.11"));
        assert_eq!(GoVersion::parse("go1.22.1-custom"), GoVersion::parse("1.22.1"));
        assert!(["devel", "go", "1", "1.x", "1.2.3.4", ""].iter().all(|text| GoVersion::parse(text).is_none()));
    }
}
