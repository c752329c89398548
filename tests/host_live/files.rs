//! Things that are not what a probe hopes for.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use gomedic::host::live::Live;
use gomedic::host::{Access, FileKind, Format, Host, TEXT_LIMIT};
use gomedic::model::Reason;

use crate::home::{Home, Mode, PATIENT, SH, assert_missing, is_root};

fn live(home: &Home) -> Live {
    home.live(Mode::Direct, Path::new(SH), PATIENT)
}

#[test]
fn what_is_no_file_is_named_and_not_waited_for() {
    let home = Home::new();
    let live = live(&home);
    let fifo = home.fifo(".bashrc");
    assert_missing(live.read_text(&fifo), Reason::Failed, "~/.bashrc is a FIFO, not a file");
    let socket = home.path().join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    assert_missing(live.read_text(&socket), Reason::Failed, "~/socket is a socket, not a file");
    assert_missing(live.read_text(home.path()), Reason::Failed, "~ is a folder, not a file");
    assert_missing(live.read(Path::new("/dev/zero"), 10), Reason::Failed, "/dev/zero is a device, not a file");
    assert_missing(live.read(&home.path().join("none"), 10), Reason::Absent, "~/none: No such file");
    assert_missing(live.binary(&fifo), Reason::Failed, "is a FIFO");
}

#[test]
fn links_that_go_round_are_told() {
    let home = Home::new();
    let live = live(&home);
    let (one, two) = (home.path().join("one"), home.path().join("two"));
    symlink(&two, &one).unwrap();
    symlink(&one, &two).unwrap();
    assert_missing(live.read_text(&one), Reason::Failed, "~/one is in a loop of symbolic links");
    assert_missing(live.stat(&one), Reason::Failed, "loop");
    assert_missing(live.canonical(&one), Reason::Failed, "loop");
    assert_eq!(live.link_stat(&one).unwrap().kind, FileKind::Link);
    assert_eq!(live.read_link(&one).unwrap(), two);
}

#[test]
fn too_large_a_file_is_not_read() {
    let home = Home::new();
    let live = live(&home);
    let path = home.write(".zshrc", "");
    fs::File::options().write(true).open(&path).unwrap().set_len(50 << 20).unwrap();
    assert_missing(live.read_text(&path), Reason::Failed, "~/.zshrc is too large: 50 MiB, and at most 4 MiB are read");
    fs::File::options().write(true).open(&path).unwrap().set_len(TEXT_LIMIT).unwrap();
    assert_eq!(live.read_text(&path).unwrap().len() as u64, TEXT_LIMIT);
}

#[test]
fn files_of_the_kernel_without_a_size_are_read() {
    let home = Home::new();
    if Path::new("/proc/self/status").exists() {
        assert!(live(&home).read_text(Path::new("/proc/self/status")).unwrap().contains("Pid:"));
    }
}

#[test]
fn what_may_not_be_read_is_denied() {
    let home = Home::new();
    let live = live(&home);
    let path = home.write("secret", "x");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    assert_eq!(live.stat(&path).unwrap().mode, 0o000);
    assert!(!live.access(&path, Access::Execute).unwrap());
    if is_root() {
        assert_eq!(live.read_text(&path).unwrap(), "x");
    } else {
        assert_missing(live.read_text(&path), Reason::Denied, "~/secret: Permission denied");
        assert!(!live.access(&path, Access::Read).unwrap());
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    let home = Home::new();
    let path = home.write("latin", b"caf\xe9");
    assert_eq!(live(&home).read_text(&path).unwrap(), "caf\u{fffd}");
}

#[test]
fn a_folder_lists_what_its_entries_are() {
    let home = Home::new();
    home.write("folder/file", "");
    symlink("nowhere", home.path().join("folder/link")).unwrap();
    fs::create_dir(home.path().join("folder/sub")).unwrap();
    home.fifo("folder/fifo");
    let live = live(&home);
    let mut entries = live.read_dir(&home.path().join("folder")).unwrap();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let found: Vec<_> = entries.iter().map(|entry| (entry.name.as_str(), entry.kind)).collect();
    let expected =
        [("fifo", FileKind::Special), ("file", FileKind::File), ("link", FileKind::Link), ("sub", FileKind::Folder)];
    assert_eq!(found, expected);
    assert_missing(live.read_dir(&home.path().join("none")), Reason::Absent, "~/none");
    assert_missing(live.stat(&home.path().join("folder/link")), Reason::Absent, "");
}

#[test]
fn access_tells_what_a_mode_allows() {
    let home = Home::new();
    let live = live(&home);
    let program = home.script("tool", "#!/bin/sh\n");
    assert!(live.is_executable(Path::new(&program)));
    assert!(!live.is_executable(home.path()));
    assert!(live.access(home.path(), Access::Write).unwrap());
    assert_missing(live.access(&home.path().join("none"), Access::Read), Reason::Absent, "~/none");
}

#[test]
fn a_path_that_does_not_exist_lies_where_its_folder_does() {
    let home = Home::new();
    let live = live(&home);
    let here = live.filesystem(home.path()).unwrap();
    assert!(home.path().canonicalize().unwrap().starts_with(&here.mount_point), "{here:?}");
    assert!(here.free_bytes <= here.total_bytes && !here.kind.is_empty(), "{here:?}");
    let there = live.filesystem(&home.path().join("not/yet/there")).unwrap();
    assert_eq!((there.mount_point, there.kind), (here.mount_point, here.kind));
}

#[test]
fn a_plain_file_has_no_capabilities() {
    let home = Home::new();
    let path = home.write("tool", "");
    assert_eq!(live(&home).capabilities(&path).unwrap(), Vec::<String>::new());
    assert_missing(live(&home).capabilities(&home.path().join("none")), Reason::Absent, "~/none");
}

#[test]
fn damaged_binaries_are_told_apart_from_others() {
    let home = Home::new();
    let live = live(&home);
    assert_missing(live.binary(&home.write("cut", b"\x7fELF\x02\x01")), Reason::Damaged, "~/cut is damaged");
    assert_eq!(live.binary(&home.write("empty", "")).unwrap().format, Format::Other);
    let own = live.binary(Path::new(env!("CARGO_BIN_EXE_gomedic"))).unwrap();
    assert_eq!(own.goarch.as_deref(), Some(live.machine().goarch()));
}
