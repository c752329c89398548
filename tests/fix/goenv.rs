//! The GOENV file.

use std::path::Path;

use gomedic::model::Step;

use crate::sandbox::{Sandbox, fix};

fn set(path: &Path, name: &str, value: &str) -> Step {
    Step::SetGo { file: path.to_owned(), name: name.into(), value: value.into() }
}

fn unset(path: &Path, name: &str) -> Step {
    Step::UnsetGo { file: path.to_owned(), name: name.into() }
}

#[test]
fn a_setting_is_written_into_a_new_file_and_gone_with_it() {
    let sandbox = Sandbox::new();
    let path = sandbox.path(".config/go/env");
    let fix = fix([set(&path, "GOPROXY", "https://proxy.golang.org,direct"), set(&path, "GOSUMDB", "sum.golang.org")]);
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    +folder ~/.config, mode 0755
    +folder ~/.config/go, mode 0755
    --- /dev/null
    +++ ~/.config/go/env
    +mode 0644
    @@ -0,0 +1 @@
    +GOPROXY=https://proxy.golang.org,direct
    --- ~/.config/go/env
    +++ ~/.config/go/env
    @@ -1 +1,2 @@
     GOPROXY=https://proxy.golang.org,direct
    +GOSUMDB=sum.golang.org
    ");
    sandbox.prove(&fix);
}

#[test]
fn the_last_of_several_counts_and_none_is_left() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("env", "GOOS=plan9\nGOFLAGS=-mod=mod\nGOOS=windows");
    sandbox.prove(&fix([set(&path, "GOOS", "linux")]));
    sandbox.prove(&fix([unset(&path, "GOOS")]));
    sandbox.applied(&fix([unset(&path, "GOOS")]));
    assert_eq!(sandbox.read("env"), "GOFLAGS=-mod=mod\n");
}

#[test]
fn the_last_setting_leaves_an_empty_file() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("env", "GOROOT=/opt/go\n");
    sandbox.prove(&fix([unset(&path, "GOROOT")]));
    sandbox.applied(&fix([unset(&path, "GOROOT")]));
    assert_eq!(sandbox.read("env"), "");
}

#[test]
fn what_go_would_not_read_is_not_written() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("env");
    insta::assert_snapshot!(sandbox.refusal(&fix([set(&path, "goos", "linux")])), @r#""goos" is not a Go setting"#);
    insta::assert_snapshot!(sandbox.refusal(&fix([set(&path, "GOOS", "a\nGOARCH=b")])), @"the value for GOOS is not one line");
}

#[test]
fn nothing_is_unset_where_nothing_is() {
    let sandbox = Sandbox::new();
    let fix = fix([unset(&sandbox.path("none/env"), "GOOS")]);
    assert_eq!(sandbox.apply(&fix).expect("there is nothing to do"), gomedic::fix::Applied::NothingToDo);
    assert!(sandbox.tree().paths().is_empty());
    assert!(!sandbox.state.path().exists(), "nothing done, nothing noted");
}
