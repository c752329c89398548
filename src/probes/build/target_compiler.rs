//! Whether a C compiler compiles for a target, by asking it.

use std::path::PathBuf;

use crate::host::{Output, Program};
use crate::model::{Missing, Target};
use crate::probes::go::{GoFlags, View};
use crate::probes::{Probing, lookup};

/// What a C compiler says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompilerAnswer {
    /// No program has this name.
    NotFound,
    /// It compiles for the target, and the target's C library is there.
    Fits,
    /// It compiles for something else: this machine, as it names it.
    OtherMachine(String),
    /// It compiles for the target, and there is no C library to link with.
    NoLibrary,
    /// It did not say.
    Unknown(Missing),
}

/// A program of a setting such as CC, which may bring arguments.
struct Called<'a> {
    probing: &'a Probing,
    view: &'a View,
    path: PathBuf,
    words: Vec<String>,
}

impl<'a> Called<'a> {
    /// The program that a setting names; None when there is no such.
    fn of(probing: &'a Probing, view: &'a View, setting: &str) -> Result<Option<Called<'a>>, Missing> {
        let quotes = |_| Missing::failed(format!("the quotes of {setting} do not match"));
        let words = GoFlags::parse(setting).map_err(quotes)?.words;
        let Some(name) = words.first() else { return Ok(None) };
        let host = probing.host();
        let path = if name.contains('/') {
            Some(PathBuf::from(name)).filter(|path| host.is_executable(path))
        } else {
            lookup(host, name, view.environment())
        };
        Ok(path.map(|path| Called { probing, view, path, words }))
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Missing> {
        let mut argv = vec![self.path.display().to_string()];
        argv.extend(self.words[1..].iter().cloned());
        argv.extend(arguments.iter().map(|&argument| argument.to_owned()));
        let variables = self.view.environment().iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.probing.host().run(&Program { environment: variables.collect(), ..Program::new(argv) })
    }

    /// What it prints.
    fn says(&self, arguments: &[&str]) -> Result<String, Missing> {
        let output = self.run(arguments)?;
        if output.success() {
            Ok(output.stdout.trim().to_owned())
        } else {
            Err(Missing::failed(format!("{} {} failed", self.words[0], arguments.join(" "))))
        }
    }

    /// Whether a compiler finds a file to link with for a target.
    fn finds(&self, target: &Target, file: &str) -> Result<bool, Missing> {
        let machine = self.says(&["-dumpmachine"])?;
        let flag = machine_target(&machine).and_then(|own| match fit(&own, target) {
            Fit::With(flag) => Some(flag),
            Fit::Itself | Fit::Not => None,
        });
        let question = format!("-print-file-name={file}");
        let arguments: Vec<&str> = flag.into_iter().chain([question.as_str()]).collect();
        // A name without a folder is that of a file that is not there.
        Ok(self.says(&arguments)?.contains('/'))
    }
}

/// Asks a compiler, given as CC would be, whether it compiles for a target.
#[must_use]
pub fn ask_compiler(probing: &Probing, view: &View, cc: &str, target: &Target) -> CompilerAnswer {
    answer(probing, view, cc, target).unwrap_or_else(CompilerAnswer::Unknown)
}

fn answer(probing: &Probing, view: &View, cc: &str, target: &Target) -> Result<CompilerAnswer, Missing> {
    let Some(called) = Called::of(probing, view, cc)? else { return Ok(CompilerAnswer::NotFound) };
    let machine = called.says(&["-dumpmachine"])?;
    let own = machine_target(&machine).ok_or_else(|| Missing::failed(format!("{cc} compiles for {machine}")))?;
    if fit(&own, target) == Fit::Not {
        return Ok(CompilerAnswer::OtherMachine(machine));
    }
    let start = match target.goos.as_str() {
        "linux" => "crt1.o",
        "windows" => "crt2.o",
        _ => return Ok(CompilerAnswer::Fits),
    };
    Ok(if called.finds(target, start)? { CompilerAnswer::Fits } else { CompilerAnswer::NoLibrary })
}

/// Whether a compiler, given as CC would be, finds a library to link with for
/// a target: `z` for libz.
///
/// # Errors
/// When it does not say.
pub fn has_library(probing: &Probing, view: &View, cc: &str, target: &Target, library: &str) -> Result<bool, Missing> {
    let called = Called::of(probing, view, cc)?.ok_or_else(|| Missing::absent(format!("{cc} is not there")))?;
    let endings: &[&str] = if target.goos == "windows" { &["dll.a", "a"] } else { &["so", "a"] };
    for ending in endings {
        if called.finds(target, &format!("lib{library}.{ending}"))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the program that Go asks for libraries knows this one; None when
/// there is no such program.
///
/// # Errors
/// When it does not say.
pub fn ask_pkg_config(probing: &Probing, view: &View, library: &str) -> Result<Option<bool>, Missing> {
    let setting = view.get("PKG_CONFIG").map_or_else(|| "pkg-config".to_owned(), |setting| setting.value);
    let Some(called) = Called::of(probing, view, &setting)? else { return Ok(None) };
    Ok(Some(called.run(&["--exists", library])?.success()))
}

/// How a compiler for one platform compiles for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It is the same.
    Itself,
    /// With the flag that Go gives it.
    With(&'static str),
    /// Not at all.
    Not,
}

fn fit(own: &Target, target: &Target) -> Fit {
    match (own.goarch.as_str(), target.goarch.as_str()) {
        _ if own.goos != target.goos => Fit::Not,
        (own, target) if own == target => Fit::Itself,
        ("amd64", "386") if own.goos == "linux" => Fit::With("-m32"),
        // Apple's clang takes the architecture from Go.
        ("amd64" | "arm64", "amd64" | "arm64") if own.goos == "darwin" => Fit::Itself,
        _ => Fit::Not,
    }
}

/// The target of a machine as compilers name it: `x86_64-linux-gnu`,
/// `arm64-apple-darwin23.1.0`.
fn machine_target(machine: &str) -> Option<Target> {
    let (architecture, rest) = machine.split_once('-')?;
    let goos = match rest {
        _ if rest.contains("android") => "android",
        _ if rest.contains("linux") => "linux",
        _ if rest.contains("mingw") || rest.contains("windows") => "windows",
        _ if rest.contains("apple-ios") => "ios",
        _ if rest.contains("darwin") || rest.contains("macos") => "darwin",
        _ => {
            let systems = ["freebsd", "netbsd", "openbsd", "dragonfly", "solaris", "illumos", "aix"];
            systems.into_iter().find(|system| rest.contains(system))?
        }
    };
    let goarch = match architecture {
        "x86_64" | "amd64" => "amd64",
        "i386" | "i486" | "i586" | "i686" => "386",
        "aarch64" | "arm64" => "arm64",
        "riscv64" | "s390x" | "mips" | "mips64" | "mipsel" | "mips64el" => match architecture {
            "mipsel" => "mipsle",
            "mips64el" => "mips64le",
            same => return Some(Target::new(goos, same)),
        },
        "powerpc64le" | "ppc64le" => "ppc64le",
        "powerpc64" | "ppc64" => "ppc64",
        "loongarch64" => "loong64",
        arm if arm.starts_with("arm") => "arm",
        _ => return None,
    };
    Some(Target::new(goos, goarch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_have_a_target() {
        for (machine, expected) in [
            ("x86_64-linux-gnu", "linux/amd64"),
            ("x86_64-alpine-linux-musl", "linux/amd64"),
            ("x86_64-pc-linux-gnu", "linux/amd64"),
            ("aarch64-redhat-linux", "linux/arm64"),
            ("arm-linux-gnueabihf", "linux/arm"),
            ("armv7l-unknown-linux-gnueabihf", "linux/arm"),
            ("i686-w64-mingw32", "windows/386"),
            ("mips64el-linux-gnuabi64", "linux/mips64le"),
            ("powerpc64le-linux-gnu", "linux/ppc64le"),
            ("s390x-linux-gnu", "linux/s390x"),
            ("arm64-apple-darwin23.1.0", "darwin/arm64"),
            ("aarch64-unknown-linux-android21", "android/arm64"),
            ("x86_64-unknown-freebsd14.0", "freebsd/amd64"),
        ] {
            assert_eq!(machine_target(machine).map(|target| target.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(machine_target("avr"), None);
        assert_eq!(machine_target("aarch64-none-elf"), None);
    }

    #[test]
    fn one_compiler_may_fit_several_targets() {
        let target = |text: &str| Target::parse(text).unwrap();
        let fit = |own: &str, other: &str| fit(&target(own), &target(other));
        assert_eq!(fit("linux/amd64", "linux/amd64"), Fit::Itself);
        assert_eq!(fit("linux/amd64", "linux/386"), Fit::With("-m32"));
        assert_eq!(fit("darwin/arm64", "darwin/amd64"), Fit::Itself);
        for (own, other) in [
            ("linux/amd64", "linux/arm64"),
            ("linux/amd64", "windows/amd64"),
            ("windows/amd64", "windows/386"),
            ("linux/arm64", "android/arm64"),
        ] {
            assert_eq!(fit(own, other), Fit::Not, "{own} {other}");
        }
    }
}
