//! Every kind of step: applied twice equals once, undone all is as it was.

use gomedic::model::{Edit, Step};
use serde_json::json;

use crate::sandbox::{Sandbox, comment_out, edit, fix};

#[test]
fn a_line_is_commented_out() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", "alias ll='ls -l'\nexport GOROOT=/opt/go\n");
    sandbox.chmod(".bashrc", 0o640);
    let fix = fix([edit(path, comment_out(2, "export GOROOT=/opt/go"))]);
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    --- ~/.bashrc
    +++ ~/.bashrc
    @@ -1,2 +1,2 @@
     alias ll='ls -l'
    -export GOROOT=/opt/go
    +# export GOROOT=/opt/go  # gomedic: names no Go
    ");
    sandbox.prove(&fix);
}

#[test]
fn a_line_is_replaced_and_others_are_added() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".profile", "PATH=/a\n");
    let edits = vec![
        Edit::ReplaceLine { line: 1, was: "PATH=/a".into(), with: "PATH=/a:$PATH".into() },
        Edit::Append { lines: vec!["PATH=$PATH:/usr/local/go/bin".into()] },
    ];
    let fix = fix([Step::EditFile { path, edits }]);
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    --- ~/.profile
    +++ ~/.profile
    @@ -1 +1,4 @@
    -PATH=/a
    +PATH=/a:$PATH
    +
    +# added by gomedic
    +PATH=$PATH:/usr/local/go/bin
    ");
    sandbox.prove(&fix);
}

#[test]
fn an_rc_file_is_created_with_its_folders_and_removed_with_them() {
    let sandbox = Sandbox::new();
    let path = sandbox.path(".config/fish/config.fish");
    let fix = fix([edit(path, Edit::Append { lines: vec!["fish_add_path /usr/local/go/bin".into()] })]);
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    +folder ~/.config, mode 0755
    +folder ~/.config/fish, mode 0755
    --- /dev/null
    +++ ~/.config/fish/config.fish
    +mode 0644
    @@ -0,0 +1,2 @@
    +# added by gomedic
    +fish_add_path /usr/local/go/bin
    ");
    let after = sandbox.prove(&fix);
    assert_eq!(after.paths(), [".config", ".config/fish", ".config/fish/config.fish"]);
}

#[test]
fn settings_of_an_editor_are_set_and_removed() {
    let sandbox = Sandbox::new();
    let path =
        sandbox.write("settings.json", "{\n  // tools\n  \"go.goroot\": \"/old\",\n  \"go.gopath\": \"/p\"\n}\n");
    let edits = vec![
        Edit::RemoveJson { keys: vec!["go.goroot".into()] },
        Edit::SetJson { keys: vec!["go.alternateTools".into(), "go".into()], value: json!("/usr/bin/go") },
    ];
    let fix = fix([Step::EditFile { path, edits }]);
    insta::assert_snapshot!(sandbox.diff(&fix), @r#"
    --- ~/settings.json
    +++ ~/settings.json
    @@ -1,5 +1,7 @@
     {
       // tools
    -  "go.goroot": "/old",
    -  "go.gopath": "/p"
    +  "go.gopath": "/p",
    +  "go.alternateTools": {
    +    "go": "/usr/bin/go"
    +  }
     }
    "#);
    sandbox.prove(&fix);
}

#[test]
fn a_file_is_written_anew_or_over_another() {
    let sandbox = Sandbox::new();
    let write = |path| fix([Step::WriteFile { path, content: "new\n".into(), mode: 0o600 }]);
    sandbox.prove(&write(sandbox.path("a/b/secret")));
    let old = sandbox.write("old", "old\n");
    sandbox.chmod("old", 0o4755);
    // Whoever has a file keeps its mode.
    insta::assert_snapshot!(sandbox.diff(&write(old.clone())), @r"
    --- ~/old
    +++ ~/old
    @@ -1 +1 @@
    -old
    +new
    ");
    sandbox.prove(&write(old));
}

#[test]
fn folders_are_created_for_owner_alone_where_the_file_is() {
    let sandbox = Sandbox::new();
    let path = sandbox.path(".ssh/config");
    let fix = fix([Step::WriteFile { path, content: String::new(), mode: 0o600 }]);
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    +folder ~/.ssh, mode 0700
    --- /dev/null
    +++ ~/.ssh/config
    +mode 0600
    ");
    sandbox.prove(&fix);
}

#[test]
fn folders_are_created() {
    let sandbox = Sandbox::new();
    sandbox.prove(&fix([Step::CreateFolder { path: sandbox.path("a/b/c"), mode: 0o1777 }]));
    sandbox.write("file", "");
    let onto_file = fix([Step::CreateFolder { path: sandbox.path("file/x"), mode: 0o755 }]);
    insta::assert_snapshot!(sandbox.refusal(&onto_file), @"~/file is not a folder");
}

#[test]
fn modes_of_files_and_folders_are_set() {
    let sandbox = Sandbox::new();
    let netrc = sandbox.write(".netrc", "machine x password y\n");
    sandbox.chmod(".netrc", 0o644);
    let fix_mode = fix([Step::SetMode { path: netrc, mode: 0o600 }]);
    insta::assert_snapshot!(sandbox.diff(&fix_mode), @r"
    --- ~/.netrc
    +++ ~/.netrc
    -mode 0644
    +mode 0600
    ");
    sandbox.prove(&fix_mode);
    let folder = sandbox.write("folder/x", "").parent().expect("it lies in a folder").to_owned();
    sandbox.prove(&fix([Step::SetMode { path: folder, mode: 0o711 }]));
    let absent = fix([Step::SetMode { path: sandbox.path("none"), mode: 0o600 }]);
    insta::assert_snapshot!(sandbox.refusal(&absent), @"~/none does not exist");
}

#[test]
fn steps_on_one_file_become_one_change() {
    let sandbox = Sandbox::new();
    let path = sandbox.write("tool", "a\nb\n");
    let replace = |line, was: &str, with: &str| {
        edit(path.clone(), Edit::ReplaceLine { line, was: was.into(), with: with.into() })
    };
    let mode = Step::SetMode { path: path.clone(), mode: 0o700 };
    let all = fix([mode, replace(1, "a", "c"), replace(2, "b", "d")]);
    sandbox.prove(&all);
    let id = sandbox.applied(&all);
    assert_eq!(sandbox.state.entry(id).expect("it is in the journal").acts.len(), 1);
    assert_eq!(sandbox.read("tool"), "c\nd\n");
}
