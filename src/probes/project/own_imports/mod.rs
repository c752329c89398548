mod file;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use file::OwnFile;
pub use uses::Need;
use uses::Uses;

use super::{Dockerfiles, GoMod, ProjectFiles};
use crate::model::{Evidence, Missing};
use crate::probes::build::imports as imports_of;
use crate::probes::{Fact, Probing};

/// How many files are read.
const READ_LIMIT: usize = 3000;

/// Larger Go files are generated data.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// What the packages of the module import, and what they ask of the system.
/// Looked at only where a Dockerfile builds programs for another image.
#[derive(Debug, Default)]
pub struct OwnImports {
    /// The module's path.
    module: String,
    /// The files by folder below the root; the root's is empty.
    packages: BTreeMap<String, Vec<OwnFile>>,
    /// Why not every file could be looked at.
    pub problem: Option<Missing>,
}

/// An import where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedAt {
    /// The path: `net/http`, `C`.
    pub path: String,
    /// Where it stands.
    pub place: Evidence,
}

/// Packages of the standard library that use cgo where it is on, by way of
/// `net` and `os/user`.
const CGO_PACKAGES: [&str; 22] = [
    "archive/tar",
    "crypto/tls",
    "crypto/x509",
    "expvar",
    "log/syslog",
    "mime/multipart",
    "net",
    "net/http",
    "net/http/cgi",
    "net/http/cookiejar",
    "net/http/fcgi",
    "net/http/httptest",
    "net/http/httptrace",
    "net/http/httputil",
    "net/http/pprof",
    "net/mail",
    "net/rpc",
    "net/rpc/jsonrpc",
    "net/smtp",
    "net/textproto",
    "os/user",
    "plugin",
];

impl Fact for OwnImports {
    const ID: &'static str = "own-imports";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let ships = |dockerfiles: &Dockerfiles| dockerfiles.shipments().next().is_some();
        if !probing.get::<Dockerfiles>().is_ok_and(|dockerfiles| ships(&dockerfiles)) {
            return Ok(OwnImports::default());
        }
        let (host, module, files) = (probing.host(), probing.get::<GoMod>()?, probing.get::<ProjectFiles>()?);
        let Some((module, root)) = module.found.as_ref().zip(files.root.as_ref()) else {
            return Ok(OwnImports::default());
        };
        let path = module.content.as_ref().map_err(Clone::clone)?.module.as_ref();
        let mut found = OwnImports {
            module: path.map(|path| path.value.clone()).unwrap_or_default(),
            packages: BTreeMap::new(),
            problem: files.problem.clone(),
        };
        let is_go = |name: &str| name.ends_with(".go") && !name.ends_with("_test.go") && !name.starts_with(['.', '_']);
        let sources = files.files.iter().filter_map(|path| Some((path, path.file_name()?.to_str()?)));
        for (path, name) in sources.filter(|(_, name)| is_go(name)).take(READ_LIMIT) {
            let Some(folder) = path.parent().and_then(|folder| folder.strip_prefix(&root.path).ok()?.to_str()) else {
                continue;
            };
            let text = match host.read(path, SIZE_LIMIT) {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(missing) => {
                    found.problem.get_or_insert(missing);
                    continue;
                }
            };
            // Images are of Linux, whatever they are built on.
            let imports = imports_of(name, &text, "linux", host.machine().goarch());
            let file = OwnFile::read(host.machine().tilde(path), &text, imports.unwrap_or_default());
            found.packages.entry(folder.to_owned()).or_default().push(file);
        }
        Ok(found)
    }
}

impl OwnImports {
    /// What the program of this package imports that uses cgo, by itself or
    /// by way of other packages of the module: C before others. None also
    /// where the package is not one of the module.
    #[must_use]
    pub fn cgo_of(&self, package: &str) -> Option<&ImportedAt> {
        let reached = self.reached(package)?;
        let of_library = || imports(&reached).find(|import| CGO_PACKAGES.contains(&import.path.as_str()));
        imports(&reached).find(|import| import.path == "C").or_else(of_library)
    }

    /// Where the program of this package asks the system for something, by
    /// itself or by way of other packages of the module. None also where it
    /// brings that along.
    #[must_use]
    pub fn need_of(&self, package: &str, need: Need) -> Option<Evidence> {
        let files = self.reached(package)?;
        if imports(&files).any(|import| need.is_brought_by(&import.path)) {
            return None;
        }
        let first = |line: fn(&Uses) -> Option<usize>| files.iter().find_map(|file| file.line(line(&file.uses)?));
        match need {
            Need::Zones => first(|uses| uses.zone),
            Need::Certificates if files.iter().any(|file| file.uses.has_roots) => None,
            Need::Certificates => {
                let is_secure = files.iter().any(|file| file.uses.is_secure);
                let client = imports(&files).find(|import| uses::is_client(&import.path));
                let asks = || if is_secure { first(|uses| uses.client) } else { None };
                client.map(|import| import.place.clone()).or_else(|| first(|uses| uses.dials)).or_else(asks)
            }
        }
    }

    /// The files that a program is made of.
    fn reached(&self, package: &str) -> Option<Vec<&OwnFile>> {
        let relative = package.strip_prefix(&self.module).map_or(package, |rest| rest.trim_start_matches('/'));
        let relative = relative.trim_start_matches("./").trim_matches('/');
        let relative = if relative == "." { "" } else { relative };
        let (first, _) = self.packages.get_key_value(relative)?;
        let mut reached = BTreeSet::from([first.as_str()]);
        let mut next = vec![first.as_str()];
        while let Some(imports) = next.pop().and_then(|folder| self.packages.get(folder)) {
            for import in imports.iter().flat_map(|file| &file.imports) {
                let below = import.path.strip_prefix(&self.module).map(|rest| rest.trim_start_matches('/'));
                let folder = below.and_then(|below| self.packages.get_key_value(below));
                if let Some((folder, _)) = folder.filter(|(folder, _)| reached.insert(folder.as_str())) {
                    next.push(folder);
                }
            }
        }
        Some(reached.into_iter().filter_map(|folder| self.packages.get(folder)).flatten().collect())
    }
}

fn imports<'a>(files: &[&'a OwnFile]) -> impl Iterator<Item = &'a ImportedAt> {
    files.iter().copied().flat_map(|file| &file.imports)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(packages: &[(&str, &[&str])]) -> OwnImports {
        let import = |path: &&str| ImportedAt { path: (*path).to_owned(), place: Evidence::new("x", "y") };
        let file = |paths: &[&str]| OwnFile { imports: paths.iter().map(import).collect(), ..OwnFile::default() };
        let packages = packages.iter().map(|(folder, paths)| ((*folder).to_owned(), vec![file(paths)]));
        OwnImports { module: "a.b/shop".into(), packages: packages.collect(), problem: None }
    }

    fn cgo<'a>(imports: &'a OwnImports, package: &str) -> Option<&'a str> {
        imports.cgo_of(package).map(|import| import.path.as_str())
    }

    #[test]
    fn imports_are_followed_within_the_module() {
        let imports = found(&[
            ("", &["fmt"]),
            ("cmd/app", &["a.b/shop/internal/web", "a.b/shop"]),
            ("cmd/fast", &["a.b/shop/internal/web", "a.b/shop/c"]),
            ("internal/web", &["net/http", "a.b/shop/cmd/app"]),
            ("c", &["C"]),
        ]);
        assert_eq!((cgo(&imports, "."), cgo(&imports, "")), (None, None));
        for name in ["./cmd/app", "./cmd/app/", "a.b/shop/cmd/app", "cmd/app"] {
            assert_eq!(cgo(&imports, name), Some("net/http"), "{name}");
        }
        assert_eq!(cgo(&imports, "./cmd/fast"), Some("C"));
        assert_eq!((cgo(&imports, "./..."), cgo(&imports, "main.go"), cgo(&imports, "$X")), (None, None, None));
    }
}
