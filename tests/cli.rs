//! The command line from outside: what it prints, and how it exits.

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const HEALTHY: &str = "tests/scenarios/machines/debian-bash.md";
const BROKEN: &str = "assets/machines/onboarding.md";

fn gomedic(arguments: &[&str]) -> Output {
    // A home of its own: nothing of the tester's is read or written.
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::cargo_bin("gomedic").expect("the binary is built");
    command.env_clear().env("HOME", home.path()).env("PATH", "/usr/bin:/bin").args(arguments);
    command.output().expect("it can be started")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the errors are UTF-8")
}

#[test]
fn a_healthy_machine_exits_with_0_and_a_broken_one_with_1() {
    assert_eq!(gomedic(&["check", "--machine", HEALTHY]).status.code(), Some(0));
    let broken = gomedic(&["check", "--machine", BROKEN]);
    assert_eq!(broken.status.code(), Some(1), "{}", stdout(&broken));
    let never = gomedic(&["check", "--machine", BROKEN, "--fail-on", "never"]);
    assert_eq!(never.status.code(), Some(0));
}

#[test]
fn bad_usage_exits_with_2_and_suggests() {
    let output = gomedic(&["check", "--machine", HEALTHY, "--only", "goroot-dangeling"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean 'goroot-dangling'?"), "{}", stderr(&output));
    assert_eq!(gomedic(&["check", "--machine", "no-such-file.md"]).status.code(), Some(2));
    assert_eq!(gomedic(&["check", "/no/such/folder"]).status.code(), Some(2));
    assert_eq!(gomedic(&["check", "--timeout", "0"]).status.code(), Some(2));
    assert_eq!(gomedic(&["frobnicate", "--now"]).status.code(), Some(2));
}

#[test]
fn json_has_the_promised_form() {
    let output = gomedic(&["check", "--machine", BROKEN, "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    assert_eq!(report["schema"], "gomedic/1");
    for field in ["gomedic", "duration_ms", "host", "summary", "checks"] {
        assert!(!report[field].is_null(), "{field} is missing");
    }
    for field in ["os", "arch", "distro", "kernel", "wsl", "go", "shell"] {
        assert!(report["host"].get(field).is_some(), "host.{field} is missing");
    }
    let checks = report["checks"].as_array().expect("checks are a list");
    let check = checks.iter().find(|check| check["id"] == "goroot-env-mismatch").expect("the check is there");
    assert_eq!(check["status"], "findings");
    let finding = &check["findings"][0];
    for field in ["key", "severity", "summary", "context", "evidence", "fixes"] {
        assert!(!finding[field].is_null(), "finding.{field} is missing");
    }
    assert!(finding.get("caused_by").is_some());
    let fix = &finding["fixes"][0];
    assert_eq!((&fix["class"], &fix["undoable"]), (&Value::from("safe"), &Value::from(true)));
    assert_eq!(fix["steps"][0]["kind"], "edit-file");
    assert!(fix["steps"][0]["diff"].as_str().is_some_and(|diff| diff.contains("gomedic:")));
}

#[test]
fn options_of_every_command_may_stand_before_it() {
    let before = gomedic(&["--machine", HEALTHY, "check", "--only", "go"]);
    assert_eq!(before.status.code(), Some(0), "{}", stderr(&before));
    assert!(stdout(&before).contains("passed"));
}

#[test]
fn selection_by_layer_and_id() {
    let count = |arguments: &[&str]| {
        let all = [&["check", "--machine", HEALTHY, "--format", "json"], arguments].concat();
        let report: Value = serde_json::from_str(&stdout(&gomedic(&all))).expect("it is JSON");
        report["checks"].as_array().expect("checks are a list").len()
    };
    let go = count(&["--only", "go"]);
    assert!(go > 1);
    assert_eq!(count(&["--only", "go", "--skip", "goroot-dangling"]), go - 1);
    assert_eq!(count(&["--only", "goroot-dangling,goroot-env-mismatch"]), 2);
}

#[test]
fn a_pipe_gets_no_escape_sequences_and_markdown_no_surprise() {
    for format in ["text", "markdown"] {
        let output = gomedic(&["check", "--machine", BROKEN, "--format", format]);
        assert!(!output.stdout.contains(&0x1b), "{format}");
        assert!(output.stderr.is_empty(), "{}", stderr(&output));
    }
    let colour = gomedic(&["check", "--machine", BROKEN, "--color", "always"]);
    assert!(colour.stdout.contains(&0x1b));
}

#[test]
fn problems_come_first_and_passes_are_folded() {
    let text = stdout(&gomedic(&["check", "--machine", BROKEN]));
    let problem = text.find("✖ GOROOT belongs").expect("the problem is there");
    let folded = text.find(" passed").expect("passes are counted");
    assert!(problem < folded, "{text}");
    assert!(text.contains("gomedic fix goroot-env-mismatch"), "{text}");
}

#[test]
fn explain_shows_every_page_and_suggests_for_a_wrong_name() {
    for check in gomedic::checks::all() {
        let output = gomedic(&["explain", check.id]);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("What happens"), "{}", check.id);
    }
    let wrong = gomedic(&["explain", "goroot-dangle"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("goroot-dangling"));
}

#[test]
fn cross_refuses_what_it_cannot_do() {
    for (arguments, reason) in [
        (&["cross", "--target", "linux"][..], "such as linux/arm64"),
        (&["cross", "--cache", "/nowhere"][..], "--try"),
        (&["cross", "--try", "--machine", HEALTHY][..], "recorded machine builds nothing"),
    ] {
        let output = gomedic(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(reason), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn list_completions_and_man_know_every_command() {
    let list = stdout(&gomedic(&["list"]));
    for check in gomedic::checks::all() {
        assert!(list.contains(check.id), "{}", check.id);
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&gomedic(&["completions", shell]));
        assert!(script.contains("explain"), "{shell}");
        assert!(!script.contains("new-check"), "{shell} offers what is hidden");
    }
    let man = stdout(&gomedic(&["man"]));
    assert!(man.contains("COMMAND CHECK") && man.contains("offline"), "{man}");
}

#[test]
fn a_new_check_gets_its_skeletons() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["src/checks/go", "assets/explain/go", "tests/scenarios/go"] {
        std::fs::create_dir_all(folder.path().join(name)).expect("a folder can be made");
    }
    let list = folder.path().join("src/checks/go/mod.rs");
    std::fs::copy("src/checks/go/mod.rs", &list).expect("a file can be copied");
    let repository = folder.path().display().to_string();
    let output = gomedic(&["dev", "new-check", "go", "some-new-defect", "--repository", &repository]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let files: [PathBuf; 3] = [
        folder.path().join("src/checks/go/some_new_defect.rs"),
        folder.path().join("assets/explain/go/some-new-defect.md"),
        folder.path().join("tests/scenarios/go/some-new-defect.md"),
    ];
    assert!(files.iter().all(|file| file.is_file()));
    let listed = std::fs::read_to_string(&list).expect("a file can be read");
    assert!(listed.contains("mod some_new_defect;") && listed.contains("&some_new_defect::CHECK"), "{listed}");
    let again = gomedic(&["dev", "new-check", "go", "some-new-defect", "--repository", &repository]);
    assert_eq!(again.status.code(), Some(2), "a second time nothing is overwritten");
}
