//! Files of every shape: encodings, links, and what is no file at all.

use std::fs;
use std::path::PathBuf;

use gomedic::fix::{ApplyError, plan};
use gomedic::model::{Edit, Step};

use crate::sandbox::{NoPrograms, Sandbox, about, comment_out, edit, fix};

const LINE: &str = "export GOROOT=/opt/go";

fn comment(path: PathBuf) -> gomedic::model::Fix {
    fix([edit(path, comment_out(2, LINE))])
}

#[test]
fn line_ends_encodings_and_a_missing_end_stay() {
    for (before, after) in [
        ("a\r\nexport GOROOT=/opt/go\r\nb\r\n", "a\\r\n# export GOROOT=/opt/go  # gomedic: names no Go\\r\nb\\r\n"),
        ("a\nexport GOROOT=/opt/go", "a\n# export GOROOT=/opt/go  # gomedic: names no Go"),
        ("\u{feff}a\nexport GOROOT=/opt/go\n", "\\xef\\xbb\\xbfa\n# export GOROOT=/opt/go  # gomedic: names no Go\n"),
    ] {
        let sandbox = Sandbox::new();
        let fix = comment(sandbox.write(".bashrc", before));
        sandbox.prove(&fix);
        sandbox.applied(&fix);
        assert_eq!(sandbox.read(".bashrc"), after);
    }
}

#[test]
fn latin_1_stays_latin_1() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", b"# f\xfcr Go\nexport X=\xe4\n");
    let fix = fix([edit(path, comment_out(2, "export X=\u{fffd}"))]);
    sandbox.prove(&fix);
    sandbox.applied(&fix);
    assert_eq!(sandbox.read(".bashrc"), "# f\\xfcr Go\n# export X=\\xe4  # gomedic: names no Go\n");
}

#[test]
fn a_link_stays_and_its_target_is_edited() {
    let sandbox = Sandbox::new();
    sandbox.write("dotfiles/bash/rc", format!("a\n{LINE}\n"));
    sandbox.link("dotfiles/bashrc", "bash/rc");
    let path = sandbox.link(".bashrc", "dotfiles/bashrc");
    let fix = comment(path.clone());
    insta::assert_snapshot!(sandbox.diff(&fix), @r"
    --- ~/dotfiles/bash/rc
    +++ ~/dotfiles/bash/rc
    @@ -1,2 +1,2 @@
     a
    -export GOROOT=/opt/go
    +# export GOROOT=/opt/go  # gomedic: names no Go
    ");
    sandbox.prove(&fix);
    sandbox.applied(&fix);
    assert!(path.is_symlink());
    assert_eq!(fs::read_link(&path).expect("it is a link").to_str(), Some("dotfiles/bashrc"));
}

#[test]
fn a_link_to_a_folder_on_the_way_is_followed() {
    let sandbox = Sandbox::new();
    sandbox.write("dotfiles/go/env", "GOOS=windows\n");
    sandbox.link(".config", "dotfiles");
    let path = sandbox.path(".config/go/env");
    sandbox.prove(&fix([Step::UnsetGo { file: path, name: "GOOS".into() }]));
}

#[test]
fn two_names_of_one_file_are_one_target() {
    let sandbox = Sandbox::new();
    let target = sandbox.write("rc", "a\nb\n");
    let link = sandbox.link(".bashrc", "rc");
    let fix = fix([edit(target, comment_out(1, "a")), edit(link, comment_out(2, "b"))]);
    sandbox.prove(&fix);
    let id = sandbox.applied(&fix);
    assert_eq!(sandbox.state.entry(id).expect("it is in the journal").acts.len(), 1);
}

#[test]
fn a_dangling_link_is_told_or_filled() {
    let sandbox = Sandbox::new();
    let path = sandbox.link(".bashrc", "dotfiles/bashrc");
    insta::assert_snapshot!(sandbox.refusal(&comment(path.clone())), @"~/.bashrc is a link to ~/dotfiles/bashrc, which does not exist");
    let append = fix([edit(path.clone(), Edit::Append { lines: vec!["x".into()] })]);
    sandbox.prove(&append);
    sandbox.applied(&append);
    assert!(path.is_symlink());
    assert_eq!(sandbox.read("dotfiles/bashrc"), "# added by gomedic\nx\n");
}

#[test]
fn what_is_no_ordinary_file_is_refused() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("folder")).expect("a folder can be made");
    rustix::fs::mknodat(rustix::fs::CWD, sandbox.path("fifo"), rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0)
        .expect("a FIFO can be made");
    sandbox.link("circle", "circle");
    sandbox.write("huge", vec![b'#'; 5 << 20]);
    sandbox.write("binary", b"a\nb\0c\n");
    sandbox.write("utf16", b"\xff\xfea\0\n\0");
    let told: Vec<String> = ["none", "folder", "fifo", "circle", "huge", "binary", "utf16", "folder/.."]
        .map(|name| sandbox.refusal(&comment(sandbox.path(name))))
        .to_vec();
    insta::assert_snapshot!(told.join("\n"), @r"
    ~/none does not exist
    ~/folder is a folder
    ~/fifo is not a regular file
    ~/circle is a link that leads in a circle
    ~/huge is too large: 5 MiB, and at most 4 MiB are read
    ~/binary holds NUL bytes: it is not a text file
    ~/utf16 is UTF-16, which gomedic does not edit
    ~/folder/.. is a folder
    ");
    let relative = fix([edit("rc".into(), comment_out(1, "a"))]);
    insta::assert_snapshot!(sandbox.refusal(&relative), @"rc is not an absolute path in UTF-8");
}

#[test]
fn a_file_with_two_names_is_left_alone() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", format!("a\n{LINE}\n"));
    fs::hard_link(&path, sandbox.path("other")).expect("a hard link can be made");
    insta::assert_snapshot!(sandbox.refusal(&comment(path)), @"~/.bashrc has 2 names (hard links); replacing it would part them");
}

#[test]
fn a_file_that_changed_since_the_plan_is_left_alone() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", format!("a\n{LINE}\n"));
    let fix = comment(path);
    let planned = plan(&sandbox.host(), &fix);
    sandbox.write(".bashrc", format!("a\n{LINE}\nb\n"));
    let before = sandbox.tree();
    let error = gomedic::fix::apply(&sandbox.state, &planned, &about(&fix), &NoPrograms).expect_err("it changed");
    assert!(matches!(error, ApplyError::TakenBack { .. }));
    assert!(error.to_string().ends_with(".bashrc has changed since it was looked at; nothing was changed"), "{error}");
    assert_eq!(sandbox.tree(), before);
}

#[test]
fn a_link_that_took_the_place_of_a_file_is_not_followed() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", format!("a\n{LINE}\n"));
    let fix = comment(path.clone());
    let planned = plan(&sandbox.host(), &fix);
    let elsewhere = sandbox.write("elsewhere", format!("a\n{LINE}\n"));
    fs::remove_file(&path).expect("the file can be removed");
    sandbox.link(".bashrc", &elsewhere);
    let before = sandbox.tree();
    gomedic::fix::apply(&sandbox.state, &planned, &about(&fix), &NoPrograms).expect_err("it is a link now");
    assert_eq!(sandbox.tree(), before);
}

#[test]
fn the_owner_stays() {
    let sandbox = Sandbox::new();
    let path = sandbox.write(".bashrc", format!("a\n{LINE}\n"));
    // Only root can give a file away; anybody can keep it.
    let owner = rustix::process::geteuid().is_root().then_some(12345);
    std::os::unix::fs::chown(&path, owner, owner).expect("the owner can be set");
    sandbox.chmod(".bashrc", 0o2640);
    sandbox.prove(&comment(path));
}
