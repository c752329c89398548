//! Files of the project that name a Go for somebody else than `go` itself.

mod ask;
mod dockerfile;
mod workflow;

use std::path::{Path, PathBuf};

pub use ask::{Ask, Place, Reader};

use super::{Demand, GoMod, GoWork};
use crate::host::{FileKind, Host};
use crate::model::Missing;
use crate::probes::go::version_in;
use crate::probes::{Fact, Probing};

/// What the project's version files ask for.
#[derive(Debug)]
pub struct VersionFiles {
    /// The asks, file by file.
    pub asks: Vec<Ask>,
    /// Why a file that is there could not be read.
    pub problem: Option<Missing>,
}

/// Files of version managers, which look for them upwards.
const MANAGER_FILES: [&str; 4] = [".go-version", ".tool-versions", "mise.toml", ".mise.toml"];

/// Folders in which Dockerfiles are looked for, below the project's root.
const IMAGE_FOLDERS: [&str; 5] = [".", "build", "docker", "deploy", ".devcontainer"];

/// How many files of one kind are read.
const FILE_LIMIT: usize = 20;

impl Fact for VersionFiles {
    const ID: &'static str = "version-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let root = match Demand::of(&module, &work) {
            Ok(Some(demand)) => demand.path.parent().map(Path::to_owned),
            _ => None,
        };
        let root = root.unwrap_or_else(|| host.machine().folder.clone());
        let mut files = VersionFiles { asks: Vec::new(), problem: None };
        for path in manager_files(host) {
            files.add(host, path, Reader::Manager, |path, text| {
                version_in(path, text).into_iter().map(|version| (line_with(text, &version), version)).collect()
            });
        }
        for path in dockerfiles(host, &root) {
            files.add(host, path, Reader::Image, |_, text| dockerfile::versions(text));
        }
        for path in workflows(host, &root) {
            files.add(host, path, Reader::Service, |_, text| workflow::versions(text));
        }
        Ok(files)
    }
}

impl VersionFiles {
    fn add(
        &mut self,
        host: &dyn Host,
        path: PathBuf,
        reader: Reader,
        versions: impl Fn(&Path, &str) -> Vec<(usize, String)>,
    ) {
        let text = match host.read_text(&path) {
            Ok(text) => text,
            Err(missing) => {
                self.problem.get_or_insert(missing);
                return;
            }
        };
        let name = host.machine().tilde(&path);
        for (line, version) in versions(&path, &text) {
            let text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
            let place = Place { path: path.clone(), name: name.clone(), line, text };
            self.asks.push(Ask { reader, place, version });
        }
    }
}

/// The nearest file of each version manager, up to the home folder: what lies
/// there is the user's default and not the project's.
fn manager_files(host: &dyn Host) -> Vec<PathBuf> {
    let machine = host.machine();
    let home = machine.user.home.as_deref();
    let folders: Vec<&Path> =
        machine.folder.ancestors().take_while(|folder| Some(*folder) != home && folder.parent().is_some()).collect();
    let nearest = |name: &&str| folders.iter().map(|folder| folder.join(name)).find(|path| host.is_file(path));
    MANAGER_FILES.iter().filter_map(nearest).collect()
}

pub(in crate::probes::project) fn dockerfiles(host: &dyn Host, root: &Path) -> Vec<PathBuf> {
    let is_dockerfile = |name: &str| {
        let name = name.to_ascii_lowercase();
        name == "dockerfile"
            || name == "containerfile"
            || name.starts_with("dockerfile.")
            || name.ends_with(".dockerfile")
    };
    IMAGE_FOLDERS
        .iter()
        .map(|folder| if *folder == "." { root.to_owned() } else { root.join(folder) })
        .flat_map(|folder| files_in(host, &folder, is_dockerfile))
        .collect()
}

/// The workflows that GitHub runs for a project.
pub(in crate::probes::project) fn workflows(host: &dyn Host, root: &Path) -> Vec<PathBuf> {
    files_in(host, &root.join(".github/workflows"), |name| has_extension(name, &["yml", "yaml"]))
}

/// The regular files of a folder with such a name, in order.
fn files_in(host: &dyn Host, folder: &Path, is_named: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = host.read_dir(folder).unwrap_or_default();
    let mut found: Vec<PathBuf> = entries
        .into_iter()
        .filter(|entry| entry.kind == FileKind::File && is_named(&entry.name))
        .map(|entry| entry.path)
        .collect();
    found.sort();
    found.truncate(FILE_LIMIT);
    found
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

/// The first line outside of comments that holds the version.
fn line_with(text: &str, version: &str) -> usize {
    let holds = |line: &str| line.split('#').next().is_some_and(|code| code.contains(version));
    text.lines().position(holds).map_or(1, |index| index + 1)
}
