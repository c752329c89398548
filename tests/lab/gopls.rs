//! gopls of any age, without a network.
//!
//! The real one is large and grows out of its Go. This one is a small program
//! of the same module path and version, built by a real Go from a module proxy
//! of files: its build information is real. It does what counts here as the
//! real one does: it asks the go command for its version, and looks for the
//! module of the folder.

use std::path::Path;

use crate::archive::zip;
use crate::machine::Machine;
use crate::tools::go_root;

const MODULE: &str = "golang.org/x/tools/gopls";

/// A release of gopls.
struct Release {
    version: &'static str,
    /// The oldest go command that it takes, as its `internal/util/goversion`
    /// has it: the number behind `1.`.
    oldest: u32,
    /// Whether it finds the module of each file by itself.
    finds_modules: bool,
}

const RELEASES: [Release; 3] = [
    Release { version: "v0.14.2", oldest: 16, finds_modules: false },
    Release { version: "v0.16.2", oldest: 19, finds_modules: true },
    Release { version: "v0.20.0", oldest: 21, finds_modules: true },
];

/// Lets this machine's Go download gopls from a folder of its own.
pub fn offer(machine: &Machine) {
    let versions: String = RELEASES.iter().map(|release| format!("{}\n", release.version)).collect();
    let folder = format!("proxy/{MODULE}/@v");
    machine.write(&format!("{folder}/list"), versions);
    let module = format!("module {MODULE}\n\ngo 1.18\n");
    for release in &RELEASES {
        let version = release.version;
        let program = include_str!("gopls.go.txt")
            .replace("OLDEST", &release.oldest.to_string())
            .replace("FINDS_MODULES", &release.finds_modules.to_string());
        let files = [("go.mod", module.as_bytes()), ("main.go", program.as_bytes())];
        let files = files.map(|(name, content)| (format!("{MODULE}@{version}/{name}"), content));
        machine.write(&format!("{folder}/{version}.info"), format!("{{\"Version\":\"{version}\"}}"));
        machine.write(&format!("{folder}/{version}.mod"), &module);
        machine.write(&format!("{folder}/{version}.zip"), zip(&files));
    }
    let proxy = machine.home().join("proxy");
    let settings = format!("GOFLAGS=-modcacherw\nGONOSUMDB=golang.org/x/tools\nGOPROXY=file://{}\n", proxy.display());
    machine.write(".config/go/env", settings);
}

/// Builds a gopls into a folder, with a Go that need not be the machine's own.
pub fn install(machine: &Machine, version: &str, folder: &Path, go: &str) {
    let go = go_root(go).join("bin/go");
    let line = format!("env GOBIN={} {} install {MODULE}@{version}", folder.display(), go.display());
    machine.terminal(&line).works();
}
