//! The command of a C compiler, as CC names it.

use std::path::{Path, PathBuf};

use super::target_names;
use crate::host::{Environment, Host};
use crate::model::Target;
use crate::probes::go::GoFlags;
use crate::probes::lookup;

/// Programs that call the compiler that follows them.
const WRAPPERS: [&str; 5] = ["ccache", "sccache", "distcc", "icecc", "buildcache"];

/// How compilers are called, behind the target that they are made for.
const COMPILERS: [&str; 6] = ["gcc", "g++", "cc", "c++", "clang", "clang++"];

/// Where the compilers of a system lie.
const SYSTEM_FOLDERS: [&str; 3] = ["/usr/bin", "/bin", "/usr/local/bin"];

/// The command of a C compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CCommand {
    /// The compiler: a name or a path.
    pub(super) program: String,
    /// What follows it.
    pub(super) arguments: Vec<String>,
}

impl CCommand {
    /// Splits a value of CC as Go does, which is as it splits GOFLAGS. None
    /// when it has no word, or a quotation mark without a partner.
    pub(super) fn parse(value: &str) -> Option<CCommand> {
        let mut words = GoFlags::parse(value).ok()?.words.into_iter().peekable();
        let mut program = words.next()?;
        while WRAPPERS.contains(&file_name(&program)) && words.peek().is_some() {
            program = words.next()?;
        }
        Some(CCommand { program, arguments: words.collect() })
    }

    /// The platform that the command says it compiles for: by an option, or
    /// by the compiler's name. None when it says none.
    pub(super) fn named_platform(&self) -> Option<Target> {
        target_names::of_triple(self.option_target().or_else(|| target_in_name(&self.program))?)
    }

    /// The platform that the command compiles for, as it is found on this
    /// environment's PATH. None when that cannot be told without running it.
    pub(super) fn platform(&self, host: &dyn Host, environment: &Environment) -> Option<Target> {
        if self.option_target().is_some() || target_in_name(&self.program).is_some() {
            return self.named_platform();
        }
        // For a kin of the machine's own architecture the libraries decide.
        if !is_plain(&self.program) || self.arguments.iter().any(|word| matches!(word.as_str(), "-m32" | "-m64")) {
            return None;
        }
        let path = self.find(host, environment)?;
        let real = host.canonical(&path).unwrap_or_else(|_| path.clone());
        match target_in_name(&real.to_string_lossy()) {
            Some(target) => target_names::of_triple(target),
            None => {
                let folder = path.parent()?;
                let is_system = SYSTEM_FOLDERS.iter().any(|system| folder == Path::new(system));
                (is_system && is_plain(&real.to_string_lossy())).then(|| target_names::of_machine(host.machine()))
            }
        }
    }

    /// The file that it runs.
    pub(super) fn find(&self, host: &dyn Host, environment: &Environment) -> Option<PathBuf> {
        let path = Path::new(&self.program);
        if path.is_absolute() {
            return host.is_executable(path).then(|| path.to_owned());
        }
        lookup(host, &self.program, environment)
    }

    /// The target that an option of clang or zig names.
    pub(super) fn option_target(&self) -> Option<&str> {
        self.arguments.iter().enumerate().find_map(|(index, word)| match word.as_str() {
            "-target" | "--target" => self.arguments.get(index + 1).map(String::as_str),
            _ => word.strip_prefix("--target=").or_else(|| word.strip_prefix("-target=")),
        })
    }
}

/// The target in a compiler's name: `aarch64-linux-gnu` of
/// `/usr/bin/aarch64-linux-gnu-gcc-12`; None for `gcc-12`.
pub(super) fn target_in_name(program: &str) -> Option<&str> {
    let name = without_version(file_name(program));
    COMPILERS.iter().find_map(|compiler| name.strip_suffix(compiler)?.strip_suffix('-')).filter(|it| !it.is_empty())
}

/// True for the name of a compiler without a target: `gcc`, `clang-19`.
pub(super) fn is_plain(program: &str) -> bool {
    COMPILERS.contains(&without_version(file_name(program)))
}

/// The name without a version (`-12`) or a thread model (`-posix`) at its end.
fn without_version(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((rest, end)) if end.starts_with(|c: char| c.is_ascii_digit()) || ["posix", "win32"].contains(&end) => rest,
        _ => name,
    }
}

fn file_name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_tell_what_they_compile_for() {
        for (value, platform) in [
            ("aarch64-linux-gnu-gcc", Some("linux/arm64")),
            ("/usr/bin/aarch64-linux-gnu-gcc-12 -O2", Some("linux/arm64")),
            ("ccache x86_64-w64-mingw32-gcc-posix", Some("windows/amd64")),
            ("zig cc -target riscv64-linux-musl", Some("linux/riscv64")),
            ("clang --target=arm64-apple-darwin", Some("darwin/arm64")),
            ("clang -target", None),
            ("aarch64-linux-android21-clang", Some("android/arm64")),
            ("gcc", None),
            ("gcc-12", None),
            ("o64-clang", None),
            ("-gcc", None),
            ("ccache", None),
            ("g\u{fffd}\u{202e}", None),
        ] {
            let found = CCommand::parse(value).and_then(|command| command.named_platform());
            assert_eq!(found.map(|it| it.to_string()).as_deref(), platform, "{value}");
        }
        assert_eq!(CCommand::parse("'gcc"), None);
        assert_eq!(CCommand::parse(" \t"), None);
    }

    #[test]
    fn plain_names_have_no_target() {
        for plain in ["gcc", "/usr/bin/cc", "clang-19", "gcc-12.2", "g++"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in ["aarch64-linux-gnu-gcc", "musl-gcc", "zig", "tcc", "gcc-", "", "/"] {
            assert!(!is_plain(other), "{other}");
        }
    }
}
