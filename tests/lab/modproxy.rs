//! A real module proxy with modules that Go can build.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::loopback::Loopback;
use crate::servers::{requested, respond};
use crate::zip::zip;

/// A module proxy of files behind HTTP. What is added is served at once. Go
/// takes it with `GONOSUMDB=*`, for no checksum database knows its modules.
pub struct ModProxy {
    folder: TempDir,
    server: Loopback,
}

impl ModProxy {
    /// Starts it on a free port of loopback.
    pub fn start() -> ModProxy {
        ModProxy::start_at(TcpListener::bind("127.0.0.1:0").expect("a port is free"))
    }

    /// Starts it where something listens already.
    pub fn start_at(listener: TcpListener) -> ModProxy {
        let folder = tempfile::Builder::new().prefix("modules").tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        let folder = folder.expect("a folder can be made");
        let root = folder.path().to_owned();
        let server = Loopback::start_at(listener, move |stream| {
            let path = requested(&stream)?;
            let file = root.join(path.trim_start_matches('/'));
            respond(&stream, "", fs::read(file).ok().as_deref())
        });
        ModProxy { folder, server }
    }

    /// The folder with its modules.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.server.port()
    }

    /// Its URL, for GOPROXY.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.server.port())
    }

    /// The content of a GOENV file by which Go gets all modules here.
    pub fn settings(&self) -> String {
        format!("GONOSUMDB=*\nGOPROXY={}\n", self.url())
    }

    /// Adds a version of a module with these files; `go.mod` is among them.
    /// Versions are added in rising order.
    pub fn add(&self, module: &str, version: &str, files: &[(&str, &str)]) {
        let versions = self.folder.path().join(escaped(module)).join("@v");
        fs::create_dir_all(&versions).expect("a folder can be made");
        let put = |name: String, content: &[u8]| fs::write(versions.join(name), content).expect("it can be written");
        let list = fs::read_to_string(versions.join("list")).unwrap_or_default();
        put("list".to_owned(), format!("{list}{version}\n").as_bytes());
        let info = format!("{{\"Version\":\"{version}\",\"Time\":\"2026-01-01T00:00:00Z\"}}");
        put(format!("{version}.info"), info.as_bytes());
        let go_mod = files.iter().find(|(name, _)| *name == "go.mod").expect("a module has a go.mod").1;
        put(format!("{version}.mod"), go_mod.as_bytes());
        let named: Vec<(PathBuf, &str)> =
            files.iter().map(|(name, text)| (PathBuf::from(format!("{module}@{version}")).join(name), *text)).collect();
        put(format!("{version}.zip"), &zip(&named));
    }
}

/// A module's path in a proxy, whose folders have no capitals.
fn escaped(path: &str) -> String {
    let escape = |c: char| if c.is_ascii_uppercase() { format!("!{}", c.to_ascii_lowercase()) } else { c.to_string() };
    path.chars().map(escape).collect()
}
