use crate::model::{GoVersion, Patch};

/// What a GOTOOLCHAIN setting allows: `local`, `auto`, `go1.24.11+path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The toolchain that runs at least; None for the one that was called.
    pub minimum: Option<Toolchain>,
    /// Where a newer one may come from.
    pub switch: Switch,
}

/// Where a newer toolchain may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// From nowhere: there is no switch.
    Never,
    /// From PATH alone.
    OnPath,
    /// From PATH, or else by download.
    Download,
}

/// A toolchain by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// The name, such as `go1.26.6` or `go1.26.6-corp`.
    pub name: String,
    /// Its version.
    pub version: GoVersion,
}

impl Policy {
    /// Parses a setting. None when Go refuses it.
    #[must_use]
    pub fn parse(setting: &str) -> Option<Policy> {
        let (minimum, suffix) = match setting {
            "auto" | "path" => ("local", Some(setting)),
            _ => setting.split_once('+').map_or((setting, None), |(minimum, suffix)| (minimum, Some(suffix))),
        };
        let switch = match suffix {
            None => Switch::Never,
            Some("auto") => Switch::Download,
            Some("path") => Switch::OnPath,
            Some(_) => return None,
        };
        let minimum = if minimum == "local" { None } else { Some(Toolchain::parse(minimum)?) };
        Some(Policy { minimum, switch })
    }
}

impl Toolchain {
    /// Parses a name, `goVERSION` with or without a suffix behind a dash.
    /// None when Go takes it for no toolchain.
    #[must_use]
    pub fn parse(name: &str) -> Option<Toolchain> {
        let bare = name.strip_prefix("go")?.split([' ', '\t', '-']).next()?;
        let version = GoVersion::parse(bare).filter(|version| version.bare() == bare)?;
        let zero_first = bare.split(['.', 'a', 'b', 'c', 't', 'r']).any(|n| n.len() > 1 && n.starts_with('0'));
        let is_name = !name.contains(['/', '\\']) && !zero_first;
        is_name.then(|| Toolchain { name: name.to_owned(), version })
    }

    /// True for a name such as `go1.22`: since Go 1.21 the first release of a
    /// language version is called `go1.22.0`, and `go1.22` is none.
    #[must_use]
    pub fn was_never_released(&self) -> bool {
        self.version.patch == Patch::Language && self.version.language() >= (1, 21)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(setting: &str) -> Option<(Option<String>, Switch)> {
        Policy::parse(setting).map(|policy| (policy.minimum.map(|minimum| minimum.name), policy.switch))
    }

    #[test]
    fn settings_are_read_as_go_reads_them() {
        assert_eq!(read("auto"), Some((None, Switch::Download)));
        assert_eq!(read("local"), Some((None, Switch::Never)));
        assert_eq!(read("path"), Some((None, Switch::OnPath)));
        assert_eq!(read("local+path"), Some((None, Switch::OnPath)));
        assert_eq!(read("go1.24.11"), Some((Some("go1.24.11".into()), Switch::Never)));
        assert_eq!(read("go1.24.11-corp+auto"), Some((Some("go1.24.11-corp".into()), Switch::Download)));
        for refused in
            ["", "bogus", "auto+local", "go1.24+", "go1.24+x", "1.24.1", "go1.24.x", "go1.24.01", "bin/go1.24.1"]
        {
            assert_eq!(read(refused), None, "{refused}");
        }
    }

    #[test]
    fn names_that_were_never_released_are_known() {
        let never = |name: &str| Toolchain::parse(name).map(|toolchain| toolchain.was_never_released());
        assert_eq!(never("go1.22"), Some(true));
        assert_eq!(never("go1.22.0"), Some(false));
        assert_eq!(never("go1.22rc1"), Some(false));
        assert_eq!(never("go1.20"), Some(false));
    }
}
