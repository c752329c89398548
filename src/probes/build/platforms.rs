use std::path::PathBuf;

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
        let named = || settings.view(context)?.get("GOROOT").map(|setting| PathBuf::from(setting.value));
        let unknown = || Missing::absent(format!("where the Go of {} has its sources is not known", go.path.display()));
        let root = go.root.clone().or_else(named).ok_or_else(unknown)?;
        for (file, parse) in LISTS {
            let list = match probing.host().read_text(&root.join(file)) {
                Ok(text) => parse(&text),
                Err(missing) if missing.is_absent() => continue,
                Err(missing) => return Err(missing),
            };
            if !list.is_empty() {
                return Ok(Platforms { list });
            }
        }
        Err(Missing::failed(format!("the sources of the Go in {} list no platform", root.display())))
    }
}

/// How the text of a source file lists platforms.
type Parse = fn(&str) -> Vec<Platform>;

/// Where Go lists its platforms: since Go 1.21, and before.
const LISTS: [(&str, Parse); 2] = [("src/internal/platform/zosarch.go", of_infos), ("src/cmd/dist/build.go", of_maps)];

impl Platforms {
    /// The platform of a target, when this Go builds for it.
    #[must_use]
    pub fn get(&self, target: &Target) -> Option<&Platform> {
        self.list.iter().find(|platform| platform.target == *target)
    }
}

/// Lines such as `{"linux", "arm64"}: {CgoSupported: true, FirstClass: true},`.
fn of_infos(text: &str) -> Vec<Platform> {
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

/// The maps `cgoEnabled`, `firstClass`, and `incomplete` or `broken`, whose
/// lines are such as `"linux/arm64": true,`; in the order of
/// `go tool dist list`.
fn of_maps(text: &str) -> Vec<Platform> {
    let holds = |map: &str, name: &str| entries(text, map).any(|entry| entry == (name, "true"));
    let platform = |(name, cgo): (&str, &str)| {
        let class = match name {
            _ if holds("incomplete", name) || holds("broken", name) => PlatformClass::Broken,
            _ if holds("firstClass", name) => PlatformClass::First,
            _ => PlatformClass::Other,
        };
        let cgo = if cgo == "true" { CgoSupport::There } else { CgoSupport::None };
        Some(Platform { target: Target::parse(name)?, cgo, class })
    };
    let mut list: Vec<Platform> = entries(text, "cgoEnabled").filter_map(platform).collect();
    list.sort_by_key(|platform| platform.target.to_string());
    list
}

/// The entries of one map.
fn entries<'t>(text: &'t str, map: &str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let start = format!("var {map} = map[string]bool{{");
    let lines = text.lines().skip_while(move |line| *line != start).skip(1).take_while(|line| *line != "}");
    lines.filter_map(|line| {
        let (name, value) = line.trim().strip_prefix('"')?.split_once("\":")?;
        Some((name, value.trim().trim_end_matches(',')))
    })
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
            of_infos(text),
            [
                platform("freebsd", "riscv64", CgoSupport::There, PlatformClass::Broken),
                platform("js", "wasm", CgoSupport::None, PlatformClass::Other),
                platform("linux", "arm64", CgoSupport::There, PlatformClass::First),
                platform("linux", "mips", CgoSupport::There, PlatformClass::Other),
            ]
        );
        assert_eq!(of_infos("package platform\n"), []);
    }
    #[test]
    fn older_lists_are_maps() {
        let text = "package main\n\nvar cgoEnabled = map[string]bool{\n\t\"linux/sparc64\": true,\n\t\"linux/arm64\":   true,\n\t\"js/wasm\":       false,\n}\n\nvar incomplete = map[string]bool{\n\t\"linux/sparc64\": true,\n}\n\nvar firstClass = map[string]bool{\n\t\"linux/arm64\": true,\n}\n";
        let platform = |name: &str, cgo, class| Platform { target: Target::parse(name).unwrap(), cgo, class };
        assert_eq!(
            of_maps(text),
            [
                platform("js/wasm", CgoSupport::None, PlatformClass::Other),
                platform("linux/arm64", CgoSupport::There, PlatformClass::First),
                platform("linux/sparc64", CgoSupport::There, PlatformClass::Broken),
            ]
        );
        assert_eq!(of_maps("package main\n\nvar cgoEnabled = map[string]bool{\n"), []);
    }
}
