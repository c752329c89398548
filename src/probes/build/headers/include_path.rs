//! Where a compiler of the system looks for headers by itself.

use std::path::{Path, PathBuf};

use crate::host::{FileKind, Format, Host, Machine};
use crate::model::Missing;

/// A compiler with the folders in which it looks for the headers of the C
/// library.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct IncludePath {
    /// The program, links followed.
    pub(super) program: PathBuf,
    /// The folders.
    pub(super) folders: Vec<PathBuf>,
}

/// Where GCC keeps its own parts, by target and version.
const GCC_PARTS: [&str; 2] = ["/usr/lib/gcc", "/usr/lib64/gcc"];

/// A header that comes with the compiler, not with the C library.
const OWN_HEADER: &str = "include/stddef.h";

impl IncludePath {
    /// That of a GCC or a Clang which came with the system and has its own
    /// headers in the usual place. None for any other: a wrapper, a cross
    /// compiler, one with a prefix of its own.
    pub(super) fn of(host: &dyn Host, program: PathBuf) -> Option<IncludePath> {
        let name = program.file_name()?.to_str()?.to_owned();
        let is_of_system =
            program.starts_with("/usr/bin") || program.starts_with("/bin") || program.starts_with("/usr/lib/llvm-");
        let is_program = || host.binary(&program).is_ok_and(|binary| binary.format == Format::Elf);
        if !is_of_system || !is_program() {
            return None;
        }
        let targets = targets(host);
        if is_clang(&name) {
            if !has_clang_parts(host, &program) {
                return None;
            }
        } else {
            let prefix = gcc_prefix(&name)?;
            let is_target =
                |target: &String| if prefix.is_empty() { is_native(target, host.machine()) } else { target == prefix };
            if !targets.iter().any(is_target) || !prefix.is_empty() && !is_native(prefix, host.machine()) {
                return None;
            }
        }
        let mut folders: Vec<PathBuf> = vec!["/usr/local/include".into(), "/usr/include".into()];
        for target in targets.iter().filter(|target| is_native(target, host.machine())) {
            folders.push(Path::new("/usr/include").join(target));
            folders.push(Path::new("/usr").join(target).join("include"));
            folders.push(Path::new("/usr").join(target).join("sys-root/usr/include"));
        }
        Some(IncludePath { program, folders })
    }

    /// Whether none of the folders has a header.
    pub(super) fn lacks(&self, host: &dyn Host, header: &str) -> Result<bool, Missing> {
        for folder in &self.folders {
            match host.stat(&folder.join(header)) {
                Ok(_) => return Ok(false),
                Err(missing) if missing.is_absent() => {}
                Err(missing) => return Err(missing),
            }
        }
        Ok(true)
    }
}

/// The targets of which GCC has its own headers here.
fn targets(host: &dyn Host) -> Vec<String> {
    let folders = |path: &Path| {
        let entries = host.read_dir(path).unwrap_or_default().into_iter();
        entries.filter(|entry| entry.kind == FileKind::Folder).map(|entry| entry.name).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for parts in GCC_PARTS.map(Path::new) {
        for target in folders(parts) {
            let of_target = parts.join(&target);
            if folders(&of_target).iter().any(|version| host.is_file(&of_target.join(version).join(OWN_HEADER))) {
                found.push(target);
            }
        }
    }
    found
}

fn has_clang_parts(host: &dyn Host, program: &Path) -> bool {
    let prefix = program.parent().and_then(Path::parent).unwrap_or(Path::new("/usr"));
    let places = [prefix.join("lib/clang"), prefix.join("lib64/clang"), "/usr/lib/clang".into()];
    places.iter().any(|place| {
        let versions = host.read_dir(place).unwrap_or_default();
        versions.iter().any(|version| host.is_file(&version.path.join(OWN_HEADER)))
    })
}

fn is_clang(name: &str) -> bool {
    name.strip_prefix("clang").is_some_and(is_version)
}

/// `x86_64-linux-gnu` of `x86_64-linux-gnu-gcc-12`, and nothing of `gcc-12`
/// or `cc`. None for what is no GCC by its name.
fn gcc_prefix(name: &str) -> Option<&str> {
    if name == "cc" {
        return Some("");
    }
    let (prefix, version) = name.rsplit_once("gcc")?;
    if !is_version(version) {
        return None;
    }
    if prefix.is_empty() { Some("") } else { prefix.strip_suffix('-') }
}

/// True for `-12`, `-12.2` and nothing at all.
fn is_version(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix('-').is_some_and(|number| number.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

/// True for a target of this machine's own system and architecture.
pub(in crate::probes::build) fn is_native(target: &str, machine: &Machine) -> bool {
    let architecture = target.split('-').next().unwrap_or_default();
    let is_own = match machine.goarch() {
        "386" => matches!(architecture, "i386" | "i486" | "i586" | "i686"),
        "amd64" => architecture == "x86_64",
        "arm" => architecture.starts_with("arm"),
        "arm64" => architecture == "aarch64",
        "ppc64le" => matches!(architecture, "powerpc64le" | "ppc64le"),
        "loong64" => architecture == "loongarch64",
        other => architecture == other,
    };
    is_own && target.contains("linux")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compilers_are_told_by_their_names() {
        assert_eq!(gcc_prefix("x86_64-linux-gnu-gcc-12"), Some("x86_64-linux-gnu"));
        assert_eq!(gcc_prefix("gcc"), Some(""));
        assert_eq!(gcc_prefix("gcc-13.2"), Some(""));
        assert_eq!(gcc_prefix("cc"), Some(""));
        for other in ["gcc-ar", "gcc-wrapper", "ccache", "xgcc", "zig", "\u{fffd}"] {
            assert_eq!(gcc_prefix(other), None, "{other}");
        }
        assert!(is_clang("clang") && is_clang("clang-14") && !is_clang("clang++") && !is_clang("clangd"));
    }
}
