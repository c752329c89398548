//! The first thing that keeps a program from running, in the order in which
//! the kernel and the loader come upon them.

use std::path::{Path, PathBuf};

use super::kernel::Kernel;
use super::loader::{Extent, Found};
use super::{processor, script};
use crate::host::{Access, FileKind, Host, Machine};
use crate::model::inspect::{Obstacle, Platform};
use crate::model::{Binary, Format};

/// The program that the kernel hands the file to, if that is how it runs, and
/// the first obstacle.
pub(super) fn first(
    host: &dyn Host,
    kernel: &Kernel,
    place: &Path,
    binary: &Binary,
    found: &Found,
) -> (Option<PathBuf>, Option<Obstacle>) {
    let machine = host.machine();
    let (handler, platform) = match other_platform(machine, binary) {
        None => (None, None),
        Some(obstacle) => match kernel.handler(host, &binary.start) {
            Some(handler) => (Some(handler.interpreter.clone()), None),
            None => (None, Some(obstacle)),
        },
    };
    let inside = || match binary.format {
        Format::Script => script::obstacle(host, binary),
        Format::Elf => of_elf(host, kernel, binary, found),
        _ => None,
    };
    let obstacle = platform.or_else(inside).or_else(|| forbidden(host, place, handler.is_some()));
    (handler, obstacle)
}

/// That it is for another system or architecture than this. The kernel runs
/// 32-bit programs of the same family.
fn other_platform(machine: &Machine, binary: &Binary) -> Option<Obstacle> {
    let here = Platform { goos: machine.goos().to_owned(), goarch: machine.goarch().to_owned() };
    // Of systems whose headers say nothing, Linux is taken for granted; a
    // module of WebAssembly runs in any host that has what it imports.
    let goos = match (&binary.goos, binary.format) {
        (Some(goos), _) => goos.clone(),
        (None, Format::Elf) => "linux".to_owned(),
        (None, Format::Other) => "any".to_owned(),
        (None, _) => return None,
    };
    let goarch = binary.goarch.clone()?;
    // Android is Linux with another loader, which is looked for later.
    let same_system = goos == here.goos || goos == "android" && here.goos == "linux";
    let same_family = goarch == here.goarch
        || matches!(
            (here.goos.as_str(), here.goarch.as_str(), goarch.as_str()),
            ("linux" | "windows", "amd64", "386") | ("linux", "arm64", "arm") | ("darwin", "arm64", "amd64")
        );
    (!same_system || !same_family).then_some(Obstacle::Platform { built: Platform { goos, goarch }, here })
}

fn of_elf(host: &dyn Host, kernel: &Kernel, binary: &Binary, found: &Found) -> Option<Obstacle> {
    if binary.goarch.as_deref() == Some("amd64")
        && host.machine().goarch() == "amd64"
        && let Some(obstacle) = processor::obstacle(binary, kernel.processor(host))
    {
        return Some(obstacle);
    }
    let interpreter = binary.interpreter.as_ref()?;
    if host.stat(interpreter).is_err_and(|missing| missing.is_absent()) {
        return Some(Obstacle::Loader(interpreter.clone()));
    }
    if !is_usable(host, interpreter) || host.binary(interpreter).is_ok_and(|it| it.format != Format::Elf) {
        return Some(Obstacle::Unusable(interpreter.clone()));
    }
    if found.extent == Extent::Whole && !found.lacking.is_empty() {
        return Some(Obstacle::Libraries(found.lacking.clone()));
    }
    (!found.old.is_empty()).then(|| Obstacle::Versions(found.old.clone()))
}

/// Whether it is a file that this user may execute; where that cannot be told,
/// it is taken for one.
pub(super) fn is_usable(host: &dyn Host, program: &Path) -> bool {
    host.stat(program).map_or(true, |stat| stat.kind == FileKind::File)
        && host.access(program, Access::Execute).unwrap_or(true)
}

/// That this user may not execute it, or nobody may.
fn forbidden(host: &dyn Host, place: &Path, handed_over: bool) -> Option<Obstacle> {
    if host.machine().os == "windows" {
        return None;
    }
    if let (Ok(false), Ok(stat)) = (host.access(place, Access::Execute), host.stat(place)) {
        let may = host.filesystem(place).ok().filter(|system| system.noexec);
        return Some(may.map_or(Obstacle::Mode(stat.mode), |system| Obstacle::NoExec(system.mount_point)));
    }
    let system = host.filesystem(place).ok().filter(|system| system.noexec && !handed_over)?;
    Some(Obstacle::NoExec(system.mount_point))
}
