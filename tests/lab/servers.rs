//! Small real servers on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use crate::loopback::Loopback;

/// A module proxy with one module of one version, without its content.
pub struct ModuleServer(Loopback);

impl ModuleServer {
    /// Starts it on a free port of loopback.
    pub fn start(module: &'static str, version: &'static str) -> ModuleServer {
        ModuleServer(Loopback::start(move |stream| {
            let base = format!("/{module}/@v/");
            let path = requested(&stream)?;
            let body = match path.strip_prefix(&base) {
                Some("list") => Some(format!("{version}\n")),
                Some(name) if name == format!("{version}.info") => {
                    Some(format!("{{\"Version\":\"{version}\",\"Time\":\"2026-01-01T00:00:00Z\"}}"))
                }
                Some(name) if name == format!("{version}.mod") => Some(format!("module {module}\n\ngo 1.21\n")),
                _ => None,
            };
            respond(&stream, "", body.as_deref().map(str::as_bytes))
        }))
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.0.port()
    }
}

/// Reads a request to its end and returns the path that it asks for.
pub fn requested(stream: &TcpStream) -> std::io::Result<String> {
    let mut lines = BufReader::new(stream);
    let mut request = String::new();
    lines.read_line(&mut request)?;
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    Ok(request.split(' ').nth(1).unwrap_or_default().to_owned())
}

/// Sends the body, or that there is none. `headers` are whole lines.
pub fn respond(mut stream: &TcpStream, headers: &str, body: Option<&[u8]>) -> std::io::Result<()> {
    let (status, body) = body.map_or(("404 Not Found", "not found\n".as_bytes()), |body| ("200 OK", body));
    write!(stream, "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}
