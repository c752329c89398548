use super::policy::{Policy, Switch, Toolchain};
use crate::model::{GoVersion, Patch};
use crate::probes::project::Demand;

/// Which toolchain the `go` command wants to run, before it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// The one that was called.
    Own,
    /// Another one.
    Other(Toolchain, Because),
    /// None: what the project asks for is newer than this one, which is the
    /// newest that may run.
    TooOld(GoVersion, Because),
}

/// What makes Go want, or refuse, another toolchain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Because {
    /// The `go` line.
    GoLine,
    /// The `toolchain` line.
    ToolchainLine,
    /// GOTOOLCHAIN itself.
    Setting,
}

/// Chooses as `go` does when it starts: the minimum that the setting names,
/// then the `toolchain` line, then the `go` line, whichever is newest.
pub(super) fn wish(policy: &Policy, own: &GoVersion, demand: Option<&Demand<'_>>) -> Wish {
    let asked = demand.and_then(Demand::go_version);
    let suggested = demand.and_then(|demand| demand.toolchain).map(|line| line.value.as_str());
    let own_name = format!("go{}", own.bare());
    let minimum = policy.minimum.clone().unwrap_or_else(|| Toolchain { name: own_name.clone(), version: own.clone() });
    let may_switch = policy.switch != Switch::Never && suggested != Some("default");

    let mut wanted = (minimum, Because::Setting);
    if may_switch {
        if let Some(toolchain) = suggested.and_then(Toolchain::parse).filter(|it| it.version > wanted.0.version) {
            wanted = (toolchain, Because::ToolchainLine);
        }
        if let Some(version) = asked.clone().filter(|it| is_newer(it, &wanted.0.version)) {
            wanted = (released(version, own), Because::GoLine);
        }
    }
    let (toolchain, because) = wanted;
    if asked.is_some_and(|asked| is_newer(&asked, &toolchain.version)) {
        let because = if policy.switch == Switch::Never { Because::Setting } else { Because::ToolchainLine };
        return Wish::TooOld(toolchain.version, because);
    }
    if toolchain.name == own_name { Wish::Own } else { Wish::Other(toolchain, because) }
}

/// Before Go 1.21, `1.20` was a release of its own.
fn is_newer(asked: &GoVersion, than: &GoVersion) -> bool {
    asked > than && !(asked.language() == than.language() && asked.language() < (1, 21))
}

/// The toolchain that a `go` line asks for. `go 1.22` means `go1.22.0`, which
/// Go 1.21 and 1.22 know only since 1.21.11 and 1.22.4.
fn released(asked: GoVersion, own: &GoVersion) -> Toolchain {
    let completes = match own.language() {
        (1, 21) => own.patch >= Patch::Release(11),
        (1, 22) => own.patch >= Patch::Release(4),
        _ => true,
    };
    let is_language = asked.patch == Patch::Language && asked.language() >= (1, 21);
    let version = if is_language && completes { GoVersion::release(asked.major, asked.minor, 0) } else { asked };
    Toolchain { name: version.to_string(), version }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::probes::project::ModFile;

    fn choose(setting: &str, own: &str, text: &str) -> String {
        let file = ModFile::parse(text);
        let demand = Demand {
            path: Path::new("/p/go.mod"),
            name: "go.mod",
            go: file.go.as_ref(),
            toolchain: file.toolchain.as_ref(),
        };
        let policy = Policy::parse(setting).unwrap();
        match wish(&policy, &GoVersion::parse(own).unwrap(), Some(&demand)) {
            Wish::Own => "own".into(),
            Wish::Other(toolchain, because) => format!("{} {because:?}", toolchain.name),
            Wish::TooOld(running, because) => format!("too old {running} {because:?}"),
        }
    }

    #[test]
    fn the_newest_of_what_is_asked_for_runs() {
        assert_eq!(choose("auto", "1.27.3", "go 1.26.0\n"), "own");
        assert_eq!(choose("auto", "1.27.3", "go 1.27\n"), "own");
        assert_eq!(choose("auto", "1.24.11", "go 1.26.0\n"), "go1.26.0 GoLine");
        assert_eq!(choose("auto", "1.24.11", "go 1.26\n"), "go1.26.0 GoLine");
        assert_eq!(choose("auto", "1.24.11", "go 1.22\ntoolchain go1.26.6\n"), "go1.26.6 ToolchainLine");
        assert_eq!(choose("auto", "1.24.11", "go 1.27.1\ntoolchain go1.26.6\n"), "go1.27.1 GoLine");
        assert_eq!(choose("go1.28.0+auto", "1.24.11", "go 1.27\n"), "go1.28.0 Setting");
        assert_eq!(choose("go1.24.11", "1.24.11", "go 1.22\n"), "own");
        assert_eq!(choose("auto", "1.27.3", ""), "own");
    }

    #[test]
    fn a_setting_that_forbids_wins_over_the_go_line_alone() {
        assert_eq!(choose("local", "1.24.11", "go 1.26.0\n"), "too old go1.24.11 Setting");
        assert_eq!(choose("go1.24.11", "1.27.3", "go 1.26\n"), "too old go1.24.11 Setting");
        assert_eq!(choose("local", "1.24.11", "go 1.22\ntoolchain go1.26.6\n"), "own");
        assert_eq!(choose("auto", "1.24.11", "go 1.26\ntoolchain default\n"), "too old go1.24.11 ToolchainLine");
    }

    #[test]
    fn early_releases_do_not_complete_a_language_version() {
        assert_eq!(choose("auto", "1.21.10", "go 1.22\n"), "go1.22 GoLine");
        assert_eq!(choose("auto", "1.21.11", "go 1.22\n"), "go1.22.0 GoLine");
        assert_eq!(choose("auto", "1.22.3", "go 1.23\n"), "go1.23 GoLine");
        assert_eq!(choose("auto", "1.22.4", "go 1.23\n"), "go1.23.0 GoLine");
    }
}
