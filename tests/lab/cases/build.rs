//! cgo, C tools, targets.

use std::path::Path;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::proof::Proof;
use crate::tools::{BASH, DISTRO_GCC, DISTRO_GIT, FISH, GCC, MIDDLE, NEW};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "cc-invalid in the GOENV file", needs: &[BASH, GCC, MIDDLE], run: cc_in_file },
        Case { name: "ld-library-path: a damaged library", needs: &[BASH, DISTRO_GCC, NEW], run: damaged_library },
        Case { name: "ld-library-path: an older library", needs: &[BASH, DISTRO_GIT, GCC, NEW], run: older_library },
        Case { name: "cc-invalid in fish", needs: &[FISH, GCC, NEW], run: cc_in_fish },
    ]
}

const CGO: &str =
    "package main\n\n// static int one(void) { return 1; }\nimport \"C\"\n\nfunc main() { println(C.one()) }\n";

fn cc_in_file() {
    let machine = Machine::with_go(Shell::Bash, "1.24.11");
    machine.write("shop/main.go", CGO);
    machine.write(".config/go/env", "CC=x86_64-conda-linux-gnu-cc\n");
    let says = "C compiler \"x86_64-conda-linux-gnu-cc\" not found";
    Proof { id: "cc-invalid", command: "go build -o /dev/null .", says }.run(&machine);
}

fn cc_in_fish() {
    let machine = Machine::with_go(Shell::Fish, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.append(".config/fish/config.fish", "set -gx CC /opt/conda/bin/gcc\n");
    Proof { id: "cc-invalid", command: "go build -o /dev/null .", says: "C compiler \"/opt/conda/bin/gcc\" not found" }
        .run(&machine);
}

/// Half of an archive was unpacked, and all of it is searched first: cgo ends
/// with the compiler.
fn damaged_library() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("shop/main.go", CGO);
    machine.write("opt/lib/libz.so.1", "");
    machine.append(".bashrc", "export LD_LIBRARY_PATH=$HOME/opt/lib\n");
    let build = "CC=/usr/bin/gcc go build -buildvcs=false -o /dev/null .";
    machine.terminal(build).fails_with("libz.so.1: file too short");
    let command = "/usr/bin/gcc -c -x c -o /dev/null /dev/null";
    Proof { id: "ld-library-path", command, says: "libz.so.1: file too short" }.run(&machine);
}

/// A real library with a version of its symbols that git does not know, in
/// one folder of two.
fn older_library() {
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write("opt/versions", "ZLIB_0.1 { global: *; };\n");
    machine.write("opt/z.c", "const char *zlibVersion(void) { return \"0.1\"; }\n");
    machine.write("opt/lib/note", "");
    let options = "-shared -fPIC -Wl,-soname,libz.so.1 -Wl,--version-script=versions";
    machine.terminal(&format!("cd ~/opt && gcc {options} -o lib/libz.so.1 z.c")).works();
    machine.write("opt/other/note", "");
    // The git of the system: another may have its libraries elsewhere.
    machine.link_to(Path::new("/usr/bin/git"), "bin/git");
    machine.append(".profile", "export PATH=$HOME/bin:$PATH\n");
    machine.append(".bashrc", "export LD_LIBRARY_PATH=\"$HOME/opt/lib:$HOME/opt/other\"\n");
    Proof { id: "ld-library-path", command: "git --version", says: "not found (required by" }.run(&machine);
}
