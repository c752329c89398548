//! The packages of the main modules: what `./...` stands for.

use std::path::Path;

use super::folder::Folders;
use super::homes::{Home, MainModule, Origin};
use crate::host::Host;

/// How deep folders are followed.
const DEPTH: usize = 40;

/// The folders of a module that have Go files.
pub(super) fn packages(host: &dyn Host, folders: &Folders, module: &MainModule, goroot_src: &Path) -> Vec<Home> {
    let in_goroot = module.folder.starts_with(goroot_src);
    let mut found = Vec::new();
    let mut level = vec![(module.folder.clone(), module.path.clone())];
    for depth in 0..DEPTH {
        let mut below = Vec::new();
        for (path, package) in level {
            let Ok(folder) = folders.get(host, &path) else { continue };
            // A folder with a go.mod of its own is another module.
            if depth > 0 && folder.is_module {
                continue;
            }
            for name in folder.folders.iter().filter(|name| is_entered(name)) {
                let path = path.join(name);
                if !module.ignored.contains(&path) {
                    below.push((path, format!("{package}/{name}")));
                }
            }
            if folder.is_go {
                found.push(home(module, &path, package, in_goroot));
            }
        }
        level = below;
    }
    found
}

fn home(module: &MainModule, folder: &Path, package: String, in_goroot: bool) -> Home {
    let folder = folder.to_owned();
    if !in_goroot {
        return Home { package, folder, module: module.path.clone(), origin: Origin::Module };
    }
    // The packages of the module std have no module before their paths.
    let package = package.strip_prefix("std/").map(str::to_owned).unwrap_or(package);
    Home { origin: Origin::in_goroot(&package), package, folder, module: "std".to_owned() }
}

fn is_entered(name: &str) -> bool {
    !name.starts_with(['.', '_']) && !matches!(name, "testdata" | "vendor")
}
