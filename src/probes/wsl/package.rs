use std::path::Path;
use std::time::Duration;

use crate::host::{Host, Program};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// Which WSL this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its version; None for one older than 2.0.4, or the one that is a part
    /// of Windows.
    pub release: Option<Release>,
}

/// A version of WSL: `2.6.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release(pub u32, pub u32, pub u32);

/// WSL's own program that tells; it came with 2.0.4.
pub(super) const WSLINFO: &str = "/bin/wslinfo";

/// It asks nobody outside this machine.
const DEADLINE: Duration = Duration::from_secs(2);

impl Fact for Package {
    const ID: &'static str = "wsl-package";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let Some(said) = wslinfo(probing.host(), "--version")? else { return Ok(Package { release: None }) };
        let release = Release::parse(&said);
        release.map(|release| Package { release: Some(release) }).ok_or_else(|| {
            Missing::failed(format!("{WSLINFO} --version said: {}", said.lines().next().unwrap_or("nothing")))
        })
    }
}

/// What wslinfo says; None where there is none.
pub(super) fn wslinfo(host: &dyn Host, option: &str) -> Result<Option<String>, Missing> {
    if !host.exists(Path::new(WSLINFO)) {
        return Ok(None);
    }
    let mut program = Program { deadline: Some(DEADLINE), ..Program::new([WSLINFO, option]) };
    // It finds WSL's own socket by it.
    let session = host.environment(crate::model::Context::Session)?;
    if let Some(socket) = session.get("WSL_INTEROP") {
        program = program.env("WSL_INTEROP", socket);
    }
    let output = host.run(&program)?;
    if output.success() {
        return Ok(Some(output.stdout.trim().to_owned()));
    }
    let said = output.stderr.lines().chain(output.stdout.lines()).next().unwrap_or("it failed").to_owned();
    Err(Missing::failed(format!("{WSLINFO} {option}: {said}")))
}

impl Release {
    /// `2.6.1` or `2.6.1.0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Release> {
        let mut parts = text.trim().split('.').map(str::parse);
        let mut part = || parts.next()?.ok();
        Some(Release(part()?, part()?, part().unwrap_or(0)))
    }
}

impl std::fmt::Display for Release {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_three_parts_or_four() {
        assert_eq!(Release::parse("2.6.1\n"), Some(Release(2, 6, 1)));
        assert_eq!(Release::parse("2.6.1.0"), Some(Release(2, 6, 1)));
        assert!(Release::parse("2.10.0") > Release::parse("2.9.9"));
        for rubbish in ["", "wsl1", "x.y.z", "2"] {
            assert_eq!(Release::parse(rubbish), None, "{rubbish}");
        }
    }
}
