//! Programs that hang, flood, linger and lie.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use gomedic::host::{Host, Program};
use gomedic::model::Reason;

use crate::home::{BOTH, Home, Mode, PATIENT, SH, SHORT, assert_missing, tool};

fn sh(script: &str, home: &Home) -> Program {
    // The home's name on the command line marks the process as ours.
    Program::new([SH, "-c", script, home.path().to_str().unwrap()])
}

#[test]
fn output_code_folder_and_environment_are_as_asked() {
    for mode in BOTH {
        let home = Home::new();
        let live = home.live(mode, Path::new(SH), PATIENT);
        let mut program = sh("echo \"$A|${HOME-unset}|$(pwd)\"; echo oops >&2; exit 7", &home).env("A", "1");
        program.folder = home.path().canonicalize().unwrap();
        let output = live.run(&program).unwrap();
        assert_eq!(output.stdout, format!("1|unset|{}\n", program.folder.display()), "{mode:?}");
        assert_eq!((output.code, output.stderr.as_str()), (Some(7), "oops\n"));
        assert_eq!(live.run(&sh("kill -KILL $$", &home)).unwrap().code, None);
        assert_eq!(live.programs_run().len(), 2);
        assert_eq!(live.programs_run()[0].name, "sh -c");
    }
}

#[test]
fn input_ends_at_once() {
    for mode in BOTH {
        let home = Home::new();
        let live = home.live(mode, Path::new(SH), PATIENT);
        let output = live.run(&sh("read answer; echo \"got:$answer\"", &home)).unwrap();
        assert_eq!(output.stdout, "got:\n");
    }
}

#[test]
fn a_supervised_program_has_no_terminal() {
    let home = Home::new();
    let live = home.live(Mode::Supervised, Path::new(SH), PATIENT);
    let output = live.run(&sh("exec 3</dev/tty && echo terminal", &home)).unwrap();
    assert_eq!(output.stdout, "");
}

#[test]
fn what_cannot_be_started_says_why() {
    for mode in BOTH {
        let home = Home::new();
        let live = home.live(mode, Path::new(SH), PATIENT);
        let run = |path: &str| live.run(&Program::new([path]));
        assert_missing(run("/no/such/program"), Reason::Absent, "/no/such/program: No such file");
        assert_missing(run(home.path().to_str().unwrap()), Reason::Denied, "Permission denied");
        assert_missing(run("go"), Reason::Failed, "go is not an absolute path");
        assert_missing(run(&home.script("odd", "\x7fELF odd")), Reason::Failed, "Exec format error");
        assert_missing(run(&home.script("orphan", "#!/no/such/shell\n")), Reason::Absent, "No such file");
        let mut nowhere = sh("true", &home);
        nowhere.folder = home.path().join("none");
        assert_missing(live.run(&nowhere), Reason::Absent, "no such folder");
    }
}

#[test]
fn a_program_that_hangs_is_killed_with_its_children() {
    for mode in BOTH {
        let home = Home::new();
        let fifo = home.fifo("never");
        let live = home.live(mode, Path::new(SH), SHORT);
        let script = format!("trap '' TERM INT HUP; (read x < {0}) & read x < {0}", fifo.display());
        assert_missing(live.run(&sh(&script, &home)), Reason::TimedOut, "sh -c did not end within 400 ms");
        home.assert_nothing_runs();
    }
}

#[test]
fn a_child_that_holds_the_output_is_not_waited_for() {
    for mode in BOTH {
        let home = Home::new();
        let fifo = home.fifo("never");
        let live = home.live(mode, Path::new(SH), PATIENT);
        let began = Instant::now();
        let output = live.run(&sh(&format!("(read x < {}) & echo done", fifo.display()), &home)).unwrap();
        assert_eq!(output.stdout, "done\n");
        assert!(began.elapsed() < PATIENT, "it was waited for");
        home.assert_nothing_runs();
    }
}

#[test]
fn what_leaves_the_session_is_found() {
    let Some(setsid) = tool("setsid") else { return };
    let home = Home::new();
    let fifo = home.fifo("never");
    for deadline in [PATIENT, SHORT] {
        let live = home.live(Mode::Supervised, Path::new(SH), deadline);
        let end = if deadline == SHORT { format!("read x < {}", fifo.display()) } else { "exit 0".to_owned() };
        let script = format!("{} {SH} -c 'read x < {}' & {end}", setsid.display(), fifo.display());
        assert_eq!(live.run(&sh(&script, &home)).is_ok(), deadline == PATIENT);
        home.assert_nothing_runs();
    }
}

#[test]
fn too_much_output_is_cut_and_does_not_block() {
    const LINE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde";
    for mode in BOTH {
        let home = Home::new();
        let live = home.live(mode, Path::new(SH), PATIENT);
        let block = format!("block='{}'", [LINE; 64].join("\n"));
        let script = format!("{block}; i=0; while [ $i -lt 600 ]; do echo \"$block\"; i=$((i+1)); done; exit 3");
        let output = live.run(&sh(&script, &home)).unwrap();
        assert_eq!((output.code, output.stdout.len()), (Some(3), 1 << 20));
    }
}

#[test]
fn output_without_end_ends_at_the_deadline() {
    for mode in BOTH {
        let home = Home::new();
        let live = home.live(mode, Path::new(SH), SHORT);
        assert_missing(live.run(&sh("while :; do echo x; echo y >&2; done", &home)), Reason::TimedOut, "did not end");
        home.assert_nothing_runs();
    }
}

#[test]
fn output_in_other_encodings_is_read() {
    let home = Home::new();
    let live = home.live(Mode::Direct, Path::new(SH), PATIENT);
    let say = |text: &str| live.run(&sh(&format!("printf '{text}'"), &home)).unwrap().stdout;
    assert_eq!(say(r"\377\376g\000o\000"), "go");
    assert_eq!(say(r"g\000o\000 \0001\000.\0002\000\r\000\n\000"), "go 1.2\r\n");
    assert_eq!(say(r"\033[2Jgo\377"), "\u{1b}[2Jgo\u{fffd}");
}

#[test]
fn programs_end_when_gomedic_is_killed() {
    let home = Home::new();
    let fifo = home.fifo("never");
    home.write(".profile", format!("{SH} -c 'read x < {}'", fifo.display()));
    let mut gomedic = Command::new(env!("CARGO_BIN_EXE_gomedic"))
        .args(["check", "--offline", "--timeout", "60"])
        .arg(home.path())
        .env_clear()
        .envs([("HOME", home.path().to_str().unwrap()), ("SHELL", SH), ("PATH", "/usr/bin:/bin")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    home.wait_for_processes(|lines| lines.iter().any(|line| line.starts_with(SH) && line.contains("read x")));
    gomedic.kill().unwrap();
    gomedic.wait().unwrap();
    home.assert_nothing_runs();
}

/// What is started from a terminal must neither stop on it nor take its keys.
#[test]
fn at_a_terminal_shells_do_not_get_it() {
    for name in ["sh", "bash", "zsh", "fish"] {
        let Some(shell) = tool(name) else { continue };
        let home = Home::new();
        let test = "if (exec </dev/tty) 2>/dev/null; then echo terminal; else echo none; fi > ~/seen\n";
        home.write(".shrc", test);
        home.write(".profile", "export ENV=~/.shrc\n");
        home.write(".bashrc", test);
        home.write(".zshrc", test);
        home.write(".config/fish/config.fish", format!("{SH} -c '{}'\n", test.trim().replace("~", "$HOME")));
        let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).unwrap();
        let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_gomedic"));
        command.args(["check", "--offline", "--timeout", "30"]);
        command.arg(home.path());
        command.env_clear();
        command.env("HOME", home.path());
        command.env("SHELL", &shell);
        let mut gomedic = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        // A terminal that nobody reads fills up.
        let mut screen = pair.master.try_clone_reader().unwrap();
        std::thread::spawn(move || std::io::copy(&mut screen, &mut std::io::sink()));
        gomedic.wait().unwrap();
        let seen = std::fs::read_to_string(home.path().join("seen"));
        assert_eq!(seen.ok().as_deref(), Some("none\n"), "{name}");
        home.assert_nothing_runs();
    }
}
