//! The C compilers for other platforms: what they are called, and the
//! packages that bring them.

/// A C compiler that is made for one platform.
pub(super) struct CrossCompiler {
    /// Its target: `aarch64-linux-gnu`, with which its name begins.
    pub(super) triple: &'static str,
    /// The GOOS and GOARCH that it compiles for.
    pub(super) platform: (&'static str, &'static str),
    /// The distributions that have it together with a C library.
    pub(super) offers: &'static [Offer],
}

/// What a distribution has.
pub(super) struct Offer {
    /// The distribution, by a name of its family in os-release.
    pub(super) family: &'static str,
    /// The packages of the compiler, with all that it takes to link programs.
    pub(super) compiler: &'static str,
    /// The packages of the C library alone.
    pub(super) library: &'static str,
}

const fn offer(family: &'static str, compiler: &'static str, library: &'static str) -> Offer {
    Offer { family, compiler, library }
}

const fn made_for(
    platform: (&'static str, &'static str),
    triple: &'static str,
    offers: &'static [Offer],
) -> CrossCompiler {
    CrossCompiler { triple, platform, offers }
}

/// Of one platform, the usual one first. Debian's compilers only recommend
/// their C library, so that it is named, too. Not here, for they do not link
/// programs: the compilers that Fedora (`gcc-aarch64-linux-gnu`) and openSUSE
/// (`cross-aarch64-gcc14`) have for other Linux targets, which come without a
/// C library and are for kernels and firmware. Arch has no compiler for
/// x86_64, which it runs on.
pub(super) const CROSS_COMPILERS: [CrossCompiler; 19] = [
    made_for(
        ("linux", "amd64"),
        "x86_64-linux-gnu",
        &[offer("debian", "gcc-x86-64-linux-gnu libc6-dev-amd64-cross", "libc6-dev-amd64-cross")],
    ),
    made_for(("linux", "amd64"), "x86_64-linux-musl", &[]),
    made_for(
        ("linux", "arm64"),
        "aarch64-linux-gnu",
        &[
            offer("debian", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", "libc6-dev-arm64-cross"),
            offer("arch", "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-glibc"),
        ],
    ),
    made_for(("linux", "arm64"), "aarch64-linux-musl", &[]),
    made_for(
        ("linux", "386"),
        "i686-linux-gnu",
        // gcc-multilib would do for Go, which calls gcc -m32. But it conflicts
        // with every other cross compiler of Debian: apt would remove them.
        &[offer("debian", "gcc-i686-linux-gnu libc6-dev-i386-cross", "libc6-dev-i386-cross")],
    ),
    made_for(("linux", "386"), "i686-linux-musl", &[]),
    made_for(
        ("linux", "arm"),
        "arm-linux-gnueabihf",
        &[offer("debian", "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross", "libc6-dev-armhf-cross")],
    ),
    made_for(
        ("linux", "arm"),
        "arm-linux-gnueabi",
        &[offer("debian", "gcc-arm-linux-gnueabi libc6-dev-armel-cross", "libc6-dev-armel-cross")],
    ),
    made_for(("linux", "arm"), "arm-linux-musleabihf", &[]),
    made_for(
        ("linux", "riscv64"),
        "riscv64-linux-gnu",
        &[
            offer("debian", "gcc-riscv64-linux-gnu libc6-dev-riscv64-cross", "libc6-dev-riscv64-cross"),
            offer("arch", "riscv64-linux-gnu-gcc", "riscv64-linux-gnu-glibc"),
        ],
    ),
    made_for(("linux", "riscv64"), "riscv64-linux-musl", &[]),
    made_for(
        ("linux", "ppc64le"),
        "powerpc64le-linux-gnu",
        &[offer("debian", "gcc-powerpc64le-linux-gnu libc6-dev-ppc64el-cross", "libc6-dev-ppc64el-cross")],
    ),
    made_for(("linux", "ppc64le"), "powerpc64le-linux-musl", &[]),
    made_for(
        ("linux", "s390x"),
        "s390x-linux-gnu",
        &[offer("debian", "gcc-s390x-linux-gnu libc6-dev-s390x-cross", "libc6-dev-s390x-cross")],
    ),
    made_for(("linux", "s390x"), "s390x-linux-musl", &[]),
    made_for(
        ("linux", "mips64le"),
        "mips64el-linux-gnuabi64",
        &[offer("debian", "gcc-mips64el-linux-gnuabi64 libc6-dev-mips64el-cross", "libc6-dev-mips64el-cross")],
    ),
    made_for(
        ("windows", "amd64"),
        "x86_64-w64-mingw32",
        &[
            offer("debian", "gcc-mingw-w64-x86-64", "mingw-w64-x86-64-dev"),
            offer("fedora", "mingw64-gcc", "mingw64-crt mingw64-headers"),
            offer("arch", "mingw-w64-gcc", "mingw-w64-crt mingw-w64-headers"),
            offer("alpine", "mingw-w64-gcc", "mingw-w64-crt mingw-w64-headers"),
            offer("suse", "mingw64-cross-gcc", "mingw64-runtime mingw64-headers"),
        ],
    ),
    made_for(
        ("windows", "386"),
        "i686-w64-mingw32",
        &[
            offer("debian", "gcc-mingw-w64-i686", "mingw-w64-i686-dev"),
            offer("fedora", "mingw32-gcc", "mingw32-crt mingw32-headers"),
            offer("arch", "mingw-w64-gcc", "mingw-w64-crt mingw-w64-headers"),
            offer("alpine", "i686-mingw-w64-gcc", "i686-mingw-w64-crt i686-mingw-w64-headers"),
            offer("suse", "mingw32-cross-gcc", "mingw32-runtime mingw32-headers"),
        ],
    ),
    // LLVM's MinGW, which no distribution packages.
    made_for(("windows", "arm64"), "aarch64-w64-mingw32", &[]),
];

/// What lets the gcc of an amd64 system link programs for linux/386, for which
/// Go calls it with -m32, where the distribution has no compiler of its own
/// for them.
pub(super) const M32: [Offer; 3] = [
    offer("fedora", "glibc-devel.i686 libgcc.i686", "glibc-devel.i686 libgcc.i686"),
    offer("arch", "lib32-glibc lib32-gcc-libs", "lib32-glibc lib32-gcc-libs"),
    offer("suse", "gcc-32bit glibc-devel-32bit", "glibc-devel-32bit"),
];

/// The distributions that have zig, by this name. Debian has none under a name
/// that lasts.
pub(super) const WITH_ZIG: [&str; 4] = ["fedora", "arch", "alpine", "suse"];

/// The names by which zig calls what Go builds for: those whose C library
/// comes with it.
pub(super) const ZIG: [(&str, &str, &str); 8] = [
    ("linux", "amd64", "x86_64-linux-musl"),
    ("linux", "arm64", "aarch64-linux-musl"),
    ("linux", "386", "x86-linux-musl"),
    ("linux", "arm", "arm-linux-musleabihf"),
    ("linux", "riscv64", "riscv64-linux-musl"),
    ("windows", "amd64", "x86_64-windows-gnu"),
    ("windows", "386", "x86-windows-gnu"),
    ("windows", "arm64", "aarch64-windows-gnu"),
];
