//! `gomedic cross`: what a project builds for, on recorded machines.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::Output;
use std::sync::Arc;

use assert_cmd::Command;
use gomedic::cross;
use gomedic::host::recorded::Recorded;
use gomedic::probes::Probing;
use serde_json::Value;
use support::machine_files;

const NEWCOMER: &str = "assets/machines/onboarding.md";

fn run(machine: &str, targets: &str) -> Output {
    let mut command = Command::cargo_bin("gomedic").expect("the program is built");
    command.args(["cross", "--machine", machine, "--format", "json"]);
    if !targets.is_empty() {
        command.args(["--target", targets]);
    }
    command.output().expect("it runs")
}

fn answer(machine: &str, targets: &str) -> Value {
    let output = run(machine, targets);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

/// The results of each target, for CGO_ENABLED unset, 0 and 1.
fn results(answer: &Value) -> BTreeMap<String, Vec<&str>> {
    let mut results: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for cell in answer["cells"].as_array().expect("there are cells") {
        let target = format!("{}/{}", text(&cell["goos"]), text(&cell["goarch"]));
        results.entry(target).or_default().push(text(&cell["result"]));
    }
    results
}

fn text(value: &Value) -> &str {
    value.as_str().expect("it is a text")
}

fn cell<'a>(answer: &'a Value, goos: &str, goarch: &str, cgo: &str) -> &'a Value {
    let cells = answer["cells"].as_array().expect("there are cells");
    let is_it = |cell: &&Value| cell["goos"] == goos && cell["goarch"] == goarch && cell["cgo"] == cgo;
    cells.iter().find(is_it).expect("the cell is there")
}

#[test]
fn the_newcomers_project_needs_other_compilers_for_its_other_targets() {
    let answer = answer(NEWCOMER, "");
    let results = results(&answer);
    assert_eq!(results["linux/amd64"], ["builds", "builds-without-cgo", "builds"]);
    for other in ["linux/arm64", "windows/amd64", "darwin/arm64", "linux/386", "js/wasm"] {
        assert_eq!(results[other], ["builds-without-cgo", "builds-without-cgo", "fails"], "{other}");
    }
    let arm64 = cell(&answer, "linux", "arm64", "1");
    assert_eq!(arm64["commands"][0], "sudo apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross");
    let loses = cell(&answer, "linux", "amd64", "0")["loses"].as_array().expect("it loses something");
    assert!(loses.contains(&Value::from("github.com/mattn/go-sqlite3")), "{loses:?}");
    assert_eq!(answer["cgo_packages"][0]["package"], "github.com/mattn/go-sqlite3");
    let note = text(&answer["notes"][0]);
    assert!(note.contains("GOTOOLCHAIN=local keeps it from running one"), "{note}");
}

/// The newcomer's machine with another Go.
fn with_go(version: &str) -> tempfile::NamedTempFile {
    let known = fs::read_to_string(NEWCOMER).expect("the demo machine can be read");
    assert!(known.contains("go1.26.6"), "the demo machine has another Go by now");
    let other = known.replace("go1.26.6", version);
    let file = tempfile::Builder::new().suffix(".md").tempfile().expect("a file");
    fs::write(file.path(), other).expect("it can be written");
    file
}

#[test]
fn every_recorded_go_knows_its_own_platforms() {
    for (version, target, knows) in [
        ("go1.19.8", "wasip1/wasm", false),
        ("go1.19.8", "windows/arm", true),
        ("go1.21.13", "wasip1/wasm", true),
        ("go1.22.10", "openbsd/riscv64", true),
        ("go1.25.5", "windows/arm", true),
        ("go1.26.6", "windows/arm", false),
        ("go1.27.3", "openbsd/mips64", false),
    ] {
        let file = with_go(version);
        let output = run(&file.path().display().to_string(), target);
        let says = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), knows, "{version} {target}: {says}");
        assert!(knows || says.contains(&format!("{version} does not build for {target}")), "{says}");
    }
}

#[test]
fn cgo_of_a_platform_is_that_of_the_go() {
    for (version, lacks) in [("go1.26.6", "cgo"), ("go1.27.3", "a C compiler")] {
        let file = with_go(version);
        let answer = answer(&file.path().display().to_string(), "linux/ppc64");
        let with_cgo = cell(&answer, "linux", "ppc64", "1");
        assert_eq!(with_cgo["result"], "fails");
        assert!(text(&with_cgo["missing"][0]).starts_with(lacks), "{version}: {with_cgo}");
    }
}

#[test]
fn every_recorded_machine_with_a_module_has_an_answer() {
    let mut answered = 0;
    for path in machine_files("tests/scenarios/machines") {
        let machine = Recorded::open(&path).unwrap_or_else(|error| panic!("{error}"));
        match cross::matrix(&Probing::new(Arc::new(machine)), &[]) {
            Ok(matrix) => {
                assert_eq!(matrix.cells.len(), 3 * matrix.targets.len(), "{}", path.display());
                answered += 1;
            }
            Err(missing) => assert_eq!(missing.detail, "this folder is in no module", "{}", path.display()),
        }
    }
    assert!(answered > 20, "{answered}");
}
