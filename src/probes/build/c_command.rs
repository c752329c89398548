//! The command of a C compiler, as CC names it.

use super::Platform;
use crate::probes::go::GoFlags;

/// Programs that call the compiler that follows them.
const WRAPPERS: [&str; 5] = ["ccache", "sccache", "distcc", "icecc", "buildcache"];

/// How compilers are called, behind the target that they are made for.
const COMPILERS: [&str; 6] = ["gcc", "g++", "cc", "c++", "clang", "clang++"];

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
    pub(super) fn named_platform(&self) -> Option<Platform> {
        Platform::of_triple(self.option_target().or_else(|| target_in_name(&self.program))?)
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
}
