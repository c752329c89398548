use crate::model::{Missing, Target};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::{Fact, Probing};

/// What the Go in use builds for: the list in its own sources, which
/// `go tool dist list` prints too.
#[derive(Debug)]
pub struct Platforms {
    /// The platforms, in the list's order.
    pub list: Vec<Platform>,
}

/// A platform that a Go builds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// Its names.
    pub target: Target,
    /// Whether there is cgo for it.
    pub cgo: CgoSupport,
    /// How well it is kept.
    pub class: PlatformClass,
}

/// Whether Go has cgo for a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CgoSupport {
    /// It has.
    There,
    /// It has none.
    None,
}

/// How well Go keeps a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlatformClass {
    /// A release waits until it works.
    First,
    /// Others keep it.
    Other,
    /// It does not work at present.
    Broken,
}

impl Fact for Platforms {
    const ID: &'static str = "go-platforms";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let (settings, toolchains) = (probing.get::<Settings>()?, probing.get::<Toolchains>()?);
        let (context, go) = toolchains.in_use().ok_or_else(|| Missing::absent("no go is on any PATH"))?;
        let named = || settings.view(context).map(|view| view.value("GOROOT").into());
        let root = go.root.clone().or_else(named).ok_or_else(|| Missing::absent("GOROOT is not known"))?;
        let text = probing.host().read_text(&root.join("src/internal/platform/zosarch.go"))?;
        let list = parse(&text);
        if list.is_empty() {
            return Err(Missing::failed("internal/platform/zosarch.go of this Go lists no platform"));
        }
        Ok(Platforms { list })
    }
}

impl Platforms {
    /// The platform of a target, when this Go builds for it.
    #[must_use]
    pub fn get(&self, target: &Target) -> Option<&Platform> {
        self.list.iter().find(|platform| platform.target == *target)
    }
}

/// Lines such as `{"linux", "arm64"}: {CgoSupported: true, FirstClass: true},`.
fn parse(text: &str) -> Vec<Platform> {
    text.lines()
        .filter_map(|line| {
            let (names, info) = line.trim().strip_prefix("{\"")?.split_once("\"}:")?;
            let (goos, goarch) = names.split_once("\", \"")?;
            let cgo = if info.contains("CgoSupported: true") { CgoSupport::There } else { CgoSupport::None };
            let class = match info {
                _ if info.contains("Broken: true") => PlatformClass::Broken,
                _ if info.contains("FirstClass: true") => PlatformClass::First,
                _ => PlatformClass::Other,
            };
            Some(Platform { target: Target::new(goos, goarch), cgo, class })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_as_go_writes_it() {
        let text = "var List = []OSArch{\n\t{\"aix\", \"ppc64\"},\n}\n\nvar distInfo = map[OSArch]osArchInfo{\n\t{\"freebsd\", \"riscv64\"}: {CgoSupported: true, Broken: true},\n\t{\"js\", \"wasm\"}:         {},\n\t{\"linux\", \"arm64\"}:     {CgoSupported: true, FirstClass: true},\n\t{\"linux\", \"mips\"}:      {CgoSupported: true},\n}\n";
        let platform =
            |goos: &str, goarch: &str, cgo, class| Platform { target: Target::new(goos, goarch), cgo, class };
        assert_eq!(
            parse(text),
            [
                platform("freebsd", "riscv64", CgoSupport::There, PlatformClass::Broken),
                platform("js", "wasm", CgoSupport::None, PlatformClass::Other),
                platform("linux", "arm64", CgoSupport::There, PlatformClass::First),
                platform("linux", "mips", CgoSupport::There, PlatformClass::Other),
            ]
        );
        assert_eq!(parse("package platform\n"), []);
    }
}
