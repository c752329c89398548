//! What each shell makes of its files.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gomedic::host::live::{Live, LiveOptions};
use gomedic::host::{Environment, Host};
use gomedic::model::{Context, Reason};

use crate::home::{BOTH, Home, Mode, PATIENT, SH, assert_missing, tool};

fn value(live: &Live, context: Context, name: &str) -> Option<String> {
    live.environment(context).unwrap().get(name).map(str::to_owned)
}

/// Both contexts' value of A, which each login file sets to `login`, and each
/// interactive file makes longer.
fn both(live: &Live) -> (Option<String>, Option<String>) {
    (value(live, Context::Login, "A"), value(live, Context::Interactive, "A"))
}

fn expected() -> (Option<String>, Option<String>) {
    (Some("login".into()), Some("login, interactive".into()))
}

#[test]
fn sh_reads_its_profile_and_the_file_of_env() {
    for mode in BOTH {
        let home = Home::new();
        let shrc = home.write(".shrc", "A=\"$A, interactive\"\n");
        home.write(".profile", format!("export A=login ENV={}\n", shrc.display()));
        assert_eq!(both(&home.live(mode, Path::new(SH), PATIENT)), expected(), "{mode:?}");
    }
}

#[test]
fn bash_reads_its_profile_and_bashrc() {
    let Some(bash) = tool("bash") else { return };
    for mode in BOTH {
        let home = Home::new();
        home.write(".bash_profile", "export A=login\n");
        home.write(".bashrc", "A=\"$A, interactive\"\n");
        assert_eq!(both(&home.live(mode, &bash, PATIENT)), expected(), "{mode:?}");
    }
}

#[test]
fn zsh_reads_its_profile_and_zshrc() {
    let Some(zsh) = tool("zsh") else { return };
    for mode in BOTH {
        let home = Home::new();
        home.write(".zprofile", "export A=login\n");
        home.write(".zshrc", "A=\"$A, interactive\"\n");
        assert_eq!(both(&home.live(mode, &zsh, PATIENT)), expected(), "{mode:?}");
    }
}

#[test]
fn fish_reads_its_config() {
    let Some(fish) = tool("fish") else { return };
    for mode in BOTH {
        let home = Home::new();
        home.write(
            ".config/fish/config.fish",
            "if status is-login; set -gx A login; end\nif status is-interactive; set -gx A \"$A, interactive\"; end\n",
        );
        assert_eq!(both(&home.live(mode, &fish, PATIENT)), expected(), "{mode:?}");
    }
}

#[test]
fn nothing_of_the_session_shines_through() {
    let home = Home::new();
    home.write(".profile", "export GOPATH=/from/file\n");
    let session: Environment =
        [("GOROOT", "/stale"), ("GOPATH", "/stale"), ("PATH", "/stale/bin"), ("LC_ALL", "C")].into_iter().collect();
    let live = Live::new(LiveOptions { session: Some(session), ..home.options(Path::new(SH), PATIENT) }).unwrap();
    assert_eq!(value(&live, Context::Session, "GOROOT").as_deref(), Some("/stale"));
    let login = live.environment(Context::Login).unwrap();
    assert_eq!((login.get("GOROOT"), login.get("GOPATH"), login.get("LC_ALL")), (None, Some("/from/file"), Some("C")));
    assert!(!login.path_entries().contains(&"/stale/bin"));
    assert_eq!(login.get("HOME"), home.path().to_str());
    assert_eq!((login.get("USER"), login.get("SHELL")), (Some("ann"), Some(SH)));
}

#[test]
fn the_shell_is_started_once() {
    let home = Home::new();
    home.write(".profile", format!("echo x >> {}/started\n", home.path().display()));
    let live = home.live(Mode::Direct, Path::new(SH), PATIENT);
    std::thread::scope(|scope| {
        for context in [Context::Login, Context::Interactive, Context::Login] {
            let live = &live;
            scope.spawn(move || live.environment(context).unwrap());
        }
    });
    assert_eq!(fs::read_to_string(home.path().join("started")).unwrap(), "x\n");
    assert_eq!(
        live.programs_run().iter().map(|timing| timing.name.as_str()).collect::<Vec<_>>(),
        ["sh (login, interactive)"]
    );
}

/// Name, inode, time and content of everything in a folder and below.
fn contents(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, Vec<u8>)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            found.extend(contents(&entry.path()));
        } else {
            let time = metadata.mtime() * 1_000_000_000 + metadata.mtime_nsec();
            found.insert(entry.path(), (metadata.ino(), time, fs::read(entry.path()).unwrap()));
        }
    }
    found
}

#[test]
fn a_shell_leaves_no_trace() {
    for name in ["sh", "bash", "zsh", "fish"] {
        let Some(shell) = tool(name) else { continue };
        for mode in BOTH {
            let home = Home::new();
            let history = home.write(".history", "go version\n");
            let settings = format!("HISTFILE={}\nHISTSIZE=10\nSAVEHIST=10\n", history.display());
            home.write(".bashrc", &settings);
            home.write(".zshrc", &settings);
            home.write(".bash_logout", "echo out > ~/logout\n");
            home.write(".zlogout", "echo out > ~/logout\n");
            home.write(".profile", "trap 'echo out > ~/trap' EXIT\n");
            let look = || assert!(home.live(mode, &shell, PATIENT).environment(Context::Interactive).is_ok());
            if name == "fish" {
                // Started for the first time ever, it makes its folders.
                look();
            }
            let before = contents(home.path());
            look();
            assert_eq!(contents(home.path()), before, "{name} {mode:?}");
            home.assert_nothing_runs();
        }
    }
}

#[test]
fn shells_that_cannot_be_asked_are_named() {
    let home = Home::new();
    let live = home.live(Mode::Direct, Path::new("/usr/bin/xonsh"), PATIENT);
    assert_missing(
        live.environment(Context::Login),
        Reason::Failed,
        "/usr/bin/xonsh is not a shell that gomedic can ask",
    );
    let live = home.live(Mode::Direct, Path::new("/no/such/bash"), PATIENT);
    assert_missing(live.environment(Context::Interactive), Reason::Absent, "/no/such/bash: No such file");
}

#[test]
fn a_running_editor_is_found_by_its_language_server() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let home = Home::new();
    // A shell by another name, which runs a file called `serve`.
    let gopls = home.path().join("gopls");
    symlink(SH, &gopls).unwrap();
    home.write("serve", format!("read x < {}\n", home.fifo("never").display()));
    let mut editor = Command::new(&gopls)
        .arg("serve")
        .env_clear()
        .env("FROM_EDITOR", home.path())
        .current_dir(home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Its command line is there a moment after it was started.
    home.wait_for_processes(|lines| !lines.is_empty());
    let live = home.live(Mode::Direct, Path::new(SH), PATIENT);
    let seen = live.environment(Context::Editor);
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(seen.unwrap().get("FROM_EDITOR"), home.path().to_str());
}
