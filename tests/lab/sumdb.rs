//! A real checksum database, behind a module proxy that serves it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::overlay::overlay;
use crate::tools::go_root;

/// The Go whose sources it is made of.
const GO: &str = "1.27.3";

/// The database's name.
const NAME: &str = "sum.lab.example";

/// Go's own checksum database for tests, over the modules in a folder, and a
/// module proxy of the same folder. Ends when it is dropped.
pub struct SumDb {
    program: Child,
    port: u16,
    key: String,
    _folder: TempDir,
}

impl SumDb {
    /// Builds it and starts it on a free port of loopback.
    pub fn start(modules: &Path) -> SumDb {
        let folder = tempfile::Builder::new().prefix("sumdb").tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        let folder = folder.expect("a folder can be made");
        build(folder.path());
        let mut program = Command::new(folder.path().join("server"))
            .args([modules.as_os_str(), NAME.as_ref()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was built");
        let mut said = String::new();
        let stdout = program.stdout.take().expect("it is a pipe");
        BufReader::new(stdout).read_line(&mut said).expect("it can be read");
        let (port, key) = said.trim().split_once(' ').expect("port and key");
        SumDb { port: port.parse().expect("a port"), key: key.to_owned(), program, _folder: folder }
    }

    /// The port of the module proxy that serves it.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of the module proxy that serves it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The database's name and public key, for GOSUMDB.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl Drop for SumDb {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// The go command brings the sources of the database's library with it.
fn build(folder: &Path) {
    let root = go_root(GO);
    overlay(&root.join("src/cmd/vendor/golang.org/x/mod"), &folder.join("mod"));
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("it is ours");
    write("mod/go.mod", "module golang.org/x/mod\n\ngo 1.25\n");
    write("main.go", include_str!("programs/sumdb.go"));
    write("go.mod", "module lab\n\ngo 1.25\n\nrequire golang.org/x/mod v0.0.0\n\nreplace golang.org/x/mod => ./mod\n");
    let mut go = Command::new(root.join("bin/go"));
    go.args(["build", "-o", "server", "."]).current_dir(folder).env_clear();
    go.env("HOME", folder)
        .env("GOPROXY", "off")
        .env("GOTOOLCHAIN", "local")
        .env("GOENV", "off")
        .env("CGO_ENABLED", "0");
    go.env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build"));
    let output = go.output().expect("go can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
