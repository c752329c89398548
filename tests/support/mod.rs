//! What several test binaries share.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part")]

#[cfg(unix)]
pub mod home;
pub mod scenario;
pub mod screen;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gomedic::checks::Check;
use gomedic::engine::{self, Fold, Options};
use gomedic::host::Host;
use gomedic::model::Report;

/// Runs checks on a host and folds the events.
pub fn run_checks(host: impl Host + 'static, checks: Vec<&'static Check>) -> Report {
    let mut events = engine::start(Arc::new(host), checks, Options::within(Duration::from_secs(60)));
    let mut fold = Fold::default();
    while let Some(event) = events.blocking_recv() {
        fold.apply(event);
    }
    fold.report()
}

/// The files `<root>/<layer>/<id>.<extension>`, with their ids. `machines` is
/// no layer.
pub fn check_files(root: &str, extension: &str) -> impl Iterator<Item = (String, PathBuf)> {
    let mut found = Vec::new();
    for layer in gomedic::model::Layer::ALL {
        for path in files(&Path::new(root).join(layer.id()), extension) {
            let id = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            found.push((id, path));
        }
    }
    found.into_iter()
}

/// The machine files of a folder.
pub fn machine_files(folder: &str) -> Vec<PathBuf> {
    files(Path::new(folder), "md")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|known| known == extension));
    found.sort();
    found
}
