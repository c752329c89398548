//! `gomedic inspect` from outside: what it prints, and how it exits.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The head of a static 64-bit ELF program for this architecture number.
fn program(machine: u16) -> Vec<u8> {
    let mut file = b"\x7fELF\x02\x01\x01\x03\0\0\0\0\0\0\0\0".to_vec();
    file.extend([2_u16, machine].iter().flat_map(|n| n.to_le_bytes()));
    file.extend(1_u32.to_le_bytes());
    file.extend([0_u64, 64, 0].iter().flat_map(|n| n.to_le_bytes()));
    file.extend(0_u32.to_le_bytes());
    file.extend([64_u16, 56, 0, 64, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
    file
}

/// A folder with a program for Linux on s390x, one that is cut off, an empty
/// file and a text.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).expect("a file");
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    write("sub/zseries", &program(22));
    write("cut", &program(22)[..40]);
    write("empty", b"");
    write("text", b"only a text\n");
    folder
}

fn inspect(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("gomedic").expect("the binary is built");
    command.env_clear().env("HOME", folder.path()).env("PATH", "/usr/bin:/bin").current_dir(folder.path());
    command.arg("inspect").args(arguments).output().expect("it can be started")
}

fn json(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let output = inspect(folder, &[arguments, &["--format", "json"]].concat());
    let whole: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(whole["schema"], "gomedic/1");
    whole["files"].as_array().expect("files are a list").clone()
}

#[test]
fn json_has_the_promised_form() {
    let folder = folder();
    let fields = [
        "path",
        "format",
        "os",
        "arch",
        "linking",
        "interpreter",
        "needed",
        "glibc_required",
        "go",
        "verdict",
        "reason",
        "advice",
    ];
    let files = json(&folder, &["sub/zseries", "cut", "empty", "text"]);
    for file in &files {
        for field in fields {
            assert!(file.get(field).is_some(), "{field} is missing of {file}");
        }
    }
    let told: Vec<_> = files.iter().map(|file| (file["format"].as_str(), file["verdict"].as_str())).collect();
    let expected =
        [("elf", "does-not-run"), ("other", "damaged"), ("other", "not-a-program"), ("other", "not-a-program")];
    assert_eq!(told, expected.map(|(format, verdict)| (Some(format), Some(verdict))));
    assert_eq!((&files[0]["os"], &files[0]["arch"]), (&Value::from("linux"), &Value::from("s390x")));
    assert_eq!((&files[0]["linking"], &files[0]["bits"]), (&Value::from("static"), &Value::from(64)));
}

#[test]
fn expectations_that_do_not_hold_exit_with_1_and_say_why() {
    let folder = folder();
    let holds = inspect(&folder, &["sub/zseries", "--expect", "os=linux,arch=s390x,static,nonempty,glibc<=2.17"]);
    assert_eq!(holds.status.code(), Some(0), "{holds:?}");
    let fails = inspect(&folder, &["sub/zseries", "--expect", "arch=arm64", "--expect", "go>=1.24,cgo=off"]);
    assert_eq!(fails.status.code(), Some(1));
    let text = String::from_utf8_lossy(&fails.stdout);
    assert!(text.contains("expected arch=arm64, but it is s390x"), "{text}");
    assert!(text.contains("expected go>=1.24, but it has no Go build info"), "{text}");
    assert_eq!(inspect(&folder, &["empty", "--expect", "nonempty"]).status.code(), Some(1));
    assert_eq!(inspect(&folder, &["cut", "--expect", "nonempty"]).status.code(), Some(1));
}

#[test]
fn bad_usage_exits_with_2() {
    let folder = folder();
    let code = |arguments: &[&str]| inspect(&folder, arguments).status.code();
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["nothing"]), Some(2));
    assert_eq!(code(&["sub"]), Some(2));
    assert_eq!(code(&["text", "--expect", "colour=red"]), Some(2));
    assert_eq!(code(&["text", "--expect", "go>=new"]), Some(2));
}

#[test]
fn folders_are_walked_and_texts_in_them_left_out() {
    let folder = folder();
    let files = json(&folder, &["--recursive", "."]);
    let paths: Vec<_> = files.iter().filter_map(|file| file["path"].as_str()).collect();
    assert_eq!(paths, ["./cut", "./sub/zseries"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_not_waited_for() {
    use std::os::unix::fs::symlink;

    let folder = folder();
    let pipe = folder.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o644.into(), 0).expect("a FIFO");
    symlink("loop", folder.path().join("loop")).expect("a link");
    symlink("..", folder.path().join("sub/above")).expect("a link");
    let files = json(&folder, &["pipe", "loop", "/dev/zero"]);
    assert!(files.iter().all(|file| file["verdict"] == "unknown" && file["reason"].is_string()), "{files:?}");
    assert!(files[0]["reason"].as_str().is_some_and(|reason| reason.contains("FIFO")), "{}", files[0]);
    assert_eq!(json(&folder, &["--recursive", "."]).len(), 2);
}
