//! The repository that is looked at.

use std::path::{Path, PathBuf};

use crate::host::{FileKind, Host};

/// The repository around a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its git folder; for a worktree, that of the worktree.
    pub git_folder: PathBuf,
    /// Its configuration, which worktrees share.
    pub config: PathBuf,
}

impl Repository {
    /// The nearest repository from a folder upwards.
    pub(super) fn around(host: &dyn Host, folder: &Path) -> Option<Repository> {
        let (above, stat) = folder.ancestors().find_map(|above| Some((above, host.stat(&above.join(".git")).ok()?)))?;
        let git_folder = match stat.kind {
            FileKind::Folder => above.join(".git"),
            // A worktree or a submodule has a file that says where.
            FileKind::File => {
                let text = host.read_text(&above.join(".git")).ok()?;
                above.join(text.strip_prefix("gitdir:")?.trim())
            }
            FileKind::Link | FileKind::Special => return None,
        };
        let common = host.read_text(&git_folder.join("commondir")).ok();
        let common = common.map_or_else(|| git_folder.clone(), |common| git_folder.join(common.trim()));
        Some(Repository { config: common.join("config"), git_folder })
    }
}
