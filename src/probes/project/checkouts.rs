//! Repositories of any kind, by their folders.

use std::path::Path;

use crate::host::Host;

/// The folders of version control in the root of a repository.
pub(super) const FOLDERS: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// True when the folder is the root of a repository.
pub(super) fn is_repository(host: &dyn Host, folder: &Path) -> bool {
    FOLDERS.iter().any(|name| host.link_stat(&folder.join(name)).is_ok())
}
