//! The packages that a build for a target is made of.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use super::homes::{Home, Homes, Origin};
use super::parallel::each;
use super::selected::Selected;
use super::target::{CgoUse, Tags, Target};
use crate::host::Host;
use crate::model::{CgoPackage, Missing};

/// How many packages are looked at.
const LIMIT: usize = 50_000;

/// What of a build uses cgo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CgoPackages {
    /// The packages of modules that use cgo in this build, by path.
    pub found: Vec<CgoPackage>,
    /// The packages of the standard library that do.
    pub std: Vec<CgoPackage>,
    /// The packages of this build with files that need cgo and are left out
    /// because it is off.
    pub left_out: Vec<LeftOut>,
    /// What could not be looked at, by import path: what lies behind it is
    /// not known. Empty when the answer is whole.
    pub missing: BTreeMap<String, Missing>,
    /// How many packages the build is made of.
    pub packages: usize,
}

/// A package whose files that need cgo are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The package, with the first of these files.
    pub package: CgoPackage,
    /// What becomes of it.
    pub rest: Rest,
}

/// What becomes of a package whose files that need cgo are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Other files make up the package.
    Builds,
    /// No file is left; nothing imports it, so that `./...` passes it over.
    PassedOver,
    /// No file is left, and something imports it: the build fails with
    /// `build constraints exclude all Go files`.
    Breaks,
}

/// A package that was looked at, and where its imports lead.
struct Visit {
    selected: Selected,
    file: String,
    next: Vec<(String, Result<Home, Missing>)>,
}

/// Follows the imports from the packages of the main modules on.
pub(super) fn load(host: &dyn Host, homes: &Homes, roots: &[Home], target: &Target, tags: &Tags) -> CgoPackages {
    let mut all = CgoPackages::default();
    let mut seen: HashSet<Home> = roots.iter().cloned().collect();
    let mut imported: BTreeSet<String> = BTreeSet::new();
    let mut level = roots.to_vec();
    while !level.is_empty() {
        let visits = each(&level, |home| visit(host, homes, home, target, tags));
        let mut below = Vec::new();
        for (home, visit) in level.into_iter().zip(visits) {
            let visit = match visit {
                Ok(visit) => visit,
                Err(missing) => {
                    all.missing.insert(home.package, missing);
                    continue;
                }
            };
            for (import, next) in visit.next {
                match next {
                    Ok(next) => {
                        imported.insert(next.package.clone());
                        if seen.len() < LIMIT && seen.insert(next.clone()) {
                            below.push(next);
                        }
                    }
                    Err(missing) => drop(all.missing.entry(import).or_insert(missing)),
                }
            }
            all.note(home, visit.selected, visit.file);
        }
        level = below;
    }
    if seen.len() >= LIMIT {
        all.missing.insert("...".to_owned(), Missing::failed(format!("there are more than {LIMIT} packages")));
    }
    for left_out in all.left_out.iter_mut().filter(|left_out| left_out.rest == Rest::PassedOver) {
        if imported.contains(&left_out.package.package) {
            left_out.rest = Rest::Breaks;
        }
    }
    all.found.sort();
    all.std.sort();
    all.left_out.sort_by(|a, b| a.package.cmp(&b.package));
    all
}

impl CgoPackages {
    fn note(&mut self, home: Home, selected: Selected, file: String) {
        let Home { package, module, .. } = home;
        if let Some(missing) = selected.missing {
            self.missing.entry(package.clone()).or_insert(missing);
        }
        self.packages += usize::from(selected.files > 0);
        let found = CgoPackage { package, module, file };
        if selected.cgo_file.is_some() {
            let list = if found.module == "std" { &mut self.std } else { &mut self.found };
            list.push(found);
        } else if selected.left_out.is_some() {
            let rest = if selected.files > 0 { Rest::Builds } else { Rest::PassedOver };
            self.left_out.push(LeftOut { package: found, rest });
        }
    }
}

fn visit(host: &dyn Host, homes: &Homes, home: &Home, target: &Target, tags: &Tags) -> Result<Visit, Missing> {
    let folder = homes.folders.get(host, &home.folder)?;
    let selected = Selected::of(host, &folder, tags);
    let path = |at: usize| folder.files.get(at).map_or(home.folder.as_path(), |file| Path::new(&file.path));
    let file = selected.cgo_file.or(selected.left_out).map(|at| host.machine().tilde(path(at))).unwrap_or_default();
    let imports: BTreeSet<&str> =
        selected.imports.iter().map(String::as_str).chain(implied(home, &selected, target)).collect();
    let next = |import: &str| (import.to_owned(), homes.find(host, import, home.origin));
    Ok(Visit { next: imports.into_iter().map(next).collect(), selected, file })
}

/// What Go imports by itself.
fn implied(home: &Home, selected: &Selected, target: &Target) -> Vec<&'static str> {
    let mut implied = Vec::new();
    if selected.cgo_file.is_some() {
        implied.push("unsafe");
        if home.package != "runtime/cgo" {
            implied.push("runtime/cgo");
        }
        let is_below_syscall = ["runtime/cgo", "runtime/race", "runtime/msan", "runtime/asan"];
        if home.origin == Origin::Module || !is_below_syscall.contains(&home.package.as_str()) {
            implied.push("syscall");
        }
    }
    if selected.name.as_deref() == Some("main") {
        implied.push("runtime");
        if target.cgo == CgoUse::On && is_always_linked_by_c(target) {
            implied.push("runtime/cgo");
        }
    }
    implied
}

/// The platforms whose programs are linked by the C compiler, cgo or not.
fn is_always_linked_by_c(target: &Target) -> bool {
    match target.goos.as_str() {
        "android" => target.goarch != "arm64",
        "ios" => target.goarch == "arm64",
        _ => false,
    }
}
