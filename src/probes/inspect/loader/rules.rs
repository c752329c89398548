use std::path::PathBuf;

use crate::model::Binary;
use crate::model::binary::Linking;

/// Whose loader it is, and so which rules it goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// The GNU C library's.
    Glibc,
    /// That of musl, which is its C library as well.
    Musl,
}

impl Rules {
    /// By the loader's name, or for a library, which names none, by its C
    /// library. None for the loaders of other systems.
    pub(super) fn of(binary: &Binary) -> Option<Rules> {
        if binary.linking != Some(Linking::Dynamic) {
            return None;
        }
        let Some(loader) = &binary.interpreter else {
            let is_musl = |name: &String| name == "libc.so" || name.starts_with("libc.musl-");
            return Some(if binary.needed.iter().any(is_musl) { Rules::Musl } else { Rules::Glibc })
                .filter(|_| binary.goos.as_deref().is_none_or(|goos| goos == "linux"));
        };
        let name = loader.file_name()?.to_string_lossy();
        if name.starts_with("ld-musl-") {
            return Some(Rules::Musl);
        }
        let is_glibc = ["ld-linux", "ld64.so.", "ld.so.1"].iter().any(|start| name.starts_with(start));
        is_glibc.then_some(Rules::Glibc)
    }

    /// The loader's path, when a name means the loader itself: musl's is the
    /// C library under all its names.
    pub(super) fn itself(self, name: &str, program: &Binary) -> Option<PathBuf> {
        let loader = program.interpreter.as_ref()?;
        if loader.file_name().is_some_and(|own| own == name) {
            return Some(loader.clone());
        }
        let is_libc = self == Rules::Musl
            && name
                .strip_prefix("lib")
                .and_then(|rest| rest.split('.').next())
                .is_some_and(|stem| ["c", "pthread", "rt", "m", "dl", "util", "xnet"].contains(&stem));
        is_libc.then(|| loader.clone())
    }

    /// musl's loader does not look at the versions of symbols.
    pub(super) fn versions_count(self) -> bool {
        self == Rules::Glibc
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    fn program(loader: &str) -> Binary {
        let interpreter = Some(loader.into()).filter(|path: &PathBuf| !path.as_os_str().is_empty());
        Binary { interpreter, linking: Some(Linking::Dynamic), ..Binary::of(Format::Elf) }
    }

    #[test]
    fn rules_go_by_the_loader() {
        assert_eq!(Rules::of(&program("/lib64/ld-linux-x86-64.so.2")), Some(Rules::Glibc));
        assert_eq!(Rules::of(&program("/lib/ld-musl-x86_64.so.1")), Some(Rules::Musl));
        assert_eq!(Rules::of(&program("/system/bin/linker64")), None);
        assert_eq!(Rules::of(&program("")), Some(Rules::Glibc));
        assert_eq!(Rules::of(&Binary { needed: vec!["libc.so".into()], ..program("") }), Some(Rules::Musl));
    }

    #[test]
    fn musl_is_its_own_c_library() {
        let program = program("/lib/ld-musl-x86_64.so.1");
        let loader = program.interpreter.clone();
        for name in ["libc.so", "libc.so.6", "libpthread.so.0", "libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1"] {
            assert_eq!(Rules::Musl.itself(name, &program), loader, "{name}");
        }
        assert_eq!(Rules::Musl.itself("libcrypto.so.3", &program), None);
        assert_eq!(Rules::Glibc.itself("libc.so.6", &program), None);
    }
}
