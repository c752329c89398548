//! The imports that ask for a module, from the module's own files on through
//! those of the modules that they import.

use std::collections::{HashSet, VecDeque};
use std::path::Path;

use super::super::ModuleFile;
use super::requirements::{Requirements, Source};
use super::sums::Sums;
use super::{Asked, Lack, SumKind};
use crate::host::{FileKind, Host};
use crate::probes::build::imports;

/// How many Go files are read.
const FILES: usize = 4000;
/// How deep folders of the module are followed.
const DEPTH: usize = 12;
/// Larger Go files are generated data.
const SIZE: u64 = 1024 * 1024;

/// Looks for what asks for the requirements without a sum. Reads nothing
/// where none lacks one.
pub(super) struct Search<'a> {
    host: &'a dyn Host,
    requirements: &'a Requirements,
    sums: &'a Sums,
    /// The requirements without a sum of their files, or of their go.mod.
    suspects: Vec<usize>,
    /// What is certainly asked for.
    pub(super) found: Vec<Lack>,
    /// A suspect of which it could not be told.
    pub(super) untold: Option<String>,
    queue: VecDeque<Site>,
    seen: HashSet<String>,
    files: usize,
    complete: bool,
}

/// An import where it stands.
struct Site {
    path: String,
    place: String,
    for_tests: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(host: &'a dyn Host, requirements: &'a Requirements, sums: &'a Sums) -> Self {
        let lacks_one = |at: &usize| {
            let required = &requirements.all[*at];
            // A go.mod that reads the whole graph lists modules of which
            // nothing but the version is of use.
            let counts = requirements.pruned || !required.indirect;
            counts
                && match &required.source {
                    Source::Folder(_) => false,
                    Source::Module { path, version } => {
                        !sums.has(path, version, SumKind::Module)
                            || requirements.pruned && !sums.has(path, version, SumKind::GoMod)
                    }
                }
        };
        Search {
            suspects: (0..requirements.all.len()).filter(lacks_one).collect(),
            host,
            requirements,
            sums,
            found: Vec::new(),
            untold: None,
            queue: VecDeque::new(),
            seen: HashSet::new(),
            files: 0,
            complete: true,
        }
    }

    pub(super) fn run(&mut self, module: &ModuleFile) {
        if self.suspects.is_empty() {
            return;
        }
        for for_tests in [false, true] {
            self.own(&module.folder, for_tests, 0);
            while let Some(site) = self.queue.pop_front().filter(|_| !self.suspects.is_empty()) {
                self.follow(&site);
            }
            self.queue.clear();
        }
        if !self.complete {
            // Without the sum of its files a module may be needed; without
            // that of its go.mod, the listing tells.
            let lacks_files = |at: &&usize| match &self.requirements.all[**at].source {
                Source::Module { path, version } => !self.sums.has(path, version, SumKind::Module),
                Source::Folder(_) => false,
            };
            let untold = self.suspects.iter().find(lacks_files);
            self.untold = untold.map(|at| &self.requirements.all[*at]).map(|it| format!("{} {}", it.path, it.version));
        }
    }

    /// Queues the imports of the module's own packages.
    fn own(&mut self, folder: &Path, for_tests: bool, depth: usize) {
        let entries = self.host.read_dir(folder).unwrap_or_default();
        self.package(&entries, for_tests, for_tests);
        for entry in entries.into_iter().filter(|entry| entry.kind == FileKind::Folder) {
            let passed_over = entry.name.starts_with(['.', '_'])
                || matches!(entry.name.as_str(), "vendor" | "testdata" | "node_modules")
                || self.requirements.ignored.contains(&entry.path);
            if depth < DEPTH && !passed_over && !self.host.is_file(&entry.path.join("go.mod")) {
                self.own(&entry.path, for_tests, depth + 1);
            }
        }
    }

    /// Queues the imports of a folder's Go files: of the tests or of the
    /// others.
    fn package(&mut self, entries: &[crate::host::DirEntry], tests: bool, for_tests: bool) {
        let machine = self.host.machine();
        let is_wanted =
            |name: &str| name.ends_with(".go") && !name.starts_with(['.', '_']) && name.ends_with("_test.go") == tests;
        for entry in entries.iter().filter(|entry| entry.kind == FileKind::File && is_wanted(&entry.name)) {
            self.files += 1;
            let text = match self.host.read(&entry.path, SIZE) {
                Ok(bytes) if self.files <= FILES => String::from_utf8_lossy(&bytes).into_owned(),
                _ => {
                    self.complete = false;
                    continue;
                }
            };
            // A file that uses C is left out where cgo is off.
            let Some(found) = imports(&entry.name, &text, machine.goos(), machine.goarch())
                .filter(|found| found.iter().all(|import| import.path != "C"))
            else {
                self.complete = false;
                continue;
            };
            for import in found {
                let place = format!("{}:{}", machine.tilde(&entry.path), import.line);
                self.queue.push_back(Site { path: import.path, place, for_tests });
            }
        }
    }

    /// Judges an import as Go does: it looks into every requirement that the
    /// path may lie in.
    fn follow(&mut self, site: &Site) {
        if !self.seen.insert(site.path.clone()) {
            return;
        }
        let candidates = self.requirements.candidates(&site.path);
        let mut is_barred = false;
        for at in &candidates {
            if let Source::Module { path, version } = &self.requirements.all[*at].source
                && !self.sums.has(path, version, SumKind::Module)
            {
                self.tell(*at, SumKind::Module, site);
                is_barred = true;
            }
        }
        if is_barred || candidates.is_empty() {
            return;
        }
        let Some(at) = self.provider(&candidates, &site.path) else {
            self.complete = false;
            return;
        };
        let required = &self.requirements.all[at];
        if let Source::Module { path, version } = &required.source
            && !self.sums.has(path, version, SumKind::GoMod)
        {
            return self.tell(at, SumKind::GoMod, site);
        }
        let folder = self.requirements.folder(required);
        match self.host.read_dir(&folder.join(self.requirements.within(at, &site.path).unwrap_or_default())) {
            Ok(entries) => {
                self.package(&entries, false, site.for_tests);
            }
            // It has not been fetched.
            Err(_) => self.complete = false,
        }
    }

    /// The requirement that has the package: the only one that may, or the
    /// one whose files are there.
    fn provider(&self, candidates: &[usize], import: &str) -> Option<usize> {
        if let [only] = candidates {
            return Some(*only);
        }
        candidates.iter().copied().find(|at| {
            let folder = self.requirements.folder(&self.requirements.all[*at]);
            let folder = folder.join(self.requirements.within(*at, import).unwrap_or_default());
            self.host.read_dir(&folder).is_ok_and(|entries| entries.iter().any(|entry| entry.name.ends_with(".go")))
        })
    }

    fn tell(&mut self, at: usize, kind: SumKind, site: &Site) {
        let Some(place) = self.suspects.iter().position(|suspect| *suspect == at) else { return };
        self.suspects.remove(place);
        let required = &self.requirements.all[at];
        let Source::Module { path, version } = &required.source else { return };
        let import = site.path.clone();
        self.found.push(Lack {
            path: path.clone(),
            version: version.clone(),
            kind,
            argument: required.path.clone(),
            asked: if site.for_tests { Asked::Test(import) } else { Asked::Build(import) },
            place: site.place.clone(),
        });
    }
}
