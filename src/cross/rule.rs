//! What comes of a build, from what is known before.

use super::compiler::Choice;
use super::libraries::Lacks;
use crate::model::{BuildResult, Cell, CgoSwitch, Loss, Need, Target};
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
    /// What packages lack besides a C compiler.
    pub(super) lacks: &'a Lacks,
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
    pub(super) reduced: Vec<Loss>,
    /// Without cgo, what may not compile: what the files that are left out
    /// declare has no stand-in.
    pub(super) doubtful: Vec<Need>,
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
        if !self.packages.doubtful.is_empty() {
            return Cell { result: BuildResult::Unknown, missing: self.packages.doubtful.clone(), ..blank };
        }
        let loses = self.packages.reduced.clone();
        let result = if loses.is_empty() { BuildResult::Builds } else { BuildResult::BuildsWithoutCgo };
        Cell { result, loses, ..blank }
    }

    fn with_cgo(&self, blank: Cell) -> Cell {
        if self.packages.using.is_empty() && !is_linked_by_c(self.target) {
            return blank;
        }
        if self.support == CgoSupport::None {
            let what = format!("cgo for {}: Go has none, so that CGO_ENABLED=1 fails", self.target);
            let missing = vec![Need { short: "cgo".into(), what, command: None }];
            return Cell { result: BuildResult::Fails, missing, ..blank };
        }
        let cc = match self.compiler {
            Choice::Own => None,
            Choice::Other(cc) => Some(cc.clone()),
            Choice::None(need) => return Cell { result: BuildResult::Fails, missing: vec![need.clone()], ..blank },
            Choice::Unknown(need) => {
                return Cell { result: BuildResult::Unknown, missing: vec![need.clone()], ..blank };
            }
        };
        let Lacks { certain, doubtful } = self.lacks;
        let (result, missing) = match (certain.is_empty(), doubtful.is_empty()) {
            (false, _) => (BuildResult::Fails, certain.clone()),
            (true, false) => (BuildResult::Unknown, doubtful.clone()),
            (true, true) => (BuildResult::Builds, Vec::new()),
        };
        Cell { result, missing, cc, ..blank }
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
mod tests;
