//! The parsers of what may be hostile, as the fuzzers call them: any bytes,
//! and neither a panic nor more than bounded memory and time.
//!
//! In no build but that of the tests, which read the kept corpus, and of
//! cargo-fuzz (`tests/fuzz`).

use std::path::Path;

use crate::host::live::binaries;
use crate::host::recorded::Recorded;
use crate::probes::build::imports;
use crate::probes::inspect::read_cache;
use crate::probes::project::{Dockerfile, ModFile};

/// A parser, by the name of its target and of its corpus.
pub type Target = (&'static str, fn(&[u8]));

/// Every parser that is fuzzed.
pub const TARGETS: [Target; 12] = [
    ("any", binaries::any),
    ("archive", binaries::archive),
    ("build_info", binaries::build_info),
    ("dockerfile", |bytes| drop(Dockerfile::parse(&String::from_utf8_lossy(bytes)))),
    ("elf", binaries::elf),
    ("go_file", |bytes| drop(imports("a_linux.go", &String::from_utf8_lossy(bytes), "linux", "amd64"))),
    ("go_mod", |bytes| drop(ModFile::parse(&String::from_utf8_lossy(bytes)))),
    ("loader_cache", read_cache),
    ("mach_o", binaries::mach_o),
    ("machine_file", |bytes| drop(Recorded::parse(&String::from_utf8_lossy(bytes), Path::new("/machine.md")))),
    ("pe", binaries::pe),
    ("script", binaries::script),
];

/// Gives bytes to the target with this name.
///
/// # Panics
/// When there is no such target, and when its parser does.
pub fn run(target: &str, bytes: &[u8]) {
    let (_, parser) = TARGETS.iter().find(|(name, _)| *name == target).unwrap_or_else(|| panic!("no target {target}"));
    parser(bytes);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    /// What fuzzing has found to take new ways through the parsers.
    #[test]
    fn the_kept_corpus_is_survived() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
        let mut kept = BTreeSet::new();
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let target = entry.file_name().into_string().unwrap();
            let files: Vec<_> = fs::read_dir(entry.path()).unwrap().map(|file| file.unwrap().path()).collect();
            assert!(!files.is_empty(), "{target} has no corpus");
            for file in files {
                run(&target, &fs::read(file).unwrap());
            }
            kept.insert(target);
        }
        let all: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(kept, all);
    }
}
