//! C compilers for other platforms, by the packages of each distribution.

use super::packages::{Package, install};
use crate::host::Machine;
use crate::model::Fix;

/// A distribution's packages for one target of a cross compiler.
struct Offer {
    /// The distribution, by a name of its family in os-release.
    family: &'static str,
    /// The target: `aarch64-linux-gnu`.
    target: &'static str,
    /// The compiler, with all that it takes to link programs.
    compiler: &'static str,
    /// The C library alone.
    library: &'static str,
}

const fn offer(family: &'static str, target: &'static str, compiler: &'static str, library: &'static str) -> Offer {
    Offer { family, target, compiler, library }
}

/// Fedora's compilers for other Linux targets build kernels, and no programs:
/// they are no offer.
const OFFERS: [Offer; 18] = [
    offer("debian", "aarch64-linux-gnu", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", "libc6-dev-arm64-cross"),
    offer("debian", "arm-linux-gnueabihf", "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross", "libc6-dev-armhf-cross"),
    offer("debian", "arm-linux-gnueabi", "gcc-arm-linux-gnueabi libc6-dev-armel-cross", "libc6-dev-armel-cross"),
    offer("debian", "x86_64-linux-gnu", "gcc-x86-64-linux-gnu libc6-dev-amd64-cross", "libc6-dev-amd64-cross"),
    offer("debian", "i686-linux-gnu", "gcc-i686-linux-gnu libc6-dev-i386-cross", "libc6-dev-i386-cross"),
    offer("debian", "riscv64-linux-gnu", "gcc-riscv64-linux-gnu libc6-dev-riscv64-cross", "libc6-dev-riscv64-cross"),
    offer(
        "debian",
        "powerpc64le-linux-gnu",
        "gcc-powerpc64le-linux-gnu libc6-dev-ppc64el-cross",
        "libc6-dev-ppc64el-cross",
    ),
    offer("debian", "s390x-linux-gnu", "gcc-s390x-linux-gnu libc6-dev-s390x-cross", "libc6-dev-s390x-cross"),
    offer("debian", "x86_64-w64-mingw32", "gcc-mingw-w64-x86-64", "mingw-w64-x86-64-dev"),
    offer("debian", "i686-w64-mingw32", "gcc-mingw-w64-i686", "mingw-w64-i686-dev"),
    offer("fedora", "x86_64-w64-mingw32", "mingw64-gcc", "mingw64-crt mingw64-headers"),
    offer("fedora", "i686-w64-mingw32", "mingw32-gcc", "mingw32-crt mingw32-headers"),
    offer("arch", "aarch64-linux-gnu", "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-glibc"),
    offer("arch", "riscv64-linux-gnu", "riscv64-linux-gnu-gcc", "riscv64-linux-gnu-glibc"),
    offer("arch", "x86_64-w64-mingw32", "mingw-w64-gcc", "mingw-w64-crt mingw-w64-headers"),
    offer("arch", "i686-w64-mingw32", "mingw-w64-gcc", "mingw-w64-crt mingw-w64-headers"),
    offer("alpine", "x86_64-w64-mingw32", "mingw-w64-gcc", "mingw-w64-crt mingw-w64-headers"),
    offer("alpine", "i686-w64-mingw32", "i686-mingw-w64-gcc", "i686-mingw-w64-crt i686-mingw-w64-headers"),
];

/// Installs a C compiler for a target such as `aarch64-linux-gnu`, with what
/// it links programs with.
#[must_use]
pub fn install_cross_compiler(machine: &Machine, target: &str) -> Fix {
    install_of(machine, target, |offer| offer.compiler)
}

/// Installs the C library that a compiler for this target links programs
/// with.
#[must_use]
pub fn install_cross_library(machine: &Machine, target: &str) -> Fix {
    install_of(machine, target, |offer| offer.library)
}

fn install_of(machine: &Machine, target: &str, part: fn(&Offer) -> &'static str) -> Fix {
    let fits = |offer: &&Offer| offer.target == target && machine.is_like(offer.family);
    match OFFERS.iter().find(fits) {
        Some(offer) => install(machine, &Package::named(part(offer))),
        None => Fix::manual(
            format!("Get a C compiler for {target}"),
            format!(
                "No package of this system is known that builds programs for {target}. Zig (ziglang.org) compiles C for many targets, as CC=\"zig cc -target …\"; a container of another distribution is the other way."
            ),
            None,
        ),
    }
}
