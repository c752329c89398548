//! C compilers for other platforms, by the names that they have and by the
//! packages of each distribution.

mod table;

use super::packages::{Package, install, install_line};
use crate::host::Machine;
use crate::model::{Fix, Target};
use table::{CROSS_COMPILERS, CrossCompiler, M32, Offer, WITH_ZIG, ZIG};

/// The names under which a C compiler for a platform may be on PATH, the usual
/// one first.
pub fn cross_compiler_names(target: &Target) -> impl Iterator<Item = String> {
    // What is not made of GCC is called clang: LLVM's MinGW.
    let names = |found: &CrossCompiler| [format!("{}-gcc", found.triple), format!("{}-clang", found.triple)];
    cross_compilers(target).flat_map(names)
}

/// The name by which zig calls a platform whose C library it brings: what
/// follows `zig cc -target`.
#[must_use]
pub fn zig_target(target: &Target) -> Option<&'static str> {
    let is_it = |(goos, goarch, _): &&(&str, &str, &str)| *goos == target.goos && *goarch == target.goarch;
    ZIG.iter().find(is_it).map(|(_, _, name)| *name)
}

/// The command line that brings a C compiler for a platform, with its C
/// library, for the user to run; None where no package is known.
#[must_use]
pub fn cross_compiler_line(machine: &Machine, target: &Target) -> Option<String> {
    let made_for_it = cross_compilers(target).find_map(|found| offer_of(machine, found.offers));
    let by_own = || M32.iter().find(|offer| is_m32(machine, target) && machine.is_like(offer.family));
    match made_for_it.or_else(by_own) {
        Some(offer) => install_line(machine, &Package::named(offer.compiler)),
        None => zig_target(target).and_then(|_| zig_line(machine)),
    }
}

/// Installs a C compiler for a target such as `aarch64-linux-gnu`, with what
/// it links programs with.
#[must_use]
pub fn install_cross_compiler(machine: &Machine, triple: &str) -> Fix {
    install_of(machine, triple, |offer| offer.compiler)
}

/// Installs the C library that a compiler for this target links programs
/// with.
#[must_use]
pub fn install_cross_library(machine: &Machine, triple: &str) -> Fix {
    install_of(machine, triple, |offer| offer.library)
}

fn install_of(machine: &Machine, triple: &str, part: fn(&Offer) -> &'static str) -> Fix {
    let known = CROSS_COMPILERS.iter().find(|compiler| compiler.triple == triple);
    if let Some(offer) = known.and_then(|known| offer_of(machine, known.offers)) {
        return install(machine, &Package::named(part(offer)));
    }
    let platform = known.map(|known| Target::new(known.platform.0, known.platform.1));
    let zig = platform.as_ref().and_then(zig_target);
    Fix::manual(
        format!("Get a C compiler for {triple}"),
        format!(
            "No package of this system is known that builds programs for {triple}. Zig (ziglang.org) compiles C for many targets, as CC=\"zig cc -target {}\"; a container of another distribution is the other way.",
            zig.unwrap_or("…")
        ),
        zig.and_then(|_| zig_line(machine)),
    )
}

fn cross_compilers(target: &Target) -> impl Iterator<Item = &'static CrossCompiler> {
    let (goos, goarch) = (target.goos.clone(), target.goarch.clone());
    CROSS_COMPILERS.iter().filter(move |compiler| compiler.platform == (goos.as_str(), goarch.as_str()))
}

fn offer_of(machine: &Machine, offers: &'static [Offer]) -> Option<&'static Offer> {
    offers.iter().find(|offer| machine.is_like(offer.family))
}

fn is_m32(machine: &Machine, target: &Target) -> bool {
    machine.is_platform("linux", "amd64") && *target == Target::new("linux", "386")
}

fn zig_line(machine: &Machine) -> Option<String> {
    let is_there = WITH_ZIG.iter().any(|family| machine.is_like(family));
    is_there.then(|| install_line(machine, &Package::named("zig"))).flatten()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::host::Host;
    use crate::host::recorded::Recorded;

    fn machine(family: &str, arch: &str) -> Machine {
        let text = format!(
            "```toml\n[machine]\nfamily = [\"{family}\"]\narch = \"{arch}\"\nuser = \"kim\"\nfolder = \"/\"\n```\n"
        );
        Recorded::parse(&text, Path::new("machine.md")).unwrap().machine().clone()
    }

    fn line(family: &str, target: &str) -> Option<String> {
        cross_compiler_line(&machine(family, "x86_64"), &Target::parse(target).unwrap())
    }

    #[test]
    fn each_distribution_has_its_own_way() {
        for (family, target, expected) in [
            ("debian", "linux/arm64", Some("sudo apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross")),
            ("debian", "linux/386", Some("sudo apt-get install gcc-i686-linux-gnu libc6-dev-i386-cross")),
            ("arch", "linux/arm64", Some("sudo pacman -S aarch64-linux-gnu-gcc")),
            ("arch", "linux/386", Some("sudo pacman -S lib32-glibc lib32-gcc-libs")),
            ("fedora", "linux/386", Some("sudo dnf install glibc-devel.i686 libgcc.i686")),
            // Its compiler builds kernels.
            ("fedora", "linux/arm64", Some("sudo dnf install zig")),
            ("alpine", "windows/386", Some("sudo apk add i686-mingw-w64-gcc")),
            ("suse", "windows/arm64", Some("sudo zypper install zig")),
            ("debian", "windows/arm64", None),
            ("arch", "linux/s390x", None),
            ("debian", "freebsd/amd64", None),
        ] {
            assert_eq!(line(family, target).as_deref(), expected, "{target} on {family}");
        }
    }

    #[test]
    fn only_gcc_of_amd64_compiles_for_386_too() {
        let target = Target::new("linux", "386");
        assert_eq!(
            cross_compiler_line(&machine("fedora", "aarch64"), &target).as_deref(),
            Some("sudo dnf install zig")
        );
    }

    #[test]
    fn the_fix_of_a_name_and_the_line_for_its_platform_are_the_same_packages() {
        for compiler in &CROSS_COMPILERS {
            let Some(offer) = compiler.offers.first() else { continue };
            let machine = machine(offer.family, "x86_64");
            let fix = install_cross_compiler(&machine, compiler.triple);
            assert_eq!(fix.title, format!("Install {}", offer.compiler));
        }
    }

    #[test]
    fn compilers_are_called_by_their_target() {
        let names: Vec<String> = cross_compiler_names(&Target::new("windows", "arm64")).collect();
        assert_eq!(names, ["aarch64-w64-mingw32-gcc", "aarch64-w64-mingw32-clang"]);
        assert_eq!(cross_compiler_names(&Target::new("js", "wasm")).count(), 0);
    }
}
