//! What gomedic foretells of builds, compared with real builds.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::tools::{BASH, BWRAP, GCC, GCC_ARM64, GCC_WINDOWS, MIDDLE, MUSL_GCC, NEW, OLD, OLDER, program};

pub fn cases() -> Vec<Case> {
    let all = [BASH, GCC, GCC_ARM64, GCC_WINDOWS];
    let needs = |go| [all.as_slice(), &[go]].concat().leak() as &'static [_];
    vec![
        Case { name: "cross as foretold: go1.19", needs: needs(OLDER), run: || as_foretold("1.19.8") },
        Case { name: "cross as foretold: go1.21", needs: needs(OLD), run: || as_foretold("1.21.13") },
        Case { name: "cross as foretold: go1.24", needs: needs(MIDDLE), run: || as_foretold("1.24.11") },
        Case { name: "cross as foretold: go1.27", needs: needs(NEW), run: || as_foretold("1.27.3") },
        Case { name: "cross without a C compiler: go1.19", needs: &[BASH, OLDER], run: no_compiler_old },
        Case { name: "cross without a C compiler: go1.27", needs: &[BASH, NEW], run: no_compiler },
        Case { name: "cross with musl-gcc", needs: &[BASH, GCC, MUSL_GCC, NEW], run: musl },
        Case { name: "cross with libraries", needs: &[BASH, GCC, GCC_ARM64, NEW], run: libraries },
        Case { name: "cross with settings", needs: &[BASH, GCC, NEW], run: settings },
        Case { name: "cross of what is not there", needs: &[BASH, NEW], run: not_there },
        Case { name: "cross cleans up", needs: &[BASH, BWRAP, GCC, NEW], run: cleans_up },
        Case { name: "cross cleans up when ended", needs: &[BASH, NEW], run: cleans_up_when_ended },
    ]
}

const PURE: &str = "package main\n\nfunc main() { println(\"shop\") }\n";

/// Uses C, where cgo is on, and Go where it is not.
const TWIN: [(&str, &str); 2] = [
    (
        "shop/one/cgo.go",
        "package one\n\n// #include <stdlib.h>\n// static int one(void) { return abs(-1); }\nimport \"C\"\n\nfunc One() int { return int(C.one()) }\n",
    ),
    ("shop/one/pure.go", "//go:build !cgo\n\npackage one\n\nfunc One() int { return 1 }\n"),
];

const USES_ONE: &str = "package main\n\nimport \"example.com/shop/one\"\n\nfunc main() { println(one.One()) }\n";

/// Uses what the standard library has in C, on some systems.
const LOOKS_UP: &str = "package main\n\nimport \"net\"\n\nfunc main() { println(net.LookupHost(\"shop\")) }\n";

/// The cells by `linux/arm64 1`, after real builds; panics where one ended
/// otherwise than foretold.
pub(super) fn tried(machine: &Machine, targets: &str) -> BTreeMap<String, Value> {
    let cache = "~/.cache/go-build";
    let said = machine.gomedic_json(&format!("cross --try --cache {cache} --target {targets}"));
    let cells = said["cells"].as_array().expect("there are cells").iter().cloned();
    let cells: BTreeMap<String, Value> = cells.map(|cell| (name(&cell), cell)).collect();
    for (name, cell) in &cells {
        let foretold = match cell["result"].as_str().expect("it has a result") {
            "builds-without-cgo" => "builds",
            other => other,
        };
        assert_eq!(foretold, cell["tried"]["result"], "{name}: {cell:#}");
    }
    cells
}

fn name(cell: &Value) -> String {
    let word = |key: &str| cell[key].as_str().expect("it is a word").to_owned();
    format!("{}/{} {}", word("goos"), word("goarch"), word("cgo"))
}

pub(super) fn results<'c>(cells: &'c BTreeMap<String, Value>, target: &str) -> [&'c str; 3] {
    ["unset", "0", "1"].map(|cgo| cells[&format!("{target} {cgo}")]["result"].as_str().expect("it has a result"))
}

/// The targets that each kind of project is built for.
const TARGETS: &str = "linux/amd64,linux/arm64,windows/amd64,darwin/arm64,js/wasm";
/// Those that are built for by the oldest and the newest Go alone, to save
/// time.
const MORE_TARGETS: &str = "linux/386,freebsd/amd64,ios/arm64,android/arm64";

fn as_foretold(version: &str) {
    let is_at_an_end = matches!(version, "1.19.8" | "1.27.3");
    let targets = if is_at_an_end { format!("{TARGETS},{MORE_TARGETS}") } else { TARGETS.to_owned() };
    let machine = Machine::with_go(Shell::Bash, version);
    machine.write("shop/main.go", PURE);
    let pure = tried(&machine, &targets);
    assert_eq!(results(&pure, "linux/arm64"), ["builds"; 3]);
    if is_at_an_end {
        assert_eq!(results(&pure, "android/arm64"), ["builds"; 3]);
        assert_eq!(results(&pure, "ios/arm64"), ["fails"; 3]);
    }

    // Some systems' part of the standard library has C in it.
    let without = "builds-without-cgo";
    machine.write("shop/main.go", LOOKS_UP);
    let net = tried(&machine, "linux/arm64,darwin/arm64");
    assert_eq!(results(&net, "linux/arm64"), [without, without, "builds"]);
    let is_old = matches!(version, "1.19.8" | "1.21.13");
    assert_eq!(results(&net, "darwin/arm64")[2], if is_old { "fails" } else { "builds" });

    // C that nothing stands in for.
    machine.write("shop/main.go", super::cgo::CGO);
    let cgo = tried(&machine, &targets);
    assert_eq!(results(&cgo, "linux/amd64"), ["builds", "fails", "builds"]);
    assert_eq!(results(&cgo, "linux/arm64"), ["fails", "fails", "builds"]);
    assert_eq!(cgo["linux/arm64 1"]["cc"], "aarch64-linux-gnu-gcc");
    assert_eq!(cgo["windows/amd64 1"]["cc"], "x86_64-w64-mingw32-gcc");
    assert_eq!(results(&cgo, "darwin/arm64"), ["fails"; 3]);
    assert_eq!(results(&cgo, "js/wasm"), ["fails"; 3]);

    TWIN.iter().for_each(|(name, text)| machine.write(name, text));
    machine.write("shop/main.go", USES_ONE);
    let twin = tried(&machine, &targets);
    assert_eq!(results(&twin, "linux/amd64"), ["builds", without, "builds"]);
    assert_eq!(results(&twin, "darwin/arm64"), [without, without, "fails"]);
    assert_eq!(twin["linux/arm64 0"]["loses"][0], "example.com/shop/one");
}

/// A machine with a PATH with Go and what starts a shell, and nothing that
/// compiles C.
pub(super) fn bare(version: &str) -> Machine {
    let machine = Machine::with_go(Shell::Bash, version);
    for tool in ["bash", "sh", "env", "cat"] {
        machine.link_to(&program(tool).expect("a shell needs it"), &format!("tools/{tool}"));
    }
    machine.append(".bashrc", &format!("export PATH=$HOME/sdk/go{version}/bin:$HOME/tools\n"));
    machine
}

/// Before Go 1.20, cgo was on whether or not a C compiler was there.
fn no_compiler_old() {
    let machine = bare("1.19.8");
    TWIN.iter().for_each(|(name, text)| machine.write(name, text));
    machine.write("shop/main.go", USES_ONE);
    let cells = tried(&machine, "linux/amd64,linux/arm64");
    assert_eq!(results(&cells, "linux/amd64"), ["fails", "builds-without-cgo", "fails"]);
    assert_eq!(results(&cells, "linux/arm64"), ["builds-without-cgo", "builds-without-cgo", "fails"]);
}

fn no_compiler() {
    let machine = bare("1.27.3");
    TWIN.iter().for_each(|(name, text)| machine.write(name, text));
    machine.write("shop/main.go", USES_ONE);
    let cells = tried(&machine, "linux/amd64,windows/amd64");
    assert_eq!(results(&cells, "linux/amd64"), ["builds-without-cgo", "builds-without-cgo", "fails"]);
    assert_eq!(results(&cells, "windows/amd64"), ["builds-without-cgo", "builds-without-cgo", "fails"]);
    let command = cells["linux/amd64 1"]["commands"][0].as_str().expect("it says what brings one");
    assert!(command.contains("gcc"), "{command}");
}

/// A PATH with one C compiler, under a name that Go does not look for.
fn musl() {
    let machine = bare("1.27.3");
    // musl-gcc starts gcc by the name that it was made for.

    for tool in ["as", "ld"] {
        machine.link_to(&program(tool).expect("gcc needs it"), &format!("tools/{tool}"));
    }
    machine.write("tools/musl-gcc", "#!/bin/sh\nPATH=/usr/bin:/bin exec /usr/bin/musl-gcc \"$@\"\n");
    machine.terminal("/bin/chmod +x ~/tools/musl-gcc").works();
    machine.write("shop/main.go", super::cgo::CGO);
    let cells = tried(&machine, "linux/amd64,linux/arm64");
    // Go leaves cgo off by itself: it does not look for this one.
    assert_eq!(results(&cells, "linux/amd64"), ["fails", "fails", "builds"]);
    assert_eq!(cells["linux/amd64 1"]["cc"], "musl-gcc");
    machine.append(".bashrc", "export CC=musl-gcc\n");
    let cells = tried(&machine, "linux/amd64,linux/arm64");
    assert_eq!(results(&cells, "linux/amd64"), ["builds", "fails", "builds"]);
    assert_eq!(cells["linux/amd64 1"]["cc"], Value::Null, "CC says it already");
    assert_eq!(results(&cells, "linux/arm64"), ["fails"; 3]);
}

/// Libraries that are here for some targets, or for none.
fn libraries() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    let targets = "linux/amd64,linux/arm64";
    let shop = |line: &str| {
        let code = "static int one(void) { return 1; }";
        machine.write(
            "shop/main.go",
            format!("package main\n\n/*\n{line}\n{code}\n*/\nimport \"C\"\n\nfunc main() {{ println(C.one()) }}\n"),
        );
        tried(&machine, targets)
    };
    let cells = shop("#cgo LDFLAGS: -lm -lpthread");
    assert_eq!(cells["linux/amd64 1"]["result"], "builds");
    assert_eq!(cells["linux/arm64 1"]["result"], "builds");
    let cells = shop("#cgo linux,arm64 LDFLAGS: -lnothere");
    assert_eq!(cells["linux/amd64 1"]["result"], "builds");
    assert_eq!(cells["linux/arm64 1"]["result"], "fails");
    let cells = shop("#cgo pkg-config: nothere");
    assert_eq!(cells["linux/amd64 1"]["result"], "fails");
    machine.write("shop/one.cc", "int two(void) { return 2; }\n");
    let cells = shop("");
    assert_eq!(cells["linux/arm64 1"]["result"], "fails", "CXX compiles for this machine");
}

/// CGO_ENABLED in the GOENV file and in the environment, GOFLAGS, vendor.
fn settings() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", super::cgo::CGO);
    machine.terminal("go env -w CGO_ENABLED=0").works();
    assert_eq!(results(&tried(&machine, "linux/amd64"), "linux/amd64"), ["fails", "fails", "builds"]);
    machine.append(".bashrc", "export CGO_ENABLED=1\n");
    let cells = tried(&machine, "linux/amd64,js/wasm");
    assert_eq!(results(&cells, "linux/amd64"), ["builds", "fails", "builds"]);
    assert_eq!(results(&cells, "js/wasm"), ["fails"; 3]);

    // A tag that leaves the C out, and a package that vendor alone has.
    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.21\n\nrequire example.com/c v1.0.0\n");
    machine.write("shop/vendor/modules.txt", "# example.com/c v1.0.0\n## explicit\nexample.com/c\n");
    machine.write("shop/vendor/example.com/c/c.go", "//go:build !plain\n\npackage c\n\nimport \"C\"\n");
    machine.write("shop/vendor/example.com/c/plain.go", "package c\n");
    machine.write("shop/main.go", "package main\n\nimport _ \"example.com/c\"\n\nfunc main() {}\n");
    let said = machine.gomedic_json("cross --target linux/arm64");
    assert_eq!(said["cgo_packages"][0]["package"], "example.com/c");
    machine.terminal("go env -w GOFLAGS=-tags=plain").works();
    assert_eq!(results(&tried(&machine, "linux/arm64"), "linux/arm64"), ["builds"; 3]);
}

/// Packages that no build for a target has, and modules that are nowhere.
fn not_there() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/only/only_windows.go", "package only\n");
    machine.write("shop/main.go", "package main\n\nimport _ \"example.com/shop/only\"\n\nfunc main() {}\n");
    let cells = tried(&machine, "linux/amd64,windows/amd64");
    assert_eq!(results(&cells, "linux/amd64"), ["fails"; 3]);
    assert_eq!(results(&cells, "windows/amd64"), ["builds"; 3]);

    machine.write("shop/go.mod", "module example.com/shop\n\ngo 1.21\n\nrequire example.com/nowhere v1.0.0\n");
    machine.write("shop/go.sum", "example.com/nowhere v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nexample.com/nowhere v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    machine.write("shop/main.go", "package main\n\nimport _ \"example.com/nowhere\"\n\nfunc main() {}\n");
    let cells = tried(&machine, "linux/amd64");
    assert_eq!(results(&cells, "linux/amd64"), ["unknown"; 3]);

    machine.gomedic("cross --target linux/amd46").fails_with("Did you mean linux/amd64?");
}

/// What is tried leaves nothing behind, in the project or at home, and a wrong
/// prediction is told.
fn cleans_up() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", "package main\n\nfunc main() { undefined() }\n");
    machine.terminal("go env -w GOFLAGS=-mod=mod").works();
    let before = machine.tree();
    let folder = "$HOME/tmp";
    let said = machine.gomedic("cross --try --target linux/amd64 --color never");
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stdout.contains("3 not as foretold") && said.stdout.contains("undefined"), "{said:?}");
    assert_eq!(crate::tree::differences(&before, &machine.tree()), Vec::<String>::new());
    let said = machine.terminal(&format!(
        "mkdir -p {folder} && TMPDIR={folder} {} cross --try --target linux/amd64; ls -A {folder}",
        env!("CARGO_BIN_EXE_gomedic")
    ));
    assert!(said.stdout.trim_end().ends_with("as foretold."), "nothing is left in there: {said:?}");
}

/// The build that runs is ended first: it would write on.
fn cleans_up_when_ended() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", PURE);
    let script = format!(
        "cd ~/shop; export TMPDIR=$HOME/tmp; mkdir $TMPDIR\n{} cross --try --target linux/amd64 & gomedic=$!\nuntil ls -A $TMPDIR/*/cache; do sleep 0.05; done 2>/dev/null >&2\nkill $gomedic; wait $gomedic; echo code $?; ls -A $TMPDIR\n",
        env!("CARGO_BIN_EXE_gomedic")
    );
    machine.write("ended.sh", script);
    let said = machine.terminal("bash ~/ended.sh");
    assert_eq!(said.stdout, "code 143\n", "nothing is left in there: {said:?}");
}
