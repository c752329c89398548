//! Which line of which file sets what, as real shells tell.

use std::path::Path;

use gomedic::host::live::Live;
use gomedic::host::{Host, StartTrace};
use gomedic::model::{Context, Reason};

use crate::home::{BOTH, Home, Mode, PATIENT, SH, SHORT, tool};

/// `~/.bashrc:4 /go` for each change of a variable.
fn told(home: &Home, trace: &StartTrace, context: Context, name: &str) -> Vec<String> {
    let line = |change: &gomedic::host::StartChange| {
        let file = change.origin.file.as_deref();
        let file = file.map_or("?".into(), |file| file.strip_prefix(home.path()).unwrap_or(file).display().to_string());
        let line = change.origin.line.map_or("?".to_owned(), |line| line.to_string());
        let value = change.value.as_deref().unwrap_or("(unset)");
        format!("{file}:{line} {}", value.replace(home.path().to_str().unwrap(), "~"))
    };
    trace.changes_of(context, name).map(line).collect()
}

/// What both a bash and a zsh make the same of.
const RC: &str = r#"add() {
  PATH="$1:$PATH"
}
add /opt/x/bin
. "$HOME/lib/go.sh"
eval 'export GOROOT=/opt/go'
x=$(export GOPATH=/sub; echo y 2>&1)
read GOBIN <<< /r/bin
: ${GOPRIVATE:=a.com}
export GOPATH=/first
export GOPATH='/100%d'
unset GOFLAGS
"#;

fn assert_rc(home: &Home, live: &Live, rc: &str) {
    let trace = live.start_trace().unwrap();
    let told = |name| told(home, &trace, Context::Interactive, name);
    assert_eq!(trace.broken_off, None);
    assert_eq!(trace.complete, [Context::Login, Context::Interactive]);
    assert_eq!(told("GOPROXY"), ["lib/go.sh:1 direct"]);
    assert_eq!(told("GOROOT"), [format!("{rc}:6 /opt/go")]);
    assert_eq!(told("GOBIN"), [format!("{rc}:8 /r/bin")]);
    assert_eq!(told("GOPATH"), [format!("{rc}:10 /first"), format!("{rc}:11 /100%d")]);
    assert_eq!(told("GOFLAGS"), [format!("{rc}:12 (unset)")]);
    assert_eq!(told("GOPRIVATE").len(), 1);
    let path = told("PATH");
    assert_eq!(path.len(), 1, "{path:?}");
    assert!(path[0].starts_with(&format!("{rc}:4 /opt/x/bin:")), "{path:?}");
    let login = |name| self::told(home, &trace, Context::Login, name);
    assert!(login("GOFLAGS").last().unwrap().ends_with("rofile:2 -x"), "{:?}", login("GOFLAGS"));
    // The trace tells what the plain start ends with.
    let plain = live.environment(Context::Interactive).unwrap();
    for name in ["GOPROXY", "GOROOT", "GOPATH", "GOFLAGS", "PATH"] {
        assert_eq!(trace.last(Context::Interactive, name), plain.get(name), "{name}");
    }
}

fn rc_home(profile: &str, rc: &str) -> Home {
    let home = Home::new();
    home.write(profile, "# first\nexport GOFLAGS=-x\n");
    home.write(rc, RC);
    home.write("lib/go.sh", "export GOPROXY=direct\n");
    home
}

#[test]
fn bash_tells_every_line() {
    let Some(bash) = tool("bash") else { return };
    for mode in BOTH {
        let home = rc_home(".profile", ".bashrc");
        assert_rc(&home, &home.live(mode, &bash, PATIENT), ".bashrc");
    }
}

#[test]
fn zsh_tells_every_line() {
    let Some(zsh) = tool("zsh") else { return };
    for mode in BOTH {
        let home = rc_home(".zprofile", ".zshrc");
        assert_rc(&home, &home.live(mode, &zsh, PATIENT), ".zshrc");
    }
}

#[test]
fn fish_tells_the_file_and_the_command() {
    let Some(fish) = tool("fish") else { return };
    let home = Home::new();
    home.write(".config/fish/conf.d/a.fish", "set -gx GOPATH /a\n");
    home.write(".config/fish/config.fish", "set -gx GOPATH /b\nif status is-interactive\n  set -gx GOBIN /bin\nend\n");
    let live = home.live(Mode::Supervised, &fish, PATIENT);
    let trace = live.start_trace().unwrap();
    let rc = |line: &str| format!(".config/fish/{line}");
    assert_eq!(told(&home, &trace, Context::Login, "GOPATH"), [rc("conf.d/a.fish:? /a"), rc("config.fish:? /b")]);
    assert_eq!(told(&home, &trace, Context::Login, "GOBIN"), Vec::<String>::new());
    assert_eq!(told(&home, &trace, Context::Interactive, "GOBIN"), [rc("config.fish:? /bin")]);
    assert_eq!(trace.changes.last().unwrap().origin.command, "set -gx GOBIN /bin");
}

#[test]
fn sh_tells_the_values() {
    let home = Home::new();
    home.write(".profile", "export GOPATH=/a\ntrue\nGOPATH=/b\n");
    let live = home.live(Mode::Supervised, Path::new(SH), PATIENT);
    let trace = live.start_trace().unwrap();
    let values: Vec<_> = trace.changes_of(Context::Login, "GOPATH").map(|change| change.value.as_deref()).collect();
    assert_eq!(values, [Some("/a"), Some("/b")]);
    let commands: Vec<_> = trace.changes_of(Context::Login, "GOPATH").map(|change| &change.origin.command).collect();
    assert!(commands[0].contains("GOPATH=/a") && commands[1].contains("GOPATH=/b"), "{commands:?}");
}

#[test]
fn an_rc_file_that_becomes_another_shell_breaks_the_trace_off() {
    let Some(bash) = tool("bash") else { return };
    let home = Home::new();
    home.write(".profile", "export GOPATH=/a\n");
    home.write(".bashrc", "export GOPATH=/b\nexec sleep 0\n");
    let trace = home.live(Mode::Supervised, &bash, PATIENT).start_trace().unwrap();
    assert_eq!(trace.complete, [Context::Login]);
    let end = trace.broken_off.as_ref().unwrap();
    assert_eq!((end.line, end.command.as_str()), (Some(2), "exec sleep 0"));
    assert_eq!(trace.last(Context::Interactive, "GOPATH"), Some("/b"));
}

#[test]
fn an_rc_file_that_ends_the_shell_breaks_the_trace_off() {
    let Some(bash) = tool("bash") else { return };
    let home = Home::new();
    home.write(".profile", "export GOPATH=/a\nexit 3\n");
    let trace = home.live(Mode::Supervised, &bash, PATIENT).start_trace().unwrap();
    assert_eq!(trace.complete, []);
    assert_eq!(trace.broken_off.as_ref().unwrap().command, "exit 3");
}

#[test]
fn an_rc_file_that_turns_tracing_off_loses_its_rest_only() {
    for (shell, profile, rc) in [("bash", ".profile", ".bashrc"), ("zsh", ".zprofile", ".zshrc")] {
        let Some(shell) = tool(shell) else { return };
        let home = Home::new();
        home.write(profile, "export GOPATH=/a\nset +x\nexport GOBIN=/x\n");
        home.write(rc, "export GOPATH=/b\nPS4='+ '\nexport GOBIN=/y\n");
        let trace = home.live(Mode::Supervised, &shell, PATIENT).start_trace().unwrap();
        assert_eq!(told(&home, &trace, Context::Login, "GOPATH"), [format!("{profile}:1 /a")]);
        assert_eq!(told(&home, &trace, Context::Interactive, "GOPATH"), [format!("{rc}:1 /b")]);
        // Nothing false is told of what could not be seen.
        for change in trace.changes.iter().filter(|change| change.name == "GOBIN") {
            assert!(change.origin.line.is_none(), "{change:?}");
        }
    }
}

#[test]
fn a_million_lines_cost_time_and_no_memory() {
    let Some(bash) = tool("bash") else { return };
    let home = Home::new();
    home.write(
        ".bashrc",
        "for ((i = 0; i < 20000; i++)); do echo noise-$i >&2; PATH=/bin:/usr/bin; done\nexport GOPATH=/end\n",
    );
    let trace = home.live(Mode::Supervised, &bash, PATIENT).start_trace().unwrap();
    assert_eq!(told(&home, &trace, Context::Interactive, "GOPATH"), [".bashrc:2 /end"]);
}

#[test]
fn a_shell_that_never_is_ready_is_left_at_the_deadline() {
    let Some(bash) = tool("bash") else { return };
    let home = Home::new();
    home.write(".bash_profile", format!("cd {}; cat ./fifo\n", home.path().display()));
    home.fifo("fifo");
    let missing = home.live(Mode::Supervised, &bash, SHORT).start_trace().unwrap_err();
    assert_eq!(missing.reason, Reason::TimedOut);
    home.assert_nothing_runs();
}

#[test]
fn no_file_is_left_behind() {
    for shell in ["bash", "zsh"] {
        let Some(shell) = tool(shell) else { return };
        let home = Home::new();
        home.write(".profile", "export GOPATH=/a\n");
        home.live(Mode::Supervised, &shell, PATIENT).start_trace().unwrap();
        let names: Vec<_> = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, [".profile"]);
    }
}
