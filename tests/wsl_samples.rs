//! Recorded outputs of WSL: none lies there for nothing.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use gomedic::checks;
use gomedic::host::recorded::Recorded;
use gomedic::model::Status;
use support::run_checks;

#[test]
fn a_blank_that_is_not_quoted_cuts_the_entry() {
    let line = include_str!("wsl-samples/path-broken-quoting.txt");
    let machine = format!(
        "# A line of ~/.bashrc\n\n```toml\nlike = \"scenarios/machines/wsl-ubuntu.md\"\n\n[files]\n\"~/.bashrc\" = {line:?}\n\
         \"/mnt/c/Program Files/Go/bin\" = {{ kind = \"folder\" }}\n\n[environment.all]\n\
         PATH = \"/usr/local/bin:/usr/bin:/bin:/usr/local/go/bin:/mnt/c/Program\"\n```\n"
    );
    let machine = Recorded::parse(&machine, Path::new("tests/samples.md")).expect("it is a machine");
    let check = checks::find("path-entry-broken").expect("it is a check");
    let report = run_checks(machine, vec![check]).checks.remove(0);
    assert_eq!(report.status, Status::Findings);
    assert_eq!(report.findings[0].key, "/mnt/c/Program");
}

#[test]
fn every_sample_is_used() {
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        read_all(Path::new(folder), &mut sources);
    }
    let names = fs::read_dir("tests/wsl-samples").expect("the samples can be listed");
    let names = names.map(|entry| entry.expect("it can be listed").file_name().into_string().expect("it is text"));
    let unused: Vec<String> = names
        .filter(|name| name != "README.md" && !name.starts_with('.'))
        .filter(|name| !is_named(name, &sources))
        .collect();
    assert!(unused.is_empty(), "no test reads {unused:?}");
}

/// Named whole, without its ending, or put together from its beginning.
fn is_named(name: &str, sources: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let mut beginnings = name.match_indices('-').map(|(at, _)| &name[..=at]);
    sources.contains(name)
        || sources.contains(&format!("\"{stem}\""))
        || beginnings.any(|begin| sources.contains(&format!("wsl-samples/{begin}\"")))
}

fn read_all(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder can be listed") {
        let path: PathBuf = entry.expect("it can be listed").path();
        if path.is_dir() {
            read_all(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push_str(&fs::read_to_string(&path).expect("a source can be read"));
        }
    }
}
