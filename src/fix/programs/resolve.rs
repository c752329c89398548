use std::path::{Path, PathBuf};

use crate::fix::Refusal;
use crate::host::Host;
use crate::model::text::plain;
use crate::model::{Context, Privilege, Reason};

/// Where programs for root are looked for: never in folders that a user's own
/// PATH adds.
const SYSTEM_FOLDERS: [&str; 6] = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// `argv` with its program by absolute path, and sudo in front where root's
/// rights are needed and not held.
pub(in crate::fix) fn resolve(host: &dyn Host, argv: &[String], privilege: Privilege) -> Result<Vec<String>, Refusal> {
    let (name, arguments) = argv.split_first().ok_or_else(|| Refusal::new("no program is named"))?;
    let folders = match privilege {
        Privilege::Root => system_folders(),
        Privilege::User => own_folders(host),
    };
    let mut resolved = Vec::new();
    if privilege == Privilege::Root && host.machine().user.uid != 0 {
        let sudo = find(host, "sudo", &system_folders())
            .map_err(|_| Refusal::new("this needs root's rights, and sudo is not installed"))?;
        resolved.extend([sudo, "--".to_owned()]);
    }
    resolved.push(find(host, name, &folders)?);
    resolved.extend_from_slice(arguments);
    Ok(resolved)
}

fn find(host: &dyn Host, name: &str, folders: &[PathBuf]) -> Result<String, Refusal> {
    let candidates: Vec<PathBuf> = if name.starts_with('/') {
        vec![PathBuf::from(name)]
    } else if name.is_empty() || name.contains('/') {
        return Err(Refusal::new(format!("{:?} is not a program", plain(name))));
    } else {
        folders.iter().map(|folder| folder.join(name)).collect()
    };
    if let Some(found) = candidates.iter().find(|path| host.is_executable(path)) {
        return Ok(found.to_string_lossy().into_owned());
    }
    let unknown = |path: &PathBuf| host.stat(path).is_err_and(|missing| missing.reason == Reason::NotRecorded);
    if candidates.iter().any(unknown) {
        return Ok(name.to_owned());
    }
    Err(Refusal::new(format!("{} is not installed", plain(name))))
}

fn system_folders() -> Vec<PathBuf> {
    SYSTEM_FOLDERS.map(PathBuf::from).to_vec()
}

/// The absolute folders of PATH, then those of the system: a relative entry
/// would take whatever lies in the current folder.
fn own_folders(host: &dyn Host) -> Vec<PathBuf> {
    let environment = host.environment(Context::Session).ok();
    let entries = environment.as_deref().map(|own| own.path_entries()).unwrap_or_default();
    let mut folders: Vec<PathBuf> =
        entries.into_iter().filter(|entry| Path::new(entry).is_absolute()).map(PathBuf::from).collect();
    folders.extend(system_folders());
    folders
}
