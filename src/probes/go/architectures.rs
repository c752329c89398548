use std::path::{Path, PathBuf};

use super::toolchains::Toolchains;
use crate::host::{Format, Host};
use crate::model::{Context, Missing};
use crate::probes::system::{HandlerTable, TableState};
use crate::probes::{Fact, Probing};

/// The architectures that the `go` commands in use were built for, beside
/// that of the system around them.
#[derive(Debug)]
pub struct Architectures {
    /// That of the system's own programs, as Go names it: a 32-bit system may
    /// run on a 64-bit kernel.
    pub system: String,
    /// Where that was read; None when it is the kernel's.
    pub read_from: Option<PathBuf>,
    /// The `go` commands, each once.
    pub commands: Vec<GoArch>,
}

/// A `go` command with what it was built for.
#[derive(Debug)]
pub struct GoArch {
    /// The command.
    pub path: PathBuf,
    /// The contexts in which it runs.
    pub contexts: Vec<Context>,
    /// What it was built for, as Go names it; None for a script.
    pub arch: Result<Option<String>, Missing>,
    /// Whether the kernel can run it, where it is another architecture.
    pub emulation: Emulation,
}

/// Whether the kernel hands programs of another architecture to an emulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Emulation {
    /// It does; this is the handler's name.
    Handler(String),
    /// It uses none for this one.
    None,
    /// The list of handlers is not there to be read, as in a container.
    Unknown,
}

/// A program that every system has.
const SHELL: &str = "/bin/sh";

impl Fact for Architectures {
    const ID: &'static str = "go-architectures";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let (toolchains, handlers) = (probing.get::<Toolchains>()?, probing.get::<HandlerTable>()?);
        let shell = host.binary(Path::new(SHELL)).ok().filter(|binary| binary.format == Format::Elf);
        let shell = shell.and_then(|binary| binary.goarch);
        let mut commands: Vec<GoArch> = Vec::new();
        for (context, command) in toolchains.actives() {
            // Behind a shim, the root's own command is the one that runs.
            let path = match (&command.root, command.shim) {
                (Some(root), true) => root.join("bin/go"),
                _ => command.real.clone(),
            };
            match commands.iter_mut().find(|known| known.path == path) {
                Some(known) => known.contexts.push(context),
                None => commands.push(GoArch::read(host, &handlers, path, context)),
            }
        }
        Ok(Architectures {
            read_from: shell.is_some().then(|| PathBuf::from(SHELL)),
            system: shell.unwrap_or_else(|| host.machine().goarch().to_owned()),
            commands,
        })
    }
}

impl GoArch {
    fn read(host: &dyn Host, handlers: &HandlerTable, path: PathBuf, context: Context) -> GoArch {
        let arch = host.binary(&path).map(|binary| match binary.format {
            Format::Script => None,
            _ => binary.goarch,
        });
        let emulation = match &arch {
            Ok(Some(arch)) => Emulation::of(handlers, arch),
            _ => Emulation::Unknown,
        };
        GoArch { path, contexts: vec![context], arch, emulation }
    }
}

impl Emulation {
    fn of(handlers: &HandlerTable, arch: &str) -> Emulation {
        match handlers.state {
            Ok(TableState::On) => {}
            Ok(TableState::Off) => return Emulation::None,
            Err(_) => return Emulation::Unknown,
        }
        let handles = |name: &&String| emulated(arch).iter().any(|known| name.eq_ignore_ascii_case(known));
        handlers.names.iter().find(handles).map_or(Emulation::None, |name| Emulation::Handler(name.clone()))
    }
}

/// The names under which emulators of an architecture are registered.
fn emulated(arch: &str) -> &'static [&'static str] {
    match arch {
        "amd64" => &["qemu-x86_64", "rosetta", "FEX-x86_64", "box64"],
        "386" => &["qemu-i386", "FEX-x86", "box86"],
        "arm64" => &["qemu-aarch64"],
        "arm" => &["qemu-arm"],
        "riscv64" => &["qemu-riscv64"],
        "ppc64le" => &["qemu-ppc64le"],
        "s390x" => &["qemu-s390x"],
        "loong64" => &["qemu-loongarch64"],
        _ => &[],
    }
}
