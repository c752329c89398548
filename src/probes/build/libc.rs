use std::path::Path;

/// A C library of Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Libc {
    /// That of most distributions.
    Glibc,
    /// That of Alpine.
    Musl,
}

impl Libc {
    /// The library by the name of its loader.
    #[must_use]
    pub fn of_loader(loader: &Path) -> Option<Libc> {
        let name = loader.file_name()?.to_str()?;
        if name.starts_with("ld-musl-") {
            Some(Libc::Musl)
        } else if name.starts_with("ld-linux") || name.starts_with("ld64.so") {
            Some(Libc::Glibc)
        } else {
            None
        }
    }

    /// The library that a C compiler links against, where its name says so:
    /// `musl-gcc`, `x86_64-linux-musl-gcc`, `x86_64-linux-gnu-gcc-12`.
    pub(super) fn of_compiler(name: &str) -> Option<Libc> {
        if name.starts_with("musl-") || name.contains("-linux-musl") {
            Some(Libc::Musl)
        } else if name.contains("-linux-gnu") {
            Some(Libc::Glibc)
        } else {
            None
        }
    }

    /// Where its loader lies, for an architecture by Go's name.
    pub(super) fn loader(self, goarch: &str) -> Option<&'static Path> {
        let path = match (self, goarch) {
            (Libc::Musl, "amd64") => "/lib/ld-musl-x86_64.so.1",
            (Libc::Musl, "386") => "/lib/ld-musl-i386.so.1",
            (Libc::Musl, "arm64") => "/lib/ld-musl-aarch64.so.1",
            (Libc::Musl, "riscv64") => "/lib/ld-musl-riscv64.so.1",
            (Libc::Glibc, "amd64") => "/lib64/ld-linux-x86-64.so.2",
            (Libc::Glibc, "386") => "/lib/ld-linux.so.2",
            (Libc::Glibc, "arm64") => "/lib/ld-linux-aarch64.so.1",
            (Libc::Glibc, "riscv64") => "/lib/ld-linux-riscv64-lp64d.so.1",
            _ => return None,
        };
        Some(Path::new(path))
    }

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Libc::Glibc => "glibc",
            Libc::Musl => "musl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loaders_and_compilers_have_telling_names() {
        for (loader, libc) in [
            ("/lib/ld-musl-x86_64.so.1", Some(Libc::Musl)),
            ("/lib64/ld-linux-x86-64.so.2", Some(Libc::Glibc)),
            ("/nix/store/abc-glibc-2.40/lib/ld-linux-aarch64.so.1", Some(Libc::Glibc)),
            ("/lib64/ld64.so.2", Some(Libc::Glibc)),
            ("/libexec/ld-elf.so.1", None),
            ("/", None),
        ] {
            assert_eq!(Libc::of_loader(Path::new(loader)), libc, "{loader}");
        }
        assert_eq!(Libc::of_compiler("x86_64-linux-musl-gcc"), Some(Libc::Musl));
        assert_eq!(Libc::of_compiler("musl-gcc"), Some(Libc::Musl));
        assert_eq!(Libc::of_compiler("aarch64-linux-gnu-gcc-12"), Some(Libc::Glibc));
        assert_eq!(Libc::of_compiler("gcc"), None);
        assert_eq!(Libc::of_compiler("zig"), None);
    }
}
