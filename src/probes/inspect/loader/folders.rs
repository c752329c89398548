//! Where a loader looks, in which order.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::cache::Cache;
use super::configured;
use super::rules::Rules;
use crate::host::Host;
use crate::model::binary::RunPath;
use crate::model::{Binary, Context};

/// A program or library that is loaded.
pub(super) struct Object {
    /// The name it was asked by; empty for the program.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// Its real folder: `$ORIGIN`.
    origin: String,
    pub(super) binary: Arc<Binary>,
    /// What asked for it first.
    loaded_by: Option<Arc<Object>>,
}

impl Object {
    /// The program itself.
    pub(super) fn root(host: &dyn Host, path: &Path, binary: Binary) -> Object {
        let (path, origin) = (path.to_owned(), origin(host, path));
        Object { name: String::new(), path, origin, binary: Arc::new(binary), loaded_by: None }
    }

    /// A library that `by` asks for.
    pub(super) fn library(host: &dyn Host, name: &str, path: &Path, binary: Arc<Binary>, by: &Arc<Object>) -> Object {
        let origin = if binary.run_path.is_empty() { String::new() } else { origin(host, path) };
        Object { name: name.to_owned(), path: path.to_owned(), origin, binary, loaded_by: Some(Arc::clone(by)) }
    }

    fn run_path<'a>(&'a self, program: &'a Binary) -> impl Iterator<Item = PathBuf> + 'a {
        self.binary.run_path.iter().flat_map(move |folder| expand(folder, &self.origin, program))
    }

    /// This object and those by which it came to be loaded.
    fn chain(&self) -> impl Iterator<Item = &Object> {
        std::iter::successors(Some(self), |object| object.loaded_by.as_deref())
    }
}

fn origin(host: &dyn Host, path: &Path) -> String {
    let real = host.canonical(path).unwrap_or_else(|_| path.to_owned());
    real.parent().map(|folder| folder.display().to_string()).unwrap_or_default()
}

/// A folder with its variables filled in. `$LIB` is what the loader was built
/// with: each of those that distributions use.
fn expand(folder: &str, origin: &str, program: &Binary) -> Vec<PathBuf> {
    let fill = |text: &str, name: &str, value: &str| {
        text.replace(&format!("${{{name}}}"), value).replace(&format!("${name}"), value)
    };
    let folder = fill(&fill(folder, "ORIGIN", origin), "PLATFORM", platform(program));
    let triplet = triplet(program).map(|triplet| format!("lib/{triplet}"));
    let libs = triplet.as_deref().into_iter().chain(["lib64", "lib"]);
    let filled = if folder.contains("$LIB") || folder.contains("${LIB}") {
        libs.map(|lib| fill(&folder, "LIB", lib).into()).collect()
    } else {
        vec![PathBuf::from(folder)]
    };
    filled.into_iter().filter(|folder: &PathBuf| !folder.to_string_lossy().contains('$')).collect()
}

/// The places that do not depend on the file.
pub(super) struct SearchPath<'a> {
    host: &'a dyn Host,
    cache: OnceLock<Option<Cache>>,
    session: OnceLock<Vec<PathBuf>>,
    configured: OnceLock<Vec<PathBuf>>,
    musl: OnceLock<Vec<PathBuf>>,
}

impl<'a> SearchPath<'a> {
    pub(super) fn new(host: &'a dyn Host) -> Self {
        SearchPath {
            host,
            cache: OnceLock::new(),
            session: OnceLock::new(),
            configured: OnceLock::new(),
            musl: OnceLock::new(),
        }
    }

    /// The paths at which the loader tries a name that `object` asks for.
    pub(super) fn candidates(&self, rules: Rules, name: &str, object: &Object, program: &Binary) -> Vec<PathBuf> {
        if name.contains('/') {
            return expand(name, &object.origin, program)
                .into_iter()
                .map(|path| self.host.machine().folder.join(path))
                .collect();
        }
        let here = &self.host.machine().folder;
        let below =
            |folders: Vec<PathBuf>| folders.into_iter().map(|folder| here.join(folder).join(name)).collect::<Vec<_>>();
        match rules {
            Rules::Glibc => {
                let mut paths = below(rpath(object, program));
                paths.extend(below(self.session().to_vec()));
                if object.binary.run_path_kind == RunPath::Runpath {
                    paths.extend(below(object.run_path(program).collect()));
                }
                paths.extend(self.cache().into_iter().flat_map(|cache| cache.paths(name)));
                paths.extend(below(standard(program)));
                paths
            }
            Rules::Musl => {
                let mut folders = self.session().to_vec();
                folders.extend(object.chain().flat_map(|object| object.run_path(program)));
                folders.extend(self.musl(program).iter().cloned());
                below(folders)
            }
        }
    }

    /// Where a name is in the folders that the cache is made from.
    pub(super) fn configured(&self, rules: Rules, name: &str) -> impl Iterator<Item = PathBuf> {
        let folders = match rules {
            Rules::Glibc => self.configured.get_or_init(|| configured::folders(self.host)).as_slice(),
            Rules::Musl => &[],
        };
        folders.iter().map(move |folder| folder.join(name))
    }

    fn cache(&self) -> Option<&Cache> {
        self.cache.get_or_init(|| Cache::read(self.host)).as_ref()
    }

    /// LD_LIBRARY_PATH. An empty entry is the folder that one stands in.
    fn session(&self) -> &[PathBuf] {
        self.session.get_or_init(|| {
            let environment = self.host.environment(Context::Session).ok();
            let value = environment.as_ref().and_then(|it| it.get("LD_LIBRARY_PATH")).unwrap_or_default();
            let entries = value.split([':', ';']).filter(|_| !value.is_empty());
            entries.map(|entry| self.host.machine().folder.join(entry)).collect()
        })
    }

    /// What musl's own file names, or else what is built into it.
    fn musl(&self, program: &Binary) -> &[PathBuf] {
        self.musl.get_or_init(|| {
            let name =
                program.interpreter.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy());
            let stem = name.as_deref().unwrap_or_default().trim_end_matches(".so");
            let text = self.host.read_text(Path::new(&format!("/etc/{stem}.path")));
            let text = text.unwrap_or_else(|_| "/lib:/usr/local/lib:/usr/lib".to_owned());
            text.split([':', '\n']).filter(|folder| folder.starts_with('/')).map(PathBuf::from).collect()
        })
    }
}

/// The RPATHs that count: none where the object has a RUNPATH; else its own
/// and those of all by which it came to be loaded.
fn rpath(object: &Object, program: &Binary) -> Vec<PathBuf> {
    if object.binary.run_path_kind == RunPath::Runpath {
        return Vec::new();
    }
    let with_rpath = object.chain().filter(|object| object.binary.run_path_kind == RunPath::Rpath);
    with_rpath.flat_map(|object| object.run_path(program)).collect()
}

/// The folders that a glibc is built to search: Debian's, then those of
/// others.
fn standard(program: &Binary) -> Vec<PathBuf> {
    let by_triplet = triplet(program).into_iter().flat_map(|name| [format!("/lib/{name}"), format!("/usr/lib/{name}")]);
    let others = ["/lib64", "/usr/lib64", "/lib", "/usr/lib"].map(str::to_owned);
    by_triplet.chain(others).map(PathBuf::from).collect()
}

/// How Debian names an architecture.
fn triplet(program: &Binary) -> Option<&'static str> {
    Some(match program.goarch.as_deref()? {
        "amd64" => "x86_64-linux-gnu",
        "386" => "i386-linux-gnu",
        "arm64" => "aarch64-linux-gnu",
        "arm" => "arm-linux-gnueabihf",
        "riscv64" => "riscv64-linux-gnu",
        "ppc64le" => "powerpc64le-linux-gnu",
        "s390x" => "s390x-linux-gnu",
        "loong64" => "loongarch64-linux-gnu",
        "mips64le" => "mips64el-linux-gnuabi64",
        _ => return None,
    })
}

/// `$PLATFORM`, as the kernel tells it.
fn platform(program: &Binary) -> &'static str {
    match program.goarch.as_deref() {
        Some("amd64") => "x86_64",
        Some("arm64") => "aarch64",
        Some("386") => "i686",
        _ => "",
    }
}
