use std::path::{Path, PathBuf};

use super::go_file::{is_for_builds_without_cgo, uses_c};
use super::race_use::race_in_recipes;
use super::{Cgo, Compilers, target_names};
use crate::host::{FileKind, Host};
use crate::model::{Evidence, Missing, Target};
use crate::probes::project::{GoMod, ModFile, ModuleFile};
use crate::probes::{Fact, Probing};

/// What in the project needs a C compiler. Looked for only where some context
/// has none, or has cgo switched off.
///
/// [`super::ProjectPackages`] knows more of a project, once the modules that
/// it imports are here and there is a Go; this has to be told on a machine
/// that has neither yet.
#[derive(Debug, Default)]
pub struct CgoNeed {
    /// A file of the module, or a line of its go.mod, that needs cgo.
    pub code: Option<Evidence>,
    /// A line that calls Go with `-race`.
    pub race: Option<Evidence>,
    /// Why a part of the project could not be looked at.
    pub problem: Option<Missing>,
}

/// Modules that are of no use without cgo, with their later major versions.
const MODULES: [&str; 24] = [
    "fyne.io/fyne",
    "git.sr.ht/~eliasnaur/font",
    "github.com/confluentinc/confluent-kafka-go",
    "github.com/davidbyttow/govips",
    "github.com/duckdb/duckdb-go",
    "github.com/go-gl/gl",
    "github.com/godror/godror",
    "github.com/gotk3/gotk3",
    "github.com/h2non/bimg",
    "github.com/ibmdb/go_ibm_db",
    "github.com/libgit2/git2go",
    "github.com/linxGnu/grocksdb",
    "github.com/marcboeker/go-duckdb",
    "github.com/mattn/go-oci8",
    "github.com/mattn/go-sqlite3",
    "github.com/miekg/pkcs11",
    "github.com/mutecomm/go-sqlcipher",
    "github.com/pebbe/zmq4",
    "github.com/tecbot/gorocksdb",
    "github.com/veandco/go-sdl2",
    "github.com/webview/webview_go",
    "gocv.io/x/gocv",
    "gopkg.in/confluentinc/confluent-kafka-go.v1",
    "gorm.io/driver/sqlite",
];

/// Files that say how the project is built and tested.
pub(super) const RECIPES: [&str; 6] =
    ["Makefile", "makefile", "GNUmakefile", "Taskfile.yml", "Taskfile.yaml", "justfile"];

/// How many files of a module are read.
const FILE_LIMIT: usize = 2000;
/// How deep folders are followed.
const DEPTH: usize = 12;
/// Larger Go files are generated data.
const SIZE_LIMIT: u64 = 1024 * 1024;

impl Fact for CgoNeed {
    const ID: &'static str = "cgo-need";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let (compilers, module) = (probing.get::<Compilers>()?, probing.get::<GoMod>()?);
        let may_lack = compilers.c().any(|compiler| !compiler.has_default || compiler.cgo == Cgo::Off);
        let Some(file) = module.found.as_ref().filter(|_| may_lack) else {
            return Ok(CgoNeed::default());
        };
        let host = probing.host();
        let (code, problem) = code_for(host, file, &target_names::of_machine(host.machine()));
        Ok(CgoNeed { code, race: race_in_recipes(host, &file.folder), problem })
    }
}

/// What in a module needs a C compiler when it is built for this platform, and
/// why a part of it could not be looked at.
pub(super) fn code_for(host: &dyn Host, file: &ModuleFile, platform: &Target) -> (Option<Evidence>, Option<Missing>) {
    let mut walk = Walk { host, platform, files: 0, problem: None };
    let required = match &file.content {
        Ok(content) => required(file, content),
        Err(missing) => {
            walk.problem = Some(missing.clone());
            None
        }
    };
    let code = required.or_else(|| walk.folder(&file.folder, 0));
    (code, walk.problem)
}

/// The line of go.mod that requires such a module for the module's own code.
fn required(file: &ModuleFile, content: &ModFile) -> Option<Evidence> {
    let is_known = |path: &str| {
        MODULES
            .iter()
            .any(|known| path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with("/v")))
    };
    let require = content.requires.iter().find(|require| !require.indirect && is_known(&require.path))?;
    Some(Evidence::new(format!("{}:{}", file.name, require.line), format!("{} {}", require.path, require.version)))
}

/// A bounded walk through a module's own folders.
struct Walk<'a> {
    host: &'a dyn Host,
    platform: &'a Target,
    files: usize,
    problem: Option<Missing>,
}

impl Walk<'_> {
    /// The first file that uses C.
    fn folder(&mut self, folder: &Path, depth: usize) -> Option<Evidence> {
        let entries = self.host.read_dir(folder).unwrap_or_default();
        let (mut folders, mut go_files): (Vec<PathBuf>, Vec<PathBuf>) = (Vec::new(), Vec::new());
        let mut found: Option<Evidence> = None;
        for entry in entries.into_iter().filter(|entry| !entry.name.starts_with(['.', '_'])) {
            match entry.kind {
                FileKind::Folder if !matches!(entry.name.as_str(), "vendor" | "testdata" | "node_modules") => {
                    folders.push(entry.path);
                }
                FileKind::File if entry.name.ends_with(".go") && !entry.name.ends_with("_test.go") => {
                    if found.is_none() {
                        found = self.file(&entry.name, &entry.path);
                    }
                    go_files.push(entry.path);
                }
                _ => {}
            }
        }
        if found.is_some() && !self.has_twin(&go_files) {
            return found;
        }
        // A folder with a go.mod of its own is another module.
        folders.retain(|folder| depth < DEPTH && !self.host.is_file(&folder.join("go.mod")));
        folders.into_iter().find_map(|folder| self.folder(&folder, depth + 1))
    }

    /// True when one of the files stands in for the others where cgo is off.
    fn has_twin(&self, files: &[PathBuf]) -> bool {
        let stands_in = |path: &PathBuf| {
            let bytes = self.host.read(path, SIZE_LIMIT).unwrap_or_default();
            is_for_builds_without_cgo(&String::from_utf8_lossy(&bytes))
        };
        files.iter().any(stands_in)
    }

    fn file(&mut self, name: &str, path: &Path) -> Option<Evidence> {
        self.files += 1;
        if self.files > FILE_LIMIT {
            let what = format!("the module has more than {FILE_LIMIT} files");
            self.problem.get_or_insert_with(|| Missing::failed(what));
            return None;
        }
        let text = match self.host.read(path, SIZE_LIMIT) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(missing) => {
                self.problem.get_or_insert(missing);
                return None;
            }
        };
        let machine = self.host.machine();
        let line = uses_c(name, &text, &self.platform.goos, &self.platform.goarch)?;
        Some(Evidence::new(format!("{}:{line}", machine.tilde(path)), "import \"C\""))
    }
}
