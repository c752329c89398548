//! Repairs that need root's rights, on a system where they do no harm.

use std::path::Path;

use crate::Case;
use crate::cases::cgo::CGO;
use crate::cases::system::BERLIN;
use crate::git::{download, need, repository};
use crate::machine::Machine;
use crate::own_system::{Account, Snapshot, own_system};
use crate::package::{Package, only_in_repository};
use crate::proof::has_finding;
use crate::tools::{
    APT, ARM64_GCC, ARM64_LIBC, BASH, DISTRO_GCC, DISTRO_GIT, MIDDLE, MOUNTS, NEW, SUDO, TZDATA, ZONES,
};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "git-missing: apt, by sudo",
            needs: &[APT, BASH, DISTRO_GIT, NEW, MOUNTS, SUDO],
            run: without_git,
        },
        Case { name: "zoneinfo-missing: apt, as root", needs: &[APT, BASH, NEW, MOUNTS, TZDATA], run: without_zones },
        Case { name: "a fix by root of another user's file", needs: &[BASH, NEW, MOUNTS, SUDO], run: of_another },
        Case {
            name: "cgo-no-compiler: apt, as root",
            needs: &[APT, BASH, DISTRO_GCC, MIDDLE, MOUNTS],
            run: without_gcc,
        },
        Case {
            name: "cross-compiler-missing: apt, by sudo",
            needs: &[APT, ARM64_GCC, ARM64_LIBC, BASH, MIDDLE, MOUNTS, SUDO],
            run: without_cross_compiler,
        },
        Case {
            name: "cross-compiler-incomplete: apt, as root",
            needs: &[APT, ARM64_GCC, ARM64_LIBC, BASH, MIDDLE, MOUNTS],
            run: without_cross_library,
        },
    ]
}

/// The project needs a module that git fetches from a folder.
pub(super) fn needs_private_module(machine: &Machine) {
    let root = repository(machine);
    let owner = Path::new("/home/kim").join(root.strip_prefix(machine.home()).expect("it lies in the home"));
    let rewrite = format!("[url \"file://{}/\"]\n\tinsteadOf = https://github.com/corp/\n", owner.display());
    machine.write(".gitconfig", rewrite);
    machine.write(".config/go/env", "GOPRIVATE=github.com/corp\n");
    need(machine);
}

fn without_git() {
    let machine = own_system("1.27.3", Account::Ordinary, needs_private_module);
    machine.terminal(&download()).works();
    only_in_repository(&machine, &[Package { name: "git", brings: Some("/usr/bin/git".into()) }]);
    let install = "apt-get install -y git";
    Installed {
        id: "git-missing",
        command: &download(),
        says: "exec: \"git\": executable file not found in $PATH",
        install: &format!("/usr/bin/sudo -- /usr/bin/{install}"),
        brings: "usr/bin/git: absent -> file 755 0:0",
    }
    .prove(&machine);
}

fn without_gcc() {
    let machine = own_system("1.24.11", Account::Root, |machine| {
        machine.write("shop/main.go", CGO);
        machine.write(".config/go/env", "CGO_ENABLED=1\n");
    });
    let command = "go build -o /dev/null .";
    machine.terminal(command).works();
    let gcc = Package { name: "gcc", brings: Some("/usr/bin/gcc".into()) };
    only_in_repository(&machine, &[gcc, Package { name: "libc6-dev", brings: None }]);
    Installed {
        id: "cgo-no-compiler",
        command: "go clean -cache && go build -o /dev/null .",
        says: "C compiler \"gcc\" not found",
        install: "/usr/bin/apt-get install -y gcc libc6-dev",
        brings: "usr/bin/gcc: absent -> file 755 0:0",
    }
    .prove(&machine);
}

/// How the project is built for arm64; the script is what the user runs.
const FOR_ARM64: &str = "CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build -o /dev/null .\n";

fn builds_for_arm64(machine: &Machine) {
    machine.write("shop/main.go", CGO);
    machine.write("shop/build.sh", format!("set -e\ngo clean -cache\n{FOR_ARM64}"));
}

fn without_cross_compiler() {
    let machine = own_system("1.24.11", Account::Ordinary, builds_for_arm64);
    machine.terminal("sh build.sh").works();
    let gcc = Package { name: "gcc-aarch64-linux-gnu", brings: Some("/usr/bin/aarch64-linux-gnu-gcc".into()) };
    only_in_repository(&machine, &[gcc, Package { name: "libc6-dev-arm64-cross", brings: None }]);
    let install = "apt-get install -y gcc-aarch64-linux-gnu libc6-dev-arm64-cross";
    Installed {
        id: "cross-compiler-missing",
        command: "sh build.sh",
        says: "C compiler \"aarch64-linux-gnu-gcc\" not found",
        install: &format!("/usr/bin/sudo -- /usr/bin/{install}"),
        brings: "usr/bin/aarch64-linux-gnu-gcc: absent -> file 755 0:0",
    }
    .prove(&machine);
}

fn without_cross_library() {
    let machine = own_system("1.24.11", Account::Root, builds_for_arm64);
    let library = Package { name: "libc6-dev-arm64-cross", brings: Some("/usr/aarch64-linux-gnu/lib".into()) };
    only_in_repository(&machine, &[library]);
    Installed {
        id: "cross-compiler-incomplete",
        command: "sh build.sh",
        says: "cannot find Scrt1.o",
        install: "/usr/bin/apt-get install -y libc6-dev-arm64-cross",
        brings: "usr/aarch64-linux-gnu/lib/crt1.o: absent -> file 644 0:0",
    }
    .prove(&machine);
}

/// Go has a copy of its own, which is gone too.
fn without_zones() {
    let machine = own_system("1.27.3", Account::Root, |machine| machine.write("shop/main.go", BERLIN));
    let command = "go run .";
    machine.terminal(command).works();
    let hide = ["mount", "-t", "tmpfs", "tmpfs", "/usr/local/go/lib/time"].map(str::to_owned);
    machine.system(&hide).works();
    only_in_repository(&machine, &[Package { name: "tzdata", brings: Some(ZONES.into()) }]);
    Installed {
        id: "zoneinfo-missing",
        command,
        says: "unknown time zone Europe/Berlin",
        install: "/usr/bin/apt-get install -y tzdata",
        brings: "usr/share/zoneinfo/Europe/Berlin: absent -> file 644 0:0",
    }
    .prove(&machine);
}

/// A fault that a package mends.
struct Installed<'a> {
    id: &'a str,
    /// A real command that the fault breaks.
    command: &'a str,
    /// What that command then says.
    says: &'a str,
    /// The command line of the fix.
    install: &'a str,
    /// A file that comes with it, as a difference.
    brings: &'a str,
}

impl Installed<'_> {
    /// The real apt brings the package and takes it away again; but for apt's
    /// own notes, all of the system is then as before.
    fn prove(&self, machine: &Machine) {
        let nothing = Vec::<String>::new();
        machine.terminal(self.command).fails_with(self.says);
        let before = Snapshot::of(machine);
        assert!(has_finding(machine, self.id), "{}", machine.gomedic("check --offline").stdout);
        assert_eq!(before.differences(&Snapshot::of(machine)), nothing, "diagnosis changed something");

        let fixed = machine.gomedic_json(&format!("fix {} --offline --yes", self.id));
        let fixed = &fixed["fixes"][0];
        assert_eq!(fixed["outcome"], "resolved", "{fixed:#}");
        assert_eq!(fixed["steps"][0]["target"], self.install);
        machine.terminal(self.command).works();
        assert!(!has_finding(machine, self.id));
        let after = before.differences(&Snapshot::of(machine));
        assert!(after.iter().any(|line| line.starts_with(self.brings)), "{after:?}");

        machine.gomedic("undo --yes").works();
        assert_eq!(before.differences(&Snapshot::of(machine)), nothing, "undo did not restore everything");
        machine.terminal(self.command).fails_with(self.says);
    }
}

/// As where sudo keeps HOME: mode and owner stay as they are.
fn of_another() {
    let machine = own_system("1.27.3", Account::Ordinary, |machine| {
        machine.write(".config/go/env", "GOROOT=/opt/go1.20\nGOPROXY=off\n");
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o640);
        std::fs::set_permissions(machine.home().join(".config/go/env"), private).expect("it was made");
    });
    let gomedic = |words: &str| machine.terminal(&format!("sudo HOME=$HOME SHELL=$SHELL gomedic {words}"));
    let command = "go version";
    machine.terminal(command).fails_with("cannot find GOROOT directory");
    let before = Snapshot::of(&machine);
    gomedic("fix goroot-in-env-file --offline --yes").works();
    machine.terminal(command).works();
    let changed = before.differences(&Snapshot::of(&machine));
    let kept = |line: &String| {
        line.starts_with("home/.config/go/env: file 640 4321:4321") && line.contains("-> file 640 4321:4321")
    };
    assert!(changed.len() == 1 && changed.iter().all(kept), "{changed:#?}");
    gomedic("undo --yes").works();
    assert_eq!(before.differences(&Snapshot::of(&machine)), Vec::<String>::new(), "undo did not restore everything");
    machine.terminal(command).fails_with("cannot find GOROOT directory");
}
