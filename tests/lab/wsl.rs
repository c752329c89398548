//! A machine that looks like a distribution of WSL 2, with a Windows host that
//! answers as told.
//!
//! Real are: the names of the kernel, the links to `/init`, the kernel's table
//! of foreign programs (a binfmt_misc of its own), the start of a program of
//! Windows by it, the sockets, the mounted drives, the networks. gomedic, and
//! what [`Wsl::sees`] starts, see the drives as 9p in their tables of mounts;
//! `statfs` and `uname` still tell of the machine that the lab runs on. Nothing
//! answers at the name server. What Windows answers was only ever seen
//! recorded.
//!
//! The user is root in there. Nothing of it is left when it is dropped, and
//! nothing of it is seen outside.

mod answer;
mod layout;
mod mounts;
mod network;

use std::fs;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

pub use self::answer::{Answer, Manner};
pub use self::mounts::Drive;
pub use self::network::{GATEWAY, Network};
use crate::machine::{Background, Machine};
use crate::namespaces::Namespaces;

/// Where PowerShell lies on the drive of Windows.
pub const POWERSHELL: &str = "Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/// How the distribution is made.
pub struct Distribution {
    /// The kernel's release.
    pub release: String,
    /// The drives of Windows.
    pub drives: Vec<Drive>,
    /// What `wslinfo --networking-mode` says.
    pub networking_mode: String,
    /// How it reaches Windows.
    pub network: Network,
    /// The name of the first process.
    pub first_process: String,
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
            network: Network::Nat,
            first_process: "systemd".to_owned(),
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
    windows: Option<Namespaces>,
    namespaces: Namespaces,
    machine: Machine,
    given: PathBuf,
    _socket: UnixListener,
}

impl Wsl {
    /// Moves a machine into WSL.
    pub fn start(machine: Machine, distribution: &Distribution) -> Wsl {
        let home = machine.home();
        let given = home.ancestors().nth(2).expect("home lies in a folder of the machine").join("wsl");
        let socket = layout::give(&given, distribution);
        let prepare = format!("sh '{0}/prepare' '{0}'", given.display());
        let namespaces = Namespaces::start(distribution.network.kinds(), &prepare);
        let windows = distribution.network.set_up(&namespaces);
        mounts::write(&namespaces.file("mountinfo"), &distribution.drives, &given);
        let machine = machine
            .inside(&namespaces)
            .with_variable("WSL_DISTRO_NAME", "Ubuntu")
            .with_variable("WSL_INTEROP", "/run/WSL/8_interop");
        Wsl { windows, namespaces, machine, given, _socket: socket }
    }

    /// A command line that sees the drives as WSL mounts them. gomedic sees
    /// them so without it.
    pub fn sees(&self, line: &str) -> String {
        format!("{} {line}", layout::launcher(&self.given))
    }

    /// The machine.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// A file on drive C, which need not be there.
    pub fn on_c(&self, name: &str) -> PathBuf {
        self.given.join("windows/c").join(name)
    }

    /// Writes a file on drive C, as if it were there for long.
    pub fn write_on_c(&self, name: &str, content: impl AsRef<[u8]>) {
        layout::write(&self.on_c(name), content);
    }

    /// Starts a real program in the network of Windows; it goes on until the
    /// value is dropped.
    pub fn background_on_windows(&self, program: &Path, arguments: &[&str]) -> Background {
        let words = self.windows.as_ref().unwrap_or(&self.namespaces).words();
        self.machine.background_in(&words, program, arguments)
    }

    /// Puts a program on drive C; it runs this script of the shell.
    pub fn add_program(&self, name: &str, script: &str) {
        layout::add_program(&self.given, name, script);
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

    /// The command lines of all that runs in there but the lab's own.
    pub fn running(&self) -> Vec<String> {
        let keepers = [Some(&self.namespaces), self.windows.as_ref()];
        let keepers: Vec<PathBuf> = keepers.into_iter().flatten().map(Namespaces::folder).collect();
        let view = |process: &Path| fs::read_link(process.join("ns/mnt")).ok();
        let own = view(&self.namespaces.folder()).expect("the keeper lives");
        let processes = fs::read_dir("/proc").expect("Linux has it").filter_map(|entry| Some(entry.ok()?.path()));
        let inside = processes.filter(|process| !keepers.contains(process) && view(process).as_ref() == Some(&own));
        let line = |process: PathBuf| fs::read(process.join("cmdline")).ok();
        let lines = inside.filter_map(line).map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
        // What has ended and waits to be noticed has none any more.
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// A path in there, as this process can see it.
    pub fn seen(&self, path: &str) -> PathBuf {
        self.namespaces.file("root").join(path.trim_start_matches('/'))
    }

    /// The script that PowerShell was last given.
    pub fn script(&self) -> String {
        fs::read_to_string(self.given.join("script")).unwrap_or_default()
    }
}
