//! The packages that a build for a target is made of.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::home::{Home, Origin};
use super::homes::Homes;
use super::loss::Loss;
use super::selected::Selected;
use super::target::{CgoUse, Tags, Target};
use crate::collections::{order, parallel};
use crate::host::Host;
use crate::model::{CgoPackage, Missing};

/// How many packages are looked at.
const LIMIT: usize = 50_000;

/// How many threads read at most.
const THREADS: usize = 8;

/// What of a build uses cgo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CgoPackages {
    /// The packages of modules that use cgo in this build, by path.
    pub found: Vec<CgoPackage>,
    /// Their files that import C, by the package's path.
    pub c_files: BTreeMap<String, Vec<PathBuf>>,
    /// The packages of the standard library that do.
    pub std: Vec<CgoPackage>,
    /// The packages of this build with files that need cgo and are left out
    /// because it is off.
    pub left_out: Vec<LeftOut>,
    /// What could not be looked at, by import path: what lies behind it is
    /// not known. Empty when the answer is whole.
    pub missing: BTreeMap<String, Missing>,
    /// The programs of the project that this build makes, by path.
    pub programs: BTreeSet<String>,
    /// The packages that something imports and of which no file is for this
    /// target, cgo or not: the build fails with `build constraints exclude
    /// all Go files`.
    pub excluded: BTreeSet<String>,
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
    /// What it loses with them.
    pub loss: Loss,
}

/// What becomes of a package whose files that need cgo are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Other files make up the package.
    Builds,
    /// No file is left; nothing imports it, so that `./...` passes it over.
    PassedOver,
    /// The build fails: no file is left and something imports it, which Go
    /// puts as `build constraints exclude all Go files`, or the linker
    /// refuses what is left.
    Breaks,
}

/// A package that was looked at.
struct Visit {
    /// Whether the build takes any of its files.
    is_built: bool,
    /// Whether the files that it takes are a program's.
    is_program: bool,
    cgo: Option<CgoFiles>,
    /// The files that it takes and that import C.
    c_files: Vec<PathBuf>,
    /// Why a file could not be read.
    missing: Option<Missing>,
    /// Where its imports lead, or which one leads nowhere.
    next: Vec<Result<Arc<Home>, (String, Missing)>>,
}

/// The files of a package that need cgo.
enum CgoFiles {
    /// They are a part of the build: the first one.
    Taken(String),
    /// Cgo is off: the first one, and what goes with them.
    LeftOut(String, Loss),
}

/// Follows the imports from the packages of the main modules on.
pub(super) fn load(host: &dyn Host, homes: &Homes, roots: &[Arc<Home>], target: &Target, tags: &Tags) -> CgoPackages {
    let mut visits = parallel::walk(roots, THREADS, LIMIT, |home| {
        let visit = visit(host, homes, home, target, tags);
        let next = visit.iter().flat_map(|visit| &visit.next).flatten().map(Arc::clone).collect();
        (visit, next)
    });
    order::sort_by(&mut visits, |(one, _), (other, _)| one.folder.cmp(&other.folder));
    let mut all = CgoPackages::default();
    let mut imported: HashSet<Arc<Home>> = HashSet::new();
    for (home, visit) in visits {
        let visit = match visit {
            Ok(visit) => visit,
            Err(missing) => {
                all.missing.insert(home.package.clone(), missing);
                continue;
            }
        };
        all.note(&home, &visit);
        for next in visit.next {
            match next {
                Ok(next) => drop(imported.insert(next)),
                Err((import, missing)) => drop(all.missing.entry(import).or_insert(missing)),
            }
        }
        if let Some(missing) = visit.missing {
            all.missing.entry(home.package.clone()).or_insert(missing);
        }
        if home.module != "std" && !visit.c_files.is_empty() {
            all.c_files.insert(home.package.clone(), visit.c_files);
        }
    }
    if imported.len() >= LIMIT {
        all.missing.insert("...".to_owned(), Missing::failed(format!("there are more than {LIMIT} packages")));
    }
    let imported: HashSet<&str> = imported.iter().map(|home| home.package.as_str()).collect();
    for left_out in all.left_out.iter_mut().filter(|left_out| left_out.rest == Rest::PassedOver) {
        if imported.contains(left_out.package.package.as_str()) {
            left_out.rest = Rest::Breaks;
        }
    }
    all.excluded.retain(|package| imported.contains(package.as_str()));
    all.found.sort();
    all.std.sort();
    order::sort_by(&mut all.left_out, |a, b| a.package.cmp(&b.package));
    all
}

impl CgoPackages {
    fn note(&mut self, home: &Home, visit: &Visit) {
        self.packages += usize::from(visit.is_built);
        if visit.is_program {
            self.programs.insert(home.package.clone());
        }
        if !visit.is_built && visit.cgo.is_none() && visit.missing.is_none() {
            self.excluded.insert(home.package.clone());
        }
        let package = |file: &String| CgoPackage {
            package: home.package.clone(),
            module: home.module.clone(),
            file: file.clone(),
        };
        match &visit.cgo {
            None => {}
            Some(CgoFiles::Taken(file)) if home.module == "std" => self.std.push(package(file)),
            Some(CgoFiles::Taken(file)) => self.found.push(package(file)),
            Some(CgoFiles::LeftOut(file, loss)) => {
                let rest = match loss {
                    Loss::Everything => Rest::PassedOver,
                    Loss::NotLinked => Rest::Breaks,
                    _ => Rest::Builds,
                };
                self.left_out.push(LeftOut { package: package(file), rest, loss: loss.clone() });
            }
        }
    }
}

fn visit(host: &dyn Host, homes: &Homes, home: &Home, target: &Target, tags: &Tags) -> Result<Visit, Missing> {
    let folder = homes.folders.get(host, &home.folder)?;
    let selected = Selected::of(host, &folder, tags);
    let path = |at: usize| folder.files.get(at).map_or(home.folder.as_path(), |file| Path::new(&file.path));
    let name = |at: usize| host.machine().tilde(path(at));
    let c_files = selected.cgo_files.iter().map(|at| path(*at).to_owned()).collect();
    let left_out = |at| CgoFiles::LeftOut(name(at), Loss::of(&home.package, &selected, name));
    let taken = selected.cgo_files.first().map(|at| CgoFiles::Taken(name(*at)));
    let cgo = taken.or_else(|| selected.left_out.map(left_out));
    let mut imports: Vec<&str> = implied(home, &selected, target);
    imports.extend(&selected.imports);
    imports.sort_unstable();
    imports.dedup();
    let find = |import: &str| homes.find(host, import, home.origin).map_err(|missing| (import.to_owned(), missing));
    let next = imports.into_iter().map(find).collect();
    let is_program = selected.name == Some("main");
    Ok(Visit { is_built: selected.files > 0, is_program, cgo, c_files, missing: selected.missing, next })
}

/// What Go imports by itself.
fn implied(home: &Home, selected: &Selected<'_>, target: &Target) -> Vec<&'static str> {
    let mut implied = Vec::new();
    if !selected.cgo_files.is_empty() {
        implied.push("unsafe");
        if home.package != "runtime/cgo" {
            implied.push("runtime/cgo");
        }
        let is_below_syscall = ["runtime/cgo", "runtime/race", "runtime/msan", "runtime/asan"];
        if home.origin == Origin::Module || !is_below_syscall.contains(&home.package.as_str()) {
            implied.push("syscall");
        }
    }
    if selected.name == Some("main") {
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
