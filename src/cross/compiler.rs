//! Which C compiler compiles for a target, and what brings one.

use std::collections::HashMap;

use crate::checks::remedy::{GCC, Package, install_line};
use crate::model::{Need, Target};
use crate::probes::Probing;
use crate::probes::build::{CompilerAnswer, ask_compiler};
use crate::probes::go::View;

/// The C compiler for a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// The one that Go calls by itself.
    Own,
    /// Another one, as the value of CC.
    Other(String),
    /// There is none.
    None(Need),
    /// Could not tell.
    Unknown(Need),
}

/// Finds compilers; each is asked once.
pub(super) struct Compilers<'a> {
    probing: &'a Probing,
    view: &'a View,
    known: HashMap<(String, Target), CompilerAnswer>,
}

/// The name with which compilers for a platform begin, and the package that
/// brings one with its C library.
struct Cross {
    target: (&'static str, &'static str),
    /// The compilers' names.
    names: &'static [&'static str],
    package: Package,
}

const fn debian(names: &'static str) -> Package {
    // Where no package has the C library too, zig brings both.
    Package { debian: names, ..Package::named("zig") }
}

const CROSS: [Cross; 11] = [
    Cross {
        target: ("linux", "amd64"),
        names: &["x86_64-linux-gnu-gcc", "x86_64-linux-musl-gcc", "musl-gcc", "clang", "cc"],
        package: Package { arch: "gcc", ..debian("gcc-x86-64-linux-gnu libc6-dev-amd64-cross") },
    },
    Cross {
        target: ("linux", "arm64"),
        names: &["aarch64-linux-gnu-gcc", "aarch64-linux-musl-gcc", "clang", "cc"],
        package: Package { arch: "aarch64-linux-gnu-gcc", ..debian("gcc-aarch64-linux-gnu libc6-dev-arm64-cross") },
    },
    Cross {
        target: ("linux", "386"),
        names: &["i686-linux-gnu-gcc", "i686-linux-musl-gcc"],
        package: Package { fedora: "glibc-devel.i686", arch: "lib32-glibc lib32-gcc-libs", ..debian("gcc-multilib") },
    },
    Cross {
        target: ("linux", "arm"),
        names: &["arm-linux-gnueabihf-gcc", "arm-linux-gnueabi-gcc", "arm-linux-musleabihf-gcc"],
        package: debian("gcc-arm-linux-gnueabihf libc6-dev-armhf-cross"),
    },
    Cross {
        target: ("linux", "riscv64"),
        names: &["riscv64-linux-gnu-gcc", "riscv64-linux-musl-gcc"],
        package: Package { arch: "riscv64-linux-gnu-gcc", ..debian("gcc-riscv64-linux-gnu libc6-dev-riscv64-cross") },
    },
    Cross {
        target: ("linux", "ppc64le"),
        names: &["powerpc64le-linux-gnu-gcc", "powerpc64le-linux-musl-gcc"],
        package: debian("gcc-powerpc64le-linux-gnu libc6-dev-ppc64el-cross"),
    },
    Cross {
        target: ("linux", "s390x"),
        names: &["s390x-linux-gnu-gcc", "s390x-linux-musl-gcc"],
        package: debian("gcc-s390x-linux-gnu libc6-dev-s390x-cross"),
    },
    Cross {
        target: ("linux", "mips64le"),
        names: &["mips64el-linux-gnuabi64-gcc"],
        package: debian("gcc-mips64el-linux-gnuabi64 libc6-dev-mips64el-cross"),
    },
    Cross {
        target: ("windows", "amd64"),
        names: &["x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-clang"],
        package: Package {
            debian: "gcc-mingw-w64-x86-64",
            fedora: "mingw64-gcc",
            arch: "mingw-w64-gcc",
            alpine: "mingw-w64-gcc",
            suse: "mingw64-cross-gcc",
        },
    },
    Cross {
        target: ("windows", "386"),
        names: &["i686-w64-mingw32-gcc", "i686-w64-mingw32-clang"],
        package: Package {
            debian: "gcc-mingw-w64-i686",
            fedora: "mingw32-gcc",
            arch: "mingw-w64-gcc",
            alpine: "i686-mingw-w64-gcc",
            suse: "mingw32-cross-gcc",
        },
    },
    Cross {
        target: ("windows", "arm64"),
        names: &["aarch64-w64-mingw32-gcc", "aarch64-w64-mingw32-clang"],
        package: Package::named("zig"),
    },
];

/// The names by which zig calls what Go builds for: those whose C library
/// comes with it.
const ZIG: [(&str, &str, &str); 8] = [
    ("linux", "amd64", "x86_64-linux-musl"),
    ("linux", "arm64", "aarch64-linux-musl"),
    ("linux", "386", "x86-linux-musl"),
    ("linux", "arm", "arm-linux-musleabihf"),
    ("linux", "riscv64", "riscv64-linux-musl"),
    ("windows", "amd64", "x86_64-windows-gnu"),
    ("windows", "386", "x86-windows-gnu"),
    ("windows", "arm64", "aarch64-windows-gnu"),
];

impl<'a> Compilers<'a> {
    pub(super) fn new(probing: &'a Probing, view: &'a View) -> Self {
        Compilers { probing, view, known: HashMap::new() }
    }

    /// The compiler for a target.
    pub(super) fn choose(&mut self, target: &Target) -> Choice {
        let own = self.view.get("CC").map_or_else(|| default_compiler(target).to_owned(), |setting| setting.value);
        let answer = self.ask(&own, target);
        if answer == CompilerAnswer::Fits {
            return Choice::Own;
        }
        let cross = CROSS.iter().find(|cross| cross.target == (target.goos.as_str(), target.goarch.as_str()));
        let names = cross.map(|cross| cross.names).unwrap_or_default();
        let default = default_compiler(target);
        let others = std::iter::once(default).filter(|default| *default != own).chain(names.iter().copied());
        for name in others {
            if self.ask(name, target) == CompilerAnswer::Fits {
                return Choice::Other(name.to_owned());
            }
        }
        let zig =
            ZIG.iter().find(|(goos, goarch, _)| (*goos, *goarch) == (target.goos.as_str(), target.goarch.as_str()));
        if let Some((_, _, name)) = zig
            && crate::probes::lookup(self.probing.host(), "zig", self.view.environment()).is_some()
        {
            return Choice::Other(format!("zig cc -target {name}"));
        }
        let need = self.need(target, cross, &own, &answer);
        if matches!(answer, CompilerAnswer::Unknown(_)) { Choice::Unknown(need) } else { Choice::None(need) }
    }

    fn ask(&mut self, cc: &str, target: &Target) -> CompilerAnswer {
        let key = (cc.to_owned(), target.clone());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let answer = ask_compiler(self.probing, self.view, cc, target);
        self.known.insert(key, answer.clone());
        answer
    }

    fn need(&self, target: &Target, cross: Option<&Cross>, own: &str, answer: &CompilerAnswer) -> Need {
        let machine = self.probing.host().machine();
        let why = match answer {
            CompilerAnswer::NotFound => format!("cgo: C compiler \"{own}\" not found"),
            CompilerAnswer::OtherMachine(machine) => format!("{own} compiles for {machine}"),
            CompilerAnswer::NoLibrary => format!("{own} finds no C library for it"),
            CompilerAnswer::Unknown(missing) => missing.detail.clone(),
            CompilerAnswer::Fits => String::new(),
        };
        let is_native = target.goos == machine.goos() && target.goarch == machine.goarch();
        let bare =
            |short: &str, what: String| Need { short: short.into(), what: format!("{what}: {why}"), command: None };
        match target.goos.as_str() {
            "darwin" | "ios" if machine.goos() == "darwin" => Need {
                command: Some("xcode-select --install".into()),
                ..bare("clang", format!("a C compiler for {target}"))
            },
            "darwin" | "ios" => {
                bare("Apple's SDK", format!("a C compiler with Apple's SDK for {target}, which macOS alone has"))
            }
            "android" => bare("the NDK", format!("a C compiler of Android's NDK for {target}, as CC")),
            _ if is_native => Need {
                short: if *answer == CompilerAnswer::NoLibrary { "its C library" } else { "gcc" }.into(),
                what: format!("a C compiler with its library for {target}: {why}"),
                command: install_line(machine, &GCC),
            },
            _ => Need {
                short: if *answer == CompilerAnswer::NoLibrary { "its C library" } else { "a C compiler" }.into(),
                what: format!("a C compiler with its library for {target}: {why}"),
                command: cross.and_then(|cross| install_line(machine, &cross.package)),
            },
        }
    }
}

/// The compiler that Go calls when nobody says which.
pub(super) fn default_compiler(target: &Target) -> &'static str {
    match target.goos.as_str() {
        "darwin" | "ios" | "freebsd" | "openbsd" => "clang",
        _ => "gcc",
    }
}
