use std::io::{self, Read, Write};

use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use super::Deadline;
use super::socket::Socket;
use super::tls::Encrypted;

/// Of each direction. Heads are small, and bodies are read in pieces.
const BUFFER: usize = 32 * 1024;

/// How the request names what it asks for.
#[derive(Debug)]
pub(super) enum Form {
    /// By its path.
    Path,
    /// By its whole URL, for a proxy that forwards it.
    Url {
        /// `http://host:port`.
        origin: String,
        /// `Proxy-Authorization`.
        authorization: Option<String>,
    },
}

/// A connection, encrypted or not; encrypted twice through a proxy that speaks
/// TLS itself.
#[derive(Debug)]
pub(super) enum Stream {
    /// Not encrypted.
    Plain(Socket),
    /// Encrypted.
    Tls(Box<Encrypted>),
}

impl Stream {
    pub(super) fn deadline(&self) -> Deadline {
        match self {
            Stream::Plain(socket) => socket.deadline(),
            Stream::Tls(stream) => stream.sock.deadline(),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(socket) => socket.read(buffer),
            Stream::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(socket) => socket.write(bytes),
            Stream::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(socket) => socket.flush(),
            Stream::Tls(stream) => stream.flush(),
        }
    }
}

/// A connection as ureq uses it.
#[derive(Debug)]
pub(super) struct Line {
    stream: Stream,
    buffers: LazyBuffers,
    form: Form,
}

impl Line {
    pub(super) fn new(stream: Stream, form: Form) -> Self {
        Line { stream, buffers: LazyBuffers::new(BUFFER, BUFFER), form }
    }
}

impl Transport for Line {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        let output = &self.buffers.output()[..amount];
        // The head is the first thing that is sent; there is no body.
        let head = match std::mem::replace(&mut self.form, Form::Path) {
            Form::Path => output.to_vec(),
            Form::Url { origin, authorization } => by_url(output, &origin, authorization.as_deref()),
        };
        self.stream.write_all(&head)?;
        self.stream.flush()?;
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        let input = self.buffers.input_append_buf();
        let count = match self.stream.read(input) {
            // Many servers end TLS without a word; Go does not mind.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
            result => result?,
        };
        self.buffers.input_appended(count);
        Ok(count > 0)
    }

    /// Never used twice.
    fn is_open(&mut self) -> bool {
        false
    }

    fn is_tls(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }
}

/// `GET /path HTTP/1.1…` as a forwarding proxy wants it.
fn by_url(head: &[u8], origin: &str, authorization: Option<&str>) -> Vec<u8> {
    let path = head.iter().position(|byte| *byte == b' ').map_or(0, |blank| blank + 1);
    let line = head.windows(2).position(|pair| pair == b"\r\n").map_or(head.len(), |end| end + 2);
    let authorization = authorization.map(|value| format!("Proxy-Authorization: {value}\r\n")).unwrap_or_default();
    [&head[..path], origin.as_bytes(), &head[path..line], authorization.as_bytes(), &head[line..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarding_proxy_gets_the_whole_url() {
        let head = b"GET /x/@v/list HTTP/1.1\r\nhost: p.example\r\n\r\n";
        let sent = by_url(head, "http://p.example:80", Some("Basic QQ=="));
        let expected =
            "GET http://p.example:80/x/@v/list HTTP/1.1\r\nProxy-Authorization: Basic QQ==\r\nhost: p.example\r\n\r\n";
        assert_eq!(String::from_utf8(sent).unwrap(), expected);
    }
}
