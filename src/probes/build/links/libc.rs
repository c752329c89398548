//! What static programs are made of on this machine.

use std::path::Path;

use crate::host::Host;
use crate::probes::build::Compilers;

/// The C library that static programs are made with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StaticLibc {
    /// glibc, with its libc.a.
    Glibc,
    /// glibc, with its headers and without its libc.a.
    GlibcWithoutArchive,
    /// Another one, or one that is not known.
    #[default]
    Other,
}

/// Where libc.a lies.
const ARCHIVES: [&str; 6] = [
    "/usr/lib/x86_64-linux-gnu/libc.a",
    "/usr/lib/aarch64-linux-gnu/libc.a",
    "/usr/lib/arm-linux-gnueabihf/libc.a",
    "/usr/lib/riscv64-linux-gnu/libc.a",
    "/usr/lib64/libc.a",
    "/usr/lib/libc.a",
];

impl StaticLibc {
    pub(super) fn of(host: &dyn Host, compilers: &Compilers) -> StaticLibc {
        let is_musl = host.machine().is_like("alpine") || host.is_file(Path::new("/etc/alpine-release"));
        // A compiler that the user chose may well have its own.
        if is_musl || compilers.c().any(|compiler| compiler.setting.is_some()) {
            return StaticLibc::Other;
        }
        let has_archive = ARCHIVES.iter().any(|path| host.is_file(Path::new(path)));
        let has_headers = host.is_file(Path::new("/usr/include/features.h"));
        if has_headers && !has_archive { StaticLibc::GlibcWithoutArchive } else { StaticLibc::Glibc }
    }
}
