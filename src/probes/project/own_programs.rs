//! The names that a project's programs have.

use std::path::Path;

use super::ModuleFile;
use super::platform_claim::{PlatformClaim, command_name};
use crate::host::{FileKind, Host};

/// How many folders of `cmd` are looked at.
const LIMIT: usize = 200;

/// The names of the programs that a module builds, as far as folders tell.
#[derive(Debug, Default)]
pub(super) struct OwnPrograms(Vec<String>);

impl OwnPrograms {
    /// The module's own, and those of its folder `cmd`.
    pub(super) fn of(host: &dyn Host, module: &ModuleFile) -> OwnPrograms {
        let path = module.content.as_ref().ok().and_then(|content| content.module.as_ref());
        let by_path = path.and_then(|path| command_name(&path.value));
        let folder = module.folder.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase());
        let cmd = host.read_dir(&module.folder.join("cmd")).unwrap_or_default().into_iter();
        let commands = cmd.filter(|entry| entry.kind == FileKind::Folder).take(LIMIT);
        let commands = commands.map(|entry| entry.name.to_ascii_lowercase());
        OwnPrograms(by_path.into_iter().chain(folder).chain(commands).collect())
    }

    /// True when a file below an output folder is one of them by its name,
    /// with or without a platform or a version, or is named after a platform.
    pub(super) fn have(&self, below: &Path) -> bool {
        let Some(file) = below.file_name().and_then(|name| name.to_str()) else { return false };
        let file = file.to_ascii_lowercase();
        let stem = file.strip_suffix(".exe").unwrap_or(&file);
        let is_own = |name: &String| {
            stem.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
        };
        // `shop.txt`, `shop-1.2.tar.gz`, `shop_linux_arm64.sha256`.
        let is_other =
            stem.rsplit('.').next().is_some_and(|end| end != stem && !end.starts_with(|c: char| c.is_ascii_digit()));
        !is_other && (self.0.iter().any(is_own) || PlatformClaim::of(below, None).is_some_and(|claim| claim.is_whole()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_programs_from_other_files() {
        let own = OwnPrograms(vec!["shop".to_owned(), "shopctl".to_owned()]);
        for name in ["shop", "Shop.exe", "shop-linux-arm64", "shopctl_1.2.0", "linux/arm64/x", "tool-darwin-arm64"] {
            assert!(own.have(Path::new(name)), "{name}");
        }
        for name in ["shops", "stamp", "shop.txt", "shop-1.2.tar.gz", "shop_linux_arm64.sha256", "x.exe", ""] {
            assert!(!own.have(Path::new(name)), "{name}");
        }
    }
}
