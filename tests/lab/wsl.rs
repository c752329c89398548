//! A machine that looks like a distribution of WSL 2, with a Windows host that
//! answers as told.
//!
//! Real are: the names of the kernel, the links to `/init`, the kernel's table
//! of foreign programs (a binfmt_misc of its own), the start of a program of
//! Windows by it, the sockets, the mounted drives. A process that
//! [`Wsl::sees`] starts sees the drives as 9p in its table of mounts; `statfs`
//! and `uname` still tell of the machine that the lab runs on. What Windows
//! answers was only ever seen recorded.
//!
//! The user is root in there. Nothing of it is left when it is dropped, and
//! nothing of it is seen outside.

mod answer;
mod mounts;

use std::fs;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

pub use self::answer::{Answer, Manner};
pub use self::mounts::Drive;
use crate::machine::Machine;
use crate::namespace::Namespace;

/// Where PowerShell lies on the drive of Windows.
pub const POWERSHELL: &str = "Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/// What a program of Windows begins with.
const MAGIC: &[u8] = b"MZ\x90\x00";

/// The program that shows gomedic the drives as WSL mounts them: a file over
/// its own table of mounts, which goes when the process ends.
const LAUNCHER: &str = "#!/bin/sh\nfor name in mountinfo mounts; do mount --bind 'GIVEN'/$name /proc/$$/$name || exit; done\nexec \"$@\"\n";

/// How the distribution is made.
pub struct Distribution {
    /// The kernel's release.
    pub release: String,
    /// The drives of Windows.
    pub drives: Vec<Drive>,
    /// What `wslinfo --networking-mode` says.
    pub networking_mode: String,
    /// Files of `/etc`, such as `wsl.conf`.
    pub etc: Vec<(String, Vec<u8>)>,
    /// What PowerShell answers.
    pub answer: Answer,
}

impl Distribution {
    /// As a new Ubuntu has it: drive C, NAT, an answer at once.
    pub fn new() -> Distribution {
        Distribution {
            release: "6.6.87.2-microsoft-standard-WSL2".to_owned(),
            drives: vec![Drive::new('c')],
            networking_mode: "nat".to_owned(),
            etc: vec![("wsl.conf".to_owned(), b"[boot]\nsystemd=true\n".to_vec())],
            answer: Answer::recorded(Manner::Good),
        }
    }

    /// Puts a file into `/etc`.
    pub fn with_etc(mut self, name: &str, content: impl Into<Vec<u8>>) -> Distribution {
        self.etc.retain(|(other, _)| other != name);
        self.etc.push((name.to_owned(), content.into()));
        self
    }

    /// Lets PowerShell answer so.
    pub fn with_answer(mut self, answer: Answer) -> Distribution {
        self.answer = answer;
        self
    }
}

/// A machine within WSL.
pub struct Wsl {
    _namespace: Namespace,
    machine: Machine,
    given: PathBuf,
    _socket: UnixListener,
}

impl Wsl {
    /// Moves a machine into WSL.
    pub fn start(machine: Machine, distribution: &Distribution) -> Wsl {
        let given = machine.beside("wsl");
        let socket = give(&given, distribution);
        let prepare = format!("sh '{0}/prepare' '{0}'", given.display());
        let namespace = Namespace::start(&["--user", "--map-root-user", "--mount"], &prepare);
        mounts::write(&namespace.file("mountinfo"), &distribution.drives, &given);
        let machine = machine
            .within(&namespace)
            .with_variable("WSL_DISTRO_NAME", "Ubuntu")
            .with_variable("WSL_INTEROP", "/run/WSL/8_interop")
            .with_launcher(&launcher(&given));
        Wsl { _namespace: namespace, machine, given, _socket: socket }
    }

    /// A command line that sees the drives as WSL mounts them, as gomedic
    /// does.
    pub fn sees(&self, line: &str) -> String {
        format!("{} {line}", launcher(&self.given))
    }

    /// The machine.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// A file on drive C, which need not be there.
    pub fn on_c(&self, name: &str) -> PathBuf {
        self.given.join("windows/c").join(name)
    }

    /// Writes a file on drive C.
    pub fn write_on_c(&self, name: &str, content: impl AsRef<[u8]>) {
        write(&self.on_c(name), content);
    }

    /// Puts a program on drive C; it runs this script of the shell.
    pub fn add_program(&self, name: &str, script: &str) {
        add_program(&self.given, name, script);
    }

    /// Lets PowerShell answer so from now on.
    pub fn answer(&self, answer: &Answer) {
        answer.write(&self.given.join("answer"));
    }

    /// The calls of programs of Windows so far, each as lines of `name=value`:
    /// `program`, `folder`, `input`, `argument`, `variable`.
    pub fn calls(&self) -> Vec<String> {
        let text = fs::read_to_string(self.given.join("calls")).unwrap_or_default();
        text.split_terminator("\n\n").map(str::to_owned).collect()
    }

    /// The script that PowerShell was last given.
    pub fn script(&self) -> String {
        fs::read_to_string(self.given.join("script")).unwrap_or_default()
    }
}

fn launcher(given: &Path) -> String {
    format!("sh {}/launcher", given.display())
}

/// Lays out what the namespace is made from.
fn give(given: &Path, distribution: &Distribution) -> UnixListener {
    let text = |text: &str| text.replace("GIVEN", &given.display().to_string());
    write(&given.join("prepare"), include_str!("wsl/prepare.sh"));
    write(&given.join("init"), text(include_str!("wsl/init.sh")));
    write(&given.join("launcher"), text(LAUNCHER));
    write(&given.join("wslinfo/mode"), format!("{}\n", distribution.networking_mode));
    write(&given.join("wslinfo/version"), "2.6.1\n");
    write(&given.join("resolv.conf"), include_str!("../wsl-samples/resolv-conf-nat-tunnel.txt"));
    let release = &distribution.release;
    write(&given.join("proc/osrelease"), format!("{release}\n"));
    let version = format!("Linux version {release} (root@439a258ad544) (gcc (GCC) 11.2.0) #1 SMP PREEMPT_DYNAMIC\n");
    write(&given.join("proc/version"), version);
    write(&given.join("proc/cmdline"), include_str!("../wsl-samples/proc-cmdline-wsl2.txt"));
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
    add_program(given, POWERSHELL, include_str!("wsl/powershell.sh"));
    distribution.answer.write(&given.join("answer"));
    for folder in ["root", "sockets"] {
        fs::create_dir_all(given.join(folder)).expect("a folder can be made");
    }
    listen(&given.join("sockets"), "8_interop")
}

fn add_program(given: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = given.join("windows/c").join(name);
    write(&path, MAGIC);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
    let name = path.file_name().expect("a program has a name");
    write(&given.join("programs").join(name), script);
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(path, content).expect("a file can be written");
}

/// A socket in a folder of any depth: its address must be short.
fn listen(folder: &Path, name: &str) -> UnixListener {
    use std::os::fd::AsRawFd;
    let open = fs::File::open(folder).expect("it was made");
    let address = format!("/proc/self/fd/{}/{name}", open.as_raw_fd());
    UnixListener::bind(address).expect("a socket can be made")
}
