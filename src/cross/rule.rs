//! What comes of a build, from what is known before.

use super::compiler::Choice;
use super::loss::loss;
use crate::model::{BuildResult, Cell, CgoSwitch, Need, Target};
use crate::probes::build::CgoSupport;

/// What is known of builds for one target.
#[derive(Debug, Clone)]
pub(super) struct Known<'a> {
    /// The platform.
    pub(super) target: &'a Target,
    /// What becomes of a build for which CGO_ENABLED is not set.
    pub(super) unset: Use,
    /// Whether Go has cgo for this platform.
    pub(super) support: CgoSupport,
    /// What the project's packages make of cgo here.
    pub(super) packages: &'a Packages,
    /// The C compiler for this target.
    pub(super) compiler: &'a Choice,
}

/// Whether a build uses cgo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It does.
    With,
    /// It does not.
    Without,
}

/// What a project's packages make of cgo on one target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Packages {
    /// With cgo, the packages that call C; all the standard library's too.
    pub(super) using: Vec<String>,
    /// Without cgo, the packages that do with other files.
    pub(super) reduced: Vec<String>,
    /// Without cgo, the packages of which no file is left, and which the
    /// build needs.
    pub(super) emptied: Vec<String>,
    /// The imported packages with no file for this platform, with cgo and
    /// without.
    pub(super) excluded: [Vec<String>; 2],
    /// Why the packages are not all known, with cgo and without.
    pub(super) unknown: [Option<Need>; 2],
    /// Whether any file is for this platform, with cgo and without.
    pub(super) is_empty: [bool; 2],
}

impl Known<'_> {
    /// The cell for one value of CGO_ENABLED.
    pub(super) fn cell(&self, cgo: CgoSwitch) -> Cell {
        let with = match cgo {
            CgoSwitch::Unset => self.unset,
            CgoSwitch::Off => Use::Without,
            CgoSwitch::On => Use::With,
        };
        let blank = Cell {
            target: self.target.clone(),
            cgo,
            result: BuildResult::Builds,
            missing: Vec::new(),
            loses: Vec::new(),
            cc: None,
            tried: None,
        };
        let at = usize::from(with == Use::Without);
        let mut missing: Vec<Need> = self.packages.excluded[at].iter().map(|package| self.no_file(package)).collect();
        if with == Use::Without {
            missing.extend(self.packages.emptied.iter().map(|package| needs_cgo(package)));
        }
        if self.packages.is_empty[at] && missing.is_empty() && self.packages.unknown[at].is_none() {
            missing.push(Need {
                short: "a Go file".into(),
                what: format!("a Go file for {}: build constraints leave out every file of the project", self.target),
                command: None,
            });
        }
        if missing.is_empty() {
            return match (&self.packages.unknown[at], with) {
                (Some(need), _) => Cell { result: BuildResult::Unknown, missing: vec![need.clone()], ..blank },
                (None, Use::With) => self.with_cgo(blank),
                (None, Use::Without) => self.without_cgo(blank),
            };
        }
        Cell { result: BuildResult::Fails, missing, ..blank }
    }

    fn no_file(&self, package: &str) -> Need {
        Need {
            short: "a Go file".into(),
            what: format!("a Go file of {package} for {}: build constraints exclude all Go files", self.target),
            command: None,
        }
    }

    fn without_cgo(&self, blank: Cell) -> Cell {
        if is_linked_by_c(self.target) {
            let what = format!("cgo: {} requires external (cgo) linking, but cgo is not enabled", self.target);
            let missing = vec![Need { short: "cgo".into(), what, command: None }];
            return Cell { result: BuildResult::Fails, missing, ..blank };
        }
        let loses: Vec<_> = self.packages.reduced.iter().map(|package| loss(package)).collect();
        let result = if loses.is_empty() { BuildResult::Builds } else { BuildResult::BuildsWithoutCgo };
        Cell { result, loses, ..blank }
    }

    fn with_cgo(&self, blank: Cell) -> Cell {
        if self.packages.using.is_empty() && !is_linked_by_c(self.target) {
            return blank;
        }
        if self.support == CgoSupport::None {
            let what = format!("cgo for {}: Go has none, so that CGO_ENABLED=1 fails", self.target);
            let missing = vec![Need { short: "no cgo there".into(), what, command: None }];
            return Cell { result: BuildResult::Fails, missing, ..blank };
        }
        match self.compiler {
            Choice::Own => blank,
            Choice::Other(cc) => Cell { cc: Some(cc.clone()), ..blank },
            Choice::None(need) => Cell { result: BuildResult::Fails, missing: vec![need.clone()], ..blank },
            Choice::Unknown(need) => Cell { result: BuildResult::Unknown, missing: vec![need.clone()], ..blank },
        }
    }
}

fn needs_cgo(package: &str) -> Need {
    Need {
        short: "cgo".into(),
        what: format!("cgo for {package}: without it, build constraints exclude all Go files"),
        command: None,
    }
}

/// The platforms whose programs the C compiler links, cgo or not
/// (`internal/platform.MustLinkExternal`).
fn is_linked_by_c(target: &Target) -> bool {
    match target.goos.as_str() {
        "android" => target.goarch != "arm64",
        "ios" => target.goarch == "arm64",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BuildResult::{Builds, BuildsWithoutCgo, Fails, Unknown};

    fn uses(using: &[&str], reduced: &[&str], emptied: &[&str]) -> Packages {
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Packages { using: list(using), reduced: list(reduced), emptied: list(emptied), ..Packages::default() }
    }

    fn need(short: &str) -> Need {
        Need { short: short.into(), what: short.into(), command: None }
    }

    fn cells(target: &str, unset: Use, packages: &Packages, compiler: &Choice) -> [Cell; 3] {
        let target = Target::parse(target).unwrap();
        let has_none = matches!(target.goos.as_str(), "js" | "plan9" | "wasip1");
        let support = if has_none { CgoSupport::None } else { CgoSupport::There };
        let known = Known { target: &target, unset, support, packages, compiler };
        CgoSwitch::ALL.map(|cgo| known.cell(cgo))
    }

    #[test]
    fn every_cell_follows_from_what_is_known() {
        let pure = uses(&[], &[], &[]);
        let net = uses(&["net", "runtime/cgo"], &["net"], &[]);
        let sqlite = uses(&["x.y/sqlite", "runtime/cgo"], &[], &["x.y/sqlite"]);
        let (own, other) = (Choice::Own, Choice::Other("aarch64-linux-gnu-gcc".into()));
        let none = Choice::None(need("gcc"));
        let (with, without) = (Use::With, Use::Without);
        for (target, unset, packages, compiler, expected) in [
            ("linux/amd64", with, &pure, &own, [Builds, Builds, Builds]),
            ("linux/amd64", with, &net, &own, [Builds, BuildsWithoutCgo, Builds]),
            ("linux/amd64", with, &sqlite, &own, [Builds, Fails, Builds]),
            // Without a C compiler Go turns cgo off, unless it is forced on.
            ("linux/amd64", without, &pure, &none, [Builds, Builds, Builds]),
            ("linux/amd64", without, &net, &none, [BuildsWithoutCgo, BuildsWithoutCgo, Fails]),
            ("linux/amd64", without, &sqlite, &none, [Fails, Fails, Fails]),
            ("linux/arm64", without, &net, &other, [BuildsWithoutCgo, BuildsWithoutCgo, Builds]),
            ("linux/arm64", without, &sqlite, &other, [Fails, Fails, Builds]),
            ("linux/arm64", with, &sqlite, &other, [Builds, Fails, Builds]),
            ("js/wasm", without, &pure, &none, [Builds, Builds, Builds]),
            ("plan9/amd64", without, &sqlite, &own, [Fails, Fails, Fails]),
            ("android/arm64", without, &pure, &none, [Builds, Builds, Builds]),
            ("android/amd64", without, &pure, &none, [Fails, Fails, Fails]),
            ("ios/arm64", without, &pure, &none, [Fails, Fails, Fails]),
        ] {
            let found = cells(target, unset, packages, compiler).map(|cell| cell.result);
            assert_eq!(found, expected, "{target} {packages:?} {compiler:?}");
        }
    }

    #[test]
    fn a_cell_says_what_it_needs_and_what_it_loses() {
        let net = uses(&["net"], &["net"], &[]);
        let [unset, _, on] = cells("linux/arm64", Use::Without, &net, &Choice::Other("aarch64-linux-gnu-gcc".into()));
        assert_eq!(unset.loses.iter().map(|loss| loss.package.as_str()).collect::<Vec<_>>(), ["net"]);
        assert_eq!((on.cc.as_deref(), on.loses.len()), (Some("aarch64-linux-gnu-gcc"), 0));
        let [_, _, on] = cells("linux/arm64", Use::Without, &net, &Choice::None(need("a compiler")));
        assert_eq!(on.missing, [need("a compiler")]);
    }

    #[test]
    fn what_is_not_known_is_not_foretold() {
        let blind = Packages { unknown: [None, Some(need("the module cache"))], ..uses(&["net"], &[], &[]) };
        let results = cells("linux/amd64", Use::With, &blind, &Choice::Own).map(|cell| cell.result);
        assert_eq!(results, [Builds, Unknown, Builds]);
        let results = cells("linux/amd64", Use::With, &blind, &Choice::Unknown(need("cc"))).map(|cell| cell.result);
        assert_eq!(results, [Unknown, Unknown, Unknown]);
    }

    #[test]
    fn what_has_no_file_for_a_platform_fails_there() {
        let excluded = Packages { excluded: [vec!["x.y/a".into()], vec!["x.y/a".into()]], ..Packages::default() };
        let nothing = Packages { is_empty: [true, true], ..Packages::default() };
        for packages in [excluded, nothing] {
            let results = cells("linux/amd64", Use::With, &packages, &Choice::Own).map(|cell| cell.result);
            assert_eq!(results, [Fails; 3], "{packages:?}");
        }
    }
}
