use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{GoMod, ModuleFile, ProjectFiles};
use crate::host::Host;
use crate::model::Missing;
use crate::probes::build::imports;
use crate::probes::{Fact, Probing};

/// How many groups of paths are kept.
const LIMIT: usize = 100;

/// Larger Go files are generated data.
const SIZE: u64 = 1024 * 1024;

/// Files that Go counts to a package, by their ends.
const SOURCES: [&str; 8] = [".go", ".c", ".cc", ".cpp", ".h", ".hpp", ".s", ".S"];

/// Names in the project that differ only in the case of their letters.
#[derive(Debug, Default)]
pub struct CaseCollisions {
    /// The groups of such names.
    pub found: Vec<Collision>,
    /// Why a part of the project could not be looked at.
    pub problem: Option<Missing>,
}

/// Names that differ only in case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// What they are names of.
    pub kind: CollisionKind,
    /// Where each stands, for people, and the name itself.
    pub names: Vec<(String, String)>,
}

/// What the names are names of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CollisionKind {
    /// Source files of one package.
    Sources,
    /// Packages, by their import paths.
    Packages,
    /// Modules that go.mod requires directly, or the module itself.
    Modules,
    /// Modules of which one at least only other modules need.
    IndirectModules,
    /// Other files and folders.
    Paths,
}

impl Fact for CaseCollisions {
    const ID: &'static str = "case-collisions";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, project) = (probing.get::<GoMod>()?, probing.get::<ProjectFiles>()?);
        let mut found = CaseCollisions::default();
        if let Some(file) = &module.found {
            found.modules(file);
        }
        if let Some(root) = &project.root {
            let is_module = module.found.as_ref().filter(|file| file.folder == root.path);
            let path = is_module.and_then(|file| file.content.as_ref().ok()?.module.as_ref());
            let tree = Tree { host, root: &root.path, module: path.map(|path| path.value.as_str()) };
            tree.look(&project.files, &mut found.found);
        }
        found.problem = found.problem.or_else(|| project.problem.clone());
        found.found.truncate(LIMIT);
        Ok(found)
    }
}

impl CaseCollisions {
    /// The paths of modules in go.mod.
    fn modules(&mut self, file: &ModuleFile) {
        let content = match &file.content {
            Ok(content) => content,
            Err(missing) => {
                self.problem = Some(missing.clone());
                return;
            }
        };
        let own = content.module.iter().map(|own| (own.value.as_str(), own.line, false));
        let required = content.requires.iter().map(|it| (it.path.as_str(), it.line, it.indirect));
        for group in groups(own.chain(required), |(path, ..)| path) {
            let kind = match group.iter().any(|(.., indirect)| *indirect) {
                true => CollisionKind::IndirectModules,
                false => CollisionKind::Modules,
            };
            let names =
                group.into_iter().map(|(path, line, _)| (format!("{}:{line}", file.name), path.to_owned())).collect();
            self.found.push(Collision { kind, names });
        }
    }
}

/// The files of a project.
struct Tree<'a> {
    host: &'a dyn Host,
    root: &'a Path,
    /// The path of the module whose root this is.
    module: Option<&'a str>,
}

impl Tree<'_> {
    fn look(&self, files: &[PathBuf], found: &mut Vec<Collision>) {
        let relative: Vec<&Path> = files.iter().filter_map(|path| path.strip_prefix(self.root).ok()).collect();
        // Every folder with files in it, and every file, once.
        let all: BTreeSet<&Path> =
            relative.iter().flat_map(|path| path.ancestors()).filter(|path| *path != Path::new("")).collect();
        for group in groups(all.into_iter(), |path| path.to_str().unwrap_or_default()) {
            let same_folder = group.iter().all(|path| path.parent() == group[0].parent());
            let are_packages = self.packages(&group, &relative);
            let kind = match () {
                () if are_packages.len() > 1 => CollisionKind::Packages,
                () if self.module.is_some() && group.iter().all(|path| is_source(path)) && same_folder => {
                    CollisionKind::Sources
                }
                // What lies below two such folders collides with them.
                () if !same_folder => continue,
                () => CollisionKind::Paths,
            };
            // Packages that were told stand for the folders above them.
            let names = match kind {
                CollisionKind::Packages => are_packages,
                _ => group.iter().map(|path| (self.name(path), path.display().to_string())).collect(),
            };
            found.push(Collision { kind, names });
        }
    }

    /// Those of the folders that hold a package, with its import path.
    fn packages(&self, folders: &[&Path], files: &[&Path]) -> Vec<(String, String)> {
        let Some(module) = self.module else { return Vec::new() };
        let is_package = |folder: &&&Path| {
            !is_ignored(folder) && files.iter().any(|file| file.parent() == Some(**folder) && self.is_built(file))
        };
        let found = folders.iter().filter(is_package);
        found.map(|folder| (self.name(folder), format!("{module}/{}", folder.display()))).collect()
    }

    /// True for a Go file that no build leaves out.
    fn is_built(&self, file: &Path) -> bool {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".go") || name.starts_with(['.', '_']) {
            return false;
        }
        let machine = self.host.machine();
        let text = self.host.read(&self.root.join(file), SIZE).unwrap_or_default();
        imports(&name, &String::from_utf8_lossy(&text), machine.goos(), machine.goarch()).is_some()
    }

    fn name(&self, path: &Path) -> String {
        self.host.machine().tilde(&self.root.join(path))
    }
}

/// True for a source file in a folder that Go takes for one of a package.
fn is_source(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let counts = !name.starts_with(['.', '_']) && SOURCES.iter().any(|end| name.ends_with(end));
    counts && path.parent().is_some_and(|folder| !is_ignored(folder))
}

/// True below folders that Go passes over.
fn is_ignored(folder: &Path) -> bool {
    folder.iter().filter_map(|name| name.to_str()).any(|name| name == "testdata" || name.starts_with(['.', '_']))
}

/// Groups of two and more things whose names differ only in case, in the
/// order of the names.
fn groups<T: Copy>(all: impl Iterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<Vec<T>> {
    let mut by_name: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for one in all {
        let group = by_name.entry(folded(name(&one))).or_default();
        if !group.iter().any(|other| name(other) == name(&one)) {
            group.push(one);
        }
    }
    by_name.into_values().filter(|group| group.len() > 1).collect()
}

/// The same for names that differ only in case, as Go tells them: letters
/// that have the same capital are the same.
fn folded(name: &str) -> String {
    let one =
        |mut all: Box<dyn Iterator<Item = char>>, c: char| all.next().filter(|_| all.next().is_none()).unwrap_or(c);
    let fold = |c: char| {
        let upper = one(Box::new(c.to_uppercase()), c);
        one(Box::new(upper.to_lowercase()), upper)
    };
    name.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_only_in_case_are_one_group() {
        let names = ["util", "a", "Util", "util", "ＵＴＩＬ", "größe", "GRÖßE", "GRÖSSE", "b", "Σς", "σσ", "Σς"];
        let found = groups(names.into_iter(), |name| name);
        assert_eq!(found, [vec!["größe", "GRÖßE"], vec!["util", "Util"], vec!["Σς", "σσ"]]);
    }

    #[test]
    fn sources_are_what_go_takes_for_them() {
        for (path, expected) in [
            ("a.go", true),
            ("x/a_test.go", true),
            ("x/a.s", true),
            ("x/a.GO", false),
            ("_a.go", false),
            ("testdata/a.go", false),
            ("x/_old/a.go", false),
            ("README.md", false),
        ] {
            assert_eq!(is_source(Path::new(path)), expected, "{path}");
        }
    }
}
