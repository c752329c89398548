//! C libraries: their headers, what pkg-config knows of them, musl and glibc,
//! the race detector.

use std::path::Path;

use crate::Case;
use crate::cases::cgo::CGO;
use crate::cases::root::Installed;
use crate::machine::{Machine, Shell};
use crate::own_system::{Account, own_system};
use crate::package::{Package, only_in_repository};
use crate::proof::Proof;
use crate::tools::{APT, BASH, DISTRO_GCC, DISTRO_PKG_CONFIG, FISH, GCC, MIDDLE, MOUNTS, MUSL, NEW, OLD, go_root};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "libc-headers-missing: apt, as root",
            needs: &[APT, BASH, DISTRO_GCC, MIDDLE, MOUNTS],
            run: without_headers,
        },
        Case {
            name: "pkg-config-missing: the program, by apt",
            needs: &[APT, BASH, DISTRO_GCC, DISTRO_PKG_CONFIG, NEW, MOUNTS],
            run: without_pkg_config,
        },
        Case {
            name: "pkg-config-missing: a library, by apt",
            needs: &[APT, BASH, DISTRO_GCC, DISTRO_PKG_CONFIG, MIDDLE, MOUNTS],
            run: without_library,
        },
        Case {
            name: "pkg-config-missing: PKG_CONFIG names nothing",
            needs: &[FISH, DISTRO_GCC, DISTRO_PKG_CONFIG, NEW],
            run: pkg_config_names_nothing,
        },
        Case {
            name: "musl-toolchain-mix: what musl-gcc links",
            needs: &[BASH, DISTRO_GCC, MOUNTS, MUSL, NEW],
            run: linked_for_musl,
        },
        Case {
            name: "musl-toolchain-mix: a Go for musl",
            needs: &[BASH, DISTRO_GCC, MOUNTS, MUSL, NEW, OLD],
            run: go_for_musl,
        },
        Case { name: "race-unavailable: cgo is off", needs: &[BASH, GCC, MIDDLE], run: race_without_cgo },
        Case { name: "race-unavailable: GOFLAGS", needs: &[BASH, GCC, NEW], run: race_in_flags },
    ]
}

/// C code that asks for a library.
const ASKS: &str = "package main\n\n// #cgo pkg-config: vips\n// static int one(void) { return 1; }\nimport \"C\"\n\nfunc main() { println(C.one()) }\n";

/// Where the system keeps what pkg-config knows.
const KNOWN: &str = "/usr/lib/pkgconfig/vips.pc";

const BUILD: &str = "go clean -cache && go build -o /dev/null .";

fn without_headers() {
    let machine = own_system("1.24.11", Account::Root, |machine| {
        machine.write("shop/main.go", "package main\n\nimport \"net\"\n\nfunc main() { println(net.IPv4len) }\n");
    });
    machine.terminal(BUILD).works();
    let header = Package { name: "libc6-dev", brings: Some("/usr/include/stdlib.h".into()) };
    only_in_repository(&machine, &[header]);
    Installed {
        id: "libc-headers-missing",
        command: BUILD,
        says: "fatal error: stdlib.h: No such file or directory",
        install: "/usr/bin/apt-get install -y libc6-dev",
        brings: "usr/include/stdlib.h: absent -> file 644 0:0",
    }
    .prove(&machine);
}

/// A project that asks for a library which pkg-config knows.
fn asking(version: &str) -> Machine {
    let machine = own_system(version, Account::Root, |machine| machine.write("shop/main.go", ASKS));
    let file = "Name: vips\\nDescription: pictures\\nVersion: 8.14.1\\nLibs:\\nCflags:\\n";
    // dpkg removes a folder that it leaves empty.
    let script =
        format!("mkdir -p /usr/lib/pkgconfig && cd /usr/lib/pkgconfig && : > other.pc && printf '{file}' > {KNOWN}");
    machine.system(&["sh", "-c", &script].map(str::to_owned)).works();
    machine.terminal(BUILD).works();
    machine
}

fn without_pkg_config() {
    let machine = asking("1.27.3");
    only_in_repository(&machine, &[Package { name: "pkg-config", brings: Some("/usr/bin/pkg-config".into()) }]);
    Installed {
        id: "pkg-config-missing",
        command: BUILD,
        says: "exec: \"pkg-config\": executable file not found in $PATH",
        install: "/usr/bin/apt-get install -y pkg-config",
        brings: "usr/bin/pkg-config: absent -> file 755 0:0",
    }
    .prove(&machine);
}

fn without_library() {
    let machine = asking("1.24.11");
    only_in_repository(&machine, &[Package { name: "libvips-dev", brings: Some(KNOWN.into()) }]);
    Installed {
        id: "pkg-config-missing",
        command: BUILD,
        says: "Package vips was not found in the pkg-config search path",
        install: "/usr/bin/apt-get install -y libvips-dev",
        brings: "usr/lib/pkgconfig/vips.pc: absent -> file 644 0:0",
    }
    .prove(&machine);
}

fn pkg_config_names_nothing() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.write("shop/main.go", ASKS);
    machine.write("lib/vips.pc", "Name: vips\nDescription: pictures\nVersion: 8\n");
    let path = machine.home().join("lib").display().to_string();
    let config = Shell::Fish.export_line("PKG_CONFIG_PATH", &path)
        + &Shell::Fish.export_line("PKG_CONFIG", "/opt/cross/bin/pkg-config");
    machine.append(".config/fish/config.fish", &config);
    // With a flag of its own each time: Go does not build again what it knows.
    let command = "env CGO_CFLAGS=-DRUN=$(date +%N) go build -o /dev/null .";
    Proof { id: "pkg-config-missing", command, says: "exec: \"/opt/cross/bin/pkg-config\"" }.run(&machine);
}

/// Takes the loader of musl away.
fn without_loader(machine: &Machine) {
    machine.system(&["sh", "-c", "rm /lib/ld-musl-*"].map(str::to_owned)).works();
}

fn linked_for_musl() {
    let machine = own_system("1.27.3", Account::Root, |machine| {
        machine.write("shop/main.go", CGO);
        machine.write(".config/go/env", "CC=musl-gcc\n");
    });
    machine.terminal("go run .").works();
    without_loader(&machine);
    Proof { id: "musl-toolchain-mix", command: "go run .", says: "no such file or directory" }.run(&machine);
}

/// Such as Alpine packages it: linked with musl's C library.
fn go_for_musl() {
    let machine = own_system("1.27.3", Account::Root, |machine| {
        let root = machine.add_go("1.21.13");
        let go = root.join("bin/go");
        std::fs::remove_file(&go).expect("it was put there");
        let source = go_root("1.21.13");
        let built = std::process::Command::new(source.join("bin/go"))
            .args(["build", "-ldflags=-linkmode=external", "-o"])
            .arg(&go)
            .arg("cmd/go")
            .current_dir(&source)
            .env_clear()
            .envs([("PATH", "/usr/bin:/bin"), ("CC", "musl-gcc"), ("CGO_ENABLED", "1"), ("GOTOOLCHAIN", "local")])
            .env("HOME", machine.home())
            .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build"))
            .status();
        assert!(built.is_ok_and(|status| status.success()), "go cannot be built for musl");
        machine.append(".bashrc", &Shell::Bash.path_line("/home/kim/sdk/go1.21.13/bin"));
    });
    machine.terminal("go version").works();
    without_loader(&machine);
    Proof { id: "musl-toolchain-mix", command: "go version", says: "required file not found" }.run(&machine);
}

fn race_without_cgo() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/.vscode/settings.json", "{\n  \"go.testFlags\": [\"-race\"]\n}\n");
    machine.append(".bashrc", "export CGO_ENABLED=0\n");
    Proof { id: "race-unavailable", command: "go test -race .", says: "-race requires cgo" }.run(&machine);
}

fn race_in_flags() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", "CGO_ENABLED=0\nGOFLAGS=-race\n");
    Proof { id: "race-unavailable", command: "go build -o /dev/null .", says: "-race requires cgo" }.run(&machine);
}
