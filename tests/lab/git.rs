//! Real git repositories, and a server that wants to know who asks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::machine::Machine;

/// The module that [`repository`] makes, with its version.
pub const MODULE: &str = "github.com/corp/lib";
/// Its only version.
pub const VERSION: &str = "v1.0.0";
/// Who may read from [`GitServer`], as a URL has it.
pub const USER: &str = "kim:s3cr3t";
/// The same as HTTP sends it.
const BASIC: &str = "Basic a2ltOnMzY3IzdA==";

/// Makes a bare repository with one module below home, and returns the folder
/// that stands for its owner, `https://github.com/corp/`.
pub fn repository(machine: &Machine) -> PathBuf {
    let root = machine.home().join("srv");
    machine.write("work/lib/go.mod", format!("module {MODULE}\n\ngo 1.21\n"));
    machine.write("work/lib/lib.go", "package lib\n\nconst One = 1\n");
    let work = machine.home().join("work/lib");
    let bare = root.join("lib").display().to_string();
    for words in [
        vec!["init", "-q", "-b", "main"],
        vec!["add", "."],
        vec!["-c", "user.name=kim", "-c", "user.email=kim@corp.example", "commit", "-q", "-m", "One"],
        vec!["tag", VERSION],
        vec!["clone", "-q", "--bare", ".", &bare],
    ] {
        let mut git = Command::new("git");
        git.args(&words).current_dir(&work).env_clear().env("HOME", &root).env("PATH", "/usr/bin:/bin");
        assert!(git.status().expect("git can be started").success(), "git {words:?}");
    }
    root
}

/// The command that downloads the module anew.
pub fn download() -> String {
    format!("go clean -modcache; cd / && go mod download {MODULE}@{VERSION}")
}

/// Makes the project need the module.
pub fn need(machine: &Machine) {
    machine.write("shop/go.mod", format!("module example.com/shop\n\ngo 1.21\n\nrequire {MODULE} {VERSION}\n"));
}

/// git's own HTTP server behind a password.
pub struct GitServer {
    port: u16,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl GitServer {
    /// Starts it on a free port of loopback, for the repositories below a
    /// folder.
    pub fn start(root: &Path) -> GitServer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, root) = (Arc::clone(&stop), root.to_owned());
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                if let Ok(stream) = stream {
                    // A client that goes away is none of our business.
                    let _ = answer(stream, &root);
                }
            }
        });
        GitServer { port, stop, thread: Some(thread) }
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

impl Drop for GitServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: TcpStream, root: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(std::time::Duration::from_secs(5)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        line.clear();
    }
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body)?;
    if header("authorization") != BASIC {
        let refusal = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return stream.write_all(refusal.as_bytes());
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut backend = Command::new("git");
    backend.arg("http-backend").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).env_clear();
    backend.env("PATH", "/usr/bin:/bin").env("GIT_PROJECT_ROOT", root).env("GIT_HTTP_EXPORT_ALL", "1");
    backend.env("PATH_INFO", path).env("QUERY_STRING", query).env("REQUEST_METHOD", method);
    backend.env("CONTENT_TYPE", header("content-type")).env("CONTENT_LENGTH", body.len().to_string());
    backend.env("HTTP_CONTENT_ENCODING", header("content-encoding"));
    backend.env("HTTP_GIT_PROTOCOL", header("git-protocol")).env("REMOTE_USER", "kim");
    let mut backend = backend.spawn()?;
    if let Some(mut input) = backend.stdin.take() {
        input.write_all(&body)?;
    }
    let said = backend.wait_with_output()?.stdout;
    let end = said.windows(4).position(|window| window == b"\r\n\r\n").map_or(said.len(), |at| at + 4);
    let head = String::from_utf8_lossy(&said[..end]).into_owned();
    let status = head.lines().find_map(|line| line.strip_prefix("Status: ")).unwrap_or("200 OK");
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\n{head}")?;
    stream.write_all(&said[end..])
}
