//! `gomedic inspect` agrees with the tools that know.

use std::path::Path;

use serde_json::Value;

use crate::Case;
use crate::inspect::made::Workshop;
use crate::inspect::{self, Comparison, damage, file_tool, go_version, known, loader, readelf, running};
use crate::tools::{FILE, GCC, MUSL_GCC, NEW, OLD, PATCHELF, READELF};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "inspect: every binary of this system", needs: &[READELF, FILE, NEW], run: system },
        Case {
            name: "inspect: binaries made for the purpose",
            needs: &[READELF, FILE, GCC, MUSL_GCC, PATCHELF, OLD, NEW],
            run: made,
        },
    ]
}

/// A program that every system has: it tells the system's loader.
fn own() -> Value {
    inspect::inspect(&[Path::new("/bin/sh")], &[]).remove(0)
}

fn system() {
    let files = inspect::inspect(&[Path::new("/usr/bin"), Path::new("/usr/lib")], &[]);
    let own = own();
    let comparisons = vec![
        readelf::compare(&files),
        file_tool::compare(&files),
        go_version::compare(&files, "1.27.3"),
        loader::compare(&files, &own, &[]),
        running::compare_loading(&files, &own),
    ];
    known::settle(&files, comparisons);
}

/// How many there are at least.
const MADE: usize = 200;

fn made() {
    let workshop = Workshop::new();
    let own = own();
    let files = inspect::inspect(&[workshop.folder()], &[]);
    assert!(files.len() >= MADE, "{} files", files.len());
    let comparisons = vec![
        readelf::compare(&files),
        file_tool::compare(&files),
        go_version::compare(&files, "1.27.3"),
        loader::compare(&files, &own, &[]),
        running::compare(&files, &[]),
        built_for(&workshop, &files),
    ];
    known::settle(&files, comparisons);
    damage::survive(&workshop);
    let folder = workshop.folder().join("patched/lib").display().to_string();
    let variables = [("LD_LIBRARY_PATH", &*folder)];
    let patched = inspect::inspect(&[&workshop.folder().join("patched")], &variables);
    known::settle(&patched, vec![loader::compare(&patched, &own, &variables), running::compare(&patched, &variables)]);
}

/// Go's output says in its name what it was built for.
fn built_for(workshop: &Workshop, files: &[Value]) -> Comparison {
    let mut comparison = Comparison::with("the Go that built it");
    let is_output = |file: &&Value| inspect::path(file).contains("/go/out/");
    let outputs = std::fs::read_dir(workshop.folder().join("go/out")).expect("Go's output is there").count();
    assert_eq!(files.iter().filter(is_output).count(), outputs, "the walk shows whatever Go builds");
    for file in files {
        let Some((_, name)) = inspect::path(file).split_once("/go/out/") else { continue };
        let words: Vec<&str> = name.split(['-', '.']).collect();
        if let [goos, goarch, ..] = words[..]
            && goos != "cgo"
        {
            comparison.at(file, "operating system", "/os", goos);
            comparison.at(file, "architecture", "/arch", goarch);
            comparison.at(file, "format", "/format", format_for(goos, name));
        }
    }
    comparison
}

/// The format of what Go's linker writes for a system, and of its packages.
fn format_for(goos: &str, name: &str) -> &'static str {
    match goos {
        _ if name.ends_with(".a") => "archive",
        "aix" | "plan9" | "js" | "wasip1" => "other",
        "darwin" | "ios" => "mach-o",
        "windows" => "pe",
        _ => "elf",
    }
}
