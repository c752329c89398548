//! The files that a distribution is made from.

use std::fs;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::mounts::Drive;
use super::{Distribution, POWERSHELL};

/// The folders of Windows' users: one of a person, and two that are always
/// there.
const USERS: [&str; 3] = ["me", "Default", "Public"];

/// What a program of Windows begins with.
const MAGIC: &[u8] = b"MZ\x90\x00";

/// A program that shows another one the drives as WSL mounts them: a file over
/// its own table of mounts, which goes when the process ends.
const LAUNCHER: &str =
    "#!/bin/sh\nfor name in mountinfo mounts; do mount --bind 'GIVEN'/$name /proc/$$/$name || exit; done\n";

/// The program that is tested; in there it starts behind the launcher.
const GOMEDIC: &str = env!("CARGO_BIN_EXE_gomedic");

/// The words before a command line that is to see the drives as WSL mounts
/// them.
pub fn launcher(given: &Path) -> String {
    format!("sh {}/launcher", given.display())
}

/// Lays out what the namespace is made from.
pub fn give(given: &Path, distribution: &Distribution) -> UnixListener {
    let text = |text: &str| text.replace("GIVEN", &given.display().to_string());
    write(&given.join("prepare"), include_str!("prepare.sh").replace("GOMEDIC", GOMEDIC));
    write(&given.join("init"), text(include_str!("init.sh")));
    write(&given.join("launcher"), text(&format!("{LAUNCHER}exec \"$@\"\n")));
    let program = given.join("gomedic");
    write(&program, text(&format!("{LAUNCHER}exec 'GIVEN'/tested \"$@\"\n")));
    make_executable(&program);
    write(&given.join("tested"), "");
    write(&given.join("wslinfo/mode"), format!("{}\n", distribution.networking_mode));
    write(&given.join("wslinfo/version"), "2.6.1\n");
    write(&given.join("resolv.conf"), include_str!("../../wsl-samples/resolv-conf-nat-tunnel.txt"));
    let release = &distribution.release;
    write(&given.join("proc/osrelease"), format!("{release}\n"));
    let version = format!("Linux version {release} (root@439a258ad544) (gcc (GCC) 11.2.0) #1 SMP PREEMPT_DYNAMIC\n");
    write(&given.join("proc/version"), version);
    write(&given.join("proc/comm"), format!("{}\n", distribution.first_process));
    write(&given.join("proc/cmdline"), include_str!("../../wsl-samples/proc-cmdline-wsl2.txt"));
    fs::create_dir_all(given.join("etc")).expect("a folder can be made");
    for (name, content) in &distribution.etc {
        write(&given.join("etc").join(name), content);
    }
    let drive = |drive: &Drive| {
        let folder = given.join("windows").join(&drive.folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        format!("{}\t{}\n", folder.display(), drive.point)
    };
    write(&given.join("drives"), distribution.drives.iter().map(drive).collect::<String>());
    for folder in USERS {
        fs::create_dir_all(given.join("windows/c/Users").join(folder)).expect("a folder can be made");
    }
    add_program(given, POWERSHELL, include_str!("powershell.sh"));
    distribution.answer.write(&given.join("answer"));
    for folder in ["root", "sockets"] {
        fs::create_dir_all(given.join(folder)).expect("a folder can be made");
    }
    listen(&given.join("sockets"), "8_interop")
}

/// Puts a program on drive C, with the script that it runs.
pub fn add_program(given: &Path, name: &str, script: &str) {
    let path = given.join("windows/c").join(name);
    write(&path, MAGIC);
    make_executable(&path);
    let name = path.file_name().expect("a program has a name");
    write(&given.join("programs").join(name), script);
}

fn make_executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(path, content).expect("a file can be written");
    // From before the machine was started: what is newer waits for a restart.
    let file = fs::File::options().append(true).open(path).expect("it was written");
    file.set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).expect("a time can be set");
}

/// A socket in a folder of any depth: its address must be short.
fn listen(folder: &Path, name: &str) -> UnixListener {
    let open = fs::File::open(folder).expect("it was made");
    let address = format!("/proc/self/fd/{}/{name}", open.as_raw_fd());
    UnixListener::bind(address).expect("a socket can be made")
}
