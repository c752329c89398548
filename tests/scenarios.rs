//! Every check against recorded machines: `tests/scenarios/<layer>/<id>.md`.
//!
//! A section `## fires: …`, `## quiet: …` or `## unknown: …` is one machine
//! with what the check must say of it. `GOMEDIC_BLESS=1 cargo test --test
//! scenarios` writes what it says now into the files, to be read in the diff.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use gomedic::checks;
use gomedic::host::recorded::{Recorded, blocks};
use gomedic::model::{CheckReport, Severity, Status};
use support::scenario::{Section, expectation, sections};
use support::{check_files, machine_files, run_checks};

#[test]
fn every_scenario_gives_what_it_expects() {
    let bless = std::env::var_os("GOMEDIC_BLESS").is_some();
    let mut failures = Vec::new();
    let mut count = 0;
    // What no expectation can put right.
    let mut unblessed = 0;
    for (id, path) in check_files("tests/scenarios", "md") {
        let check = checks::find(&id).unwrap_or_else(|| panic!("{}: there is no check {id}", path.display()));
        let text = fs::read_to_string(&path).expect("a scenario file can be read");
        let mut blessed = text.clone();
        // From the last to the first, so that offsets stay right.
        for section in sections(&text).into_iter().rev() {
            count += 1;
            let machine = Recorded::from_blocks(&section.machine, &path).unwrap_or_else(|error| panic!("{error}"));
            let report = run_checks(machine, vec![check]).checks.remove(0);
            let problem = is_of_its_kind(&section, &report).err();
            if problem.is_some() {
                unblessed += 1;
            }
            if let Some(problem) = problem.or_else(|| agrees(&section, &report).err()) {
                failures.push(format!("{}\n## {}: {}\n{problem}", path.display(), section.kind, section.title));
                blessed.replace_range(
                    section.expect.offset..section.expect.offset + section.expect.text.len(),
                    &expectation(&report),
                );
            }
        }
        if bless && blessed != text {
            fs::write(&path, blessed).expect("a scenario file can be written");
        }
    }
    assert!(count > 0, "no scenario was found");
    assert!(
        failures.is_empty() || (bless && unblessed == 0),
        "{} of {count} scenarios failed\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

fn is_of_its_kind(section: &Section<'_>, report: &CheckReport) -> Result<(), String> {
    let allowed: &[Status] = match section.kind {
        "fires" => &[Status::Findings],
        "quiet" => &[Status::Passed, Status::Skipped],
        _ => &[Status::Unknown],
    };
    if allowed.contains(&report.status) {
        return Ok(());
    }
    let (kind, said) = (section.kind, expectation(report));
    Err(format!("a section that is '{kind}' must not be {:?}:\n{said}", report.status))
}

fn agrees(section: &Section<'_>, report: &CheckReport) -> Result<(), String> {
    let actual = expectation(report);
    let parse = |text: &str| text.parse::<toml::Table>().map_err(|error| error.to_string());
    if parse(section.expect.text)? == parse(&actual)? {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(section.expect.text, actual.as_str());
    Err(diff.unified_diff().header("expected", "actual").to_string())
}

#[test]
fn every_check_has_a_firing_a_quiet_and_an_unknown_scenario() {
    let files: Vec<(String, PathBuf)> = check_files("tests/scenarios", "md").collect();
    for check in checks::all() {
        let expected = Path::new("tests/scenarios").join(check.layer.id()).join(format!("{}.md", check.id));
        assert!(files.iter().any(|(_, path)| *path == expected), "{} is missing", expected.display());
        let text = fs::read_to_string(&expected).expect("a scenario file can be read");
        for kind in ["fires", "quiet", "unknown"] {
            assert!(
                sections(&text).iter().any(|section| section.kind == kind),
                "{}: no '{kind}' section",
                expected.display()
            );
        }
    }
}

#[test]
fn healthy_machines_of_many_shapes_stay_green() {
    let mut count = 0;
    for path in machine_files("tests/scenarios/machines") {
        count += 1;
        let machine = Recorded::open(&path).unwrap_or_else(|error| panic!("{error}"));
        let report = run_checks(machine, checks::all());
        let loud: Vec<String> = report
            .findings()
            .filter(|(_, finding)| finding.severity > Severity::Info)
            .map(|(check, finding)| format!("{}: {}", check.id, finding.summary))
            .collect();
        assert!(loud.is_empty(), "{} is healthy, and yet:\n{}", path.display(), loud.join("\n"));
    }
    assert!(count > 0, "no healthy machine was found");
}

#[test]
fn a_machine_file_that_is_wrong_says_where() {
    let wrong = "# A machine\n\n```toml\n[machine]\nuser = 7\n```\n";
    let found = blocks(wrong);
    let error = Recorded::from_blocks(&found, Path::new("wrong.md")).expect_err("a user is not a number").to_string();
    assert!(error.contains("wrong.md"), "{error}");
    let error = Recorded::parse("no block", Path::new("none.md")).expect_err("there is no block").to_string();
    assert!(error.contains("not a machine file"), "{error}");
}
