//! Packs the explanation pages: unpacked they are a fifth of a megabyte of the
//! program, and few runs show one.

use std::fs;
use std::path::{Path, PathBuf};

/// In front of each page; no page holds it.
const SEPARATOR: char = '\u{1e}';

/// The best that deflate does; it is only done once.
const LEVEL: u8 = 10;

#[expect(clippy::print_stdout, reason = "cargo listens there")]
fn main() {
    println!("cargo::rerun-if-changed=assets/explain");
    let mut all = String::new();
    for layer in listed(Path::new("assets/explain")) {
        for page in listed(&layer) {
            let text = fs::read_to_string(&page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
            assert!(!text.contains(SEPARATOR), "{} holds a control character", page.display());
            let name =
                |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            all.push_str(&format!("{SEPARATOR}{}/{}\n{text}", name(&layer), name(&page)));
        }
    }
    let folder = std::env::var_os("OUT_DIR").map(PathBuf::from).expect("cargo says where to write");
    let packed = miniz_oxide::deflate::compress_to_vec(all.as_bytes(), LEVEL);
    fs::write(folder.join("explain.deflate"), packed).expect("the folder for it can be written to");
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}
