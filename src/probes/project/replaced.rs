use std::path::{Path, PathBuf};

use super::workspace_members::clean;
use super::{GoMod, GoWork, Replace, WorkspaceMembers};
use crate::host::Host;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// The folders that stand in for required modules and are not there.
#[derive(Debug)]
pub struct ReplacedFolders {
    /// The replacements that lead nowhere.
    pub missing: Vec<MissingFolder>,
}

/// A replacement by a folder that is not there.
#[derive(Debug)]
pub struct MissingFolder {
    /// The replacement.
    pub replace: Replace,
    /// The file that has it.
    pub file: PathBuf,
    /// That file for people.
    pub file_name: String,
    /// The folder for people.
    pub folder: String,
    /// True when the repository has a submodule for it.
    pub submodule: bool,
}

impl Fact for ReplacedFolders {
    const ID: &'static str = "replaced-folders";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (module, work) = (probing.get::<GoMod>()?, probing.get::<GoWork>()?);
        let members = probing.get::<WorkspaceMembers>()?;
        let member_paths: Vec<&str> = members
            .members
            .iter()
            .filter_map(|member| Some(member.module.content.as_ref().ok()?.module.as_ref()?.value.as_str()))
            .collect();
        let content = module.found.as_ref().and_then(|file| Some((file, file.content.as_ref().ok()?)));
        let Some((file, content)) = content else { return Ok(ReplacedFolders { missing: Vec::new() }) };
        let of_work = work.found.as_ref().and_then(|file| Some((file, file.content.as_ref().ok()?)));
        let over: &[Replace] = of_work.map_or(&[], |(_, work)| work.replaces.as_slice());
        // Only what is required is looked up; a module of the workspace and a
        // replacement of the workspace stand before one of go.mod.
        let counts = |replace: &Replace| {
            !member_paths.contains(&replace.old.as_str())
                && content.requires.iter().any(|require| {
                    require.path == replace.old
                        && replace.old_version.as_ref().is_none_or(|version| *version == require.version)
                })
        };
        let in_module = content
            .replaces
            .iter()
            .filter(|replace| !over.iter().any(|other| other.old == replace.old))
            .map(|replace| (replace, &file.path, &file.name, &file.folder));
        let in_work = of_work.into_iter().flat_map(|(file, work)| {
            work.replaces.iter().map(move |replace| (replace, &file.path, &file.name, &file.folder))
        });
        let missing = in_module
            .chain(in_work)
            .filter(|(replace, ..)| is_folder(replace) && counts(replace))
            .filter_map(|(replace, path, name, root)| {
                let folder = clean(&root.join(&replace.new));
                let submodule = is_submodule(host, root, &folder);
                let gone = host.stat(&folder).is_err_and(|missing| missing.is_absent())
                    || submodule && is_empty(host, &folder);
                gone.then(|| MissingFolder {
                    replace: replace.clone(),
                    file: path.clone(),
                    file_name: name.clone(),
                    submodule,
                    folder: host.machine().tilde(&folder),
                })
            })
            .collect();
        Ok(ReplacedFolders { missing })
    }
}

fn is_folder(replace: &Replace) -> bool {
    replace.new_version.is_none()
        && (matches!(replace.new.as_str(), "." | "..") || ["./", "../", "/"].iter().any(|p| replace.new.starts_with(p)))
}

/// An empty folder is what git leaves for a submodule that was not fetched.
fn is_empty(host: &dyn Host, folder: &Path) -> bool {
    host.read_dir(folder).is_ok_and(|entries| entries.is_empty())
}

/// True when a .gitmodules above names the folder, or a parent of it.
fn is_submodule(host: &dyn Host, root: &Path, folder: &Path) -> bool {
    let top = root.ancestors().find(|above| host.is_file(&above.join(".gitmodules")));
    let Some(text) = top.and_then(|top| host.read_text(&top.join(".gitmodules")).ok()) else { return false };
    let paths = text.lines().filter_map(|line| line.trim().strip_prefix("path")?.trim_start().strip_prefix('='));
    top.is_some_and(|top| paths.into_iter().any(|path| folder.starts_with(top.join(path.trim()))))
}
