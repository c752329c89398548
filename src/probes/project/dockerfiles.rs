use std::path::{Path, PathBuf};

use super::dockerfile::{Dockerfile, Shipment};
use super::{GoMod, ModuleFile};
use crate::host::{FileKind, Host};
use crate::model::{Evidence, Finding, Missing, Outcome};
use crate::probes::{Fact, Probing};

/// How many Dockerfiles are read.
const FILE_LIMIT: usize = 40;

/// How many folders are looked into.
const FOLDER_LIMIT: usize = 200;

/// No Dockerfile that somebody wrote is larger.
const SIZE_LIMIT: u64 = 256 * 1024;

/// The Dockerfiles of the module that is looked at: in its root and in the
/// folders right below, unless those are modules of their own.
#[derive(Debug, Default)]
pub struct Dockerfiles {
    /// Those that could be read, in order.
    pub files: Vec<DockerfileAt>,
    /// Why one that is there could not be read.
    pub problem: Option<Missing>,
}

/// A Dockerfile where it lies.
#[derive(Debug, Clone)]
pub struct DockerfileAt {
    /// The file.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Its lines without their ends.
    lines: Vec<String>,
    /// What it says.
    pub content: Dockerfile,
}

impl Fact for Dockerfiles {
    const ID: &'static str = "dockerfiles";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let Some(ModuleFile { folder: root, .. }) = &module.found else { return Ok(Dockerfiles::default()) };
        let mut found = Dockerfiles::default();
        for path in paths(host, root) {
            match host.read(&path, SIZE_LIMIT) {
                Ok(bytes) => found.files.extend(DockerfileAt::read(host, path, &bytes)),
                Err(missing) if missing.is_absent() => {}
                Err(missing) => {
                    found.problem.get_or_insert(missing);
                }
            }
        }
        Ok(found)
    }
}

impl Dockerfiles {
    /// The programs that they build in one stage and run in another, file by
    /// file.
    pub fn shipments(&self) -> impl Iterator<Item = (&DockerfileAt, Shipment<'_>)> {
        self.files.iter().flat_map(|file| file.content.shipments().into_iter().map(move |shipment| (file, shipment)))
    }

    /// The outcome of a check that judged each of them: skipped where there
    /// is none, unknown where one could not be read and the others are fine.
    #[must_use]
    pub fn outcome(&self, findings: Vec<Finding>) -> Outcome {
        match &self.problem {
            Some(missing) if findings.is_empty() => missing.clone().into(),
            None if self.files.is_empty() => Outcome::skipped("the module has no Dockerfile"),
            _ => findings.into(),
        }
    }
}

impl DockerfileAt {
    fn read(host: &dyn Host, path: PathBuf, bytes: &[u8]) -> Option<DockerfileAt> {
        let text = String::from_utf8_lossy(bytes);
        let content = Dockerfile::parse(&text)?;
        let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).to_owned()).collect();
        Some(DockerfileAt { name: host.machine().tilde(&path), path, lines, content })
    }

    /// A line, from 1, without its end.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        self.lines.get(number.saturating_sub(1)).map_or("", String::as_str)
    }

    /// A line as evidence.
    #[must_use]
    pub fn evidence(&self, number: usize) -> Evidence {
        Evidence::new(format!("{}:{number}", self.name), self.line(number).trim())
    }

    /// The file's own name.
    #[must_use]
    pub fn file(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or(&self.name)
    }
}

/// Where Dockerfiles lie, those in the root first.
fn paths(host: &dyn Host, root: &Path) -> Vec<PathBuf> {
    let entries = host.read_dir(root).unwrap_or_default();
    let is_wanted = |name: &str| !matches!(name, "vendor" | "node_modules" | "testdata" | ".git");
    let folders = entries.iter().filter(|entry| entry.kind == FileKind::Folder && is_wanted(&entry.name));
    let folders = folders.take(FOLDER_LIMIT).filter(|entry| !host.is_file(&entry.path.join("go.mod")));
    let mut found: Vec<PathBuf> = Vec::new();
    let mut below: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let inner = host.read_dir(&folder.path).unwrap_or_default().into_iter();
        below.extend(inner.filter(|entry| is_dockerfile(entry.kind, &entry.name)).map(|entry| entry.path));
    }
    below.sort();
    found.extend(entries.into_iter().filter(|entry| is_dockerfile(entry.kind, &entry.name)).map(|entry| entry.path));
    found.extend(below);
    found.truncate(FILE_LIMIT);
    found
}

fn is_dockerfile(kind: FileKind, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_named = matches!(name.as_str(), "dockerfile" | "containerfile")
        || name.starts_with("dockerfile.")
        || name.ends_with(".dockerfile");
    kind == FileKind::File && is_named && !name.ends_with(".dockerignore")
}
