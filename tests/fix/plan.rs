//! What a plan refuses, and what it shows.

use std::path::Path;

use gomedic::fix::{plan, preview};
use gomedic::host::Host;
use gomedic::host::recorded::Recorded;
use gomedic::model::{Edit, Fix, Step};

use crate::sandbox::{Sandbox, edit, fix};

/// A machine on which much cannot be written.
const MACHINE: &str = r#"
# A machine

```toml
[machine]
user = "kim"
home = "/home/kim"
folder = "/home/kim"
```

```toml
[[filesystems]]
mount = "/"
free_mib = 1000
total_mib = 2000

[[filesystems]]
mount = "/nix/store"
read_only = true
free_mib = 1000
total_mib = 2000

[files]
"~/.bashrc" = "export GOROOT=/opt/go\n"
"~/.profile" = { link = "/nix/store/rc" }
"/nix/store/rc" = "export GOROOT=/opt/go\n"
"~/.zshrc" = { text = "export GOROOT=/opt/go\n", owner = 0 }
"~/.zprofile" = { text = "export GOROOT=/opt/go\n", mode = "0444" }
"/etc/profile.d/go.sh" = "export GOROOT=/opt/go\n"
```
"#;

fn shown(name: &str) -> String {
    let machine = Recorded::parse(MACHINE, Path::new("machine.md")).unwrap_or_else(|error| panic!("{error}"));
    let fix = comment(name);
    let step = preview(&machine, &fix).remove(0);
    step.refused.or(step.diff).expect("an edit has a diff")
}

fn comment(name: &str) -> Fix {
    let reason = "names no Go".into();
    fix([edit(name.into(), Edit::CommentOut { line: 1, was: "export GOROOT=/opt/go".into(), reason })])
}

#[test]
fn what_cannot_be_written_is_told_before_anybody_tries() {
    insta::assert_snapshot!(shown("/home/kim/.profile"), @"~/.profile -> /nix/store/rc lies on a read-only file system");
    insta::assert_snapshot!(shown("/home/kim/.zshrc"), @"~/.zshrc belongs to another user (uid 0); gomedic would have to take it over");
    insta::assert_snapshot!(shown("/home/kim/.zprofile"), @"~/.zprofile is write-protected");
    insta::assert_snapshot!(shown("/etc/profile.d/go.sh"), @"/etc/profile.d/go.sh cannot be replaced: the folder /etc/profile.d is not writable");
    insta::assert_snapshot!(shown("/home/kim/.bashrc"), @r"
    --- ~/.bashrc
    +++ ~/.bashrc
    @@ -1 +1 @@
    -export GOROOT=/opt/go
    +# export GOROOT=/opt/go  # gomedic: names no Go
    ");
}

#[test]
fn a_recorded_machine_is_only_previewed() {
    let sandbox = Sandbox::new();
    let machine = Recorded::parse(MACHINE, Path::new("machine.md")).unwrap_or_else(|error| panic!("{error}"));
    let fix = comment("/home/kim/.bashrc");
    let planned = plan(&machine, &fix);
    let about = crate::sandbox::about(&fix);
    let error = gomedic::fix::apply(&sandbox.state, &planned, &about, &crate::sandbox::NoPrograms)
        .expect_err("a recording cannot be mended");
    assert!(error.to_string().contains("is a recorded machine: its fixes can only be previewed"), "{error}");
}

#[test]
fn a_manual_step_is_never_done_by_gomedic() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("x");
    let manual = Step::Manual { text: "Press the button".into(), command: None };
    let fix = fix([Step::CreateFolder { path, mode: 0o755 }, manual]);
    insta::assert_snapshot!(sandbox.refusal(&fix), @"this is for you to do");
}

#[test]
fn secrets_and_escapes_stay_off_the_screen_and_stay_in_the_file() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("env", "X=\x1b[2J\u{202e}\nGOPROXY=https://kim:hunter2@go.corp,direct\nGOOS=windows\n");
    let fix = fix([Step::UnsetGo { file: path, name: "GOOS".into() }]);
    let host = sandbox.host();
    insta::assert_snapshot!(preview(&host, &fix).remove(0).diff.expect("it has one"), @r"
    --- ~/env
    +++ ~/env
    @@ -1,3 +1,2 @@
     X=\x1b[2J\u{202e}
     GOPROXY=https://kim:xxxxx@go.corp,direct
    -GOOS=windows
    ");
    assert_eq!(preview(&host, &fix).remove(0).target, "~/env");
    assert!(host.machine().recorded.is_none());
    sandbox.prove(&fix);
    sandbox.applied(&fix);
    assert_eq!(sandbox.read("env"), "X=\\x1b[2J\\xe2\\x80\\xae\nGOPROXY=https://kim:hunter2@go.corp,direct\n");
}
