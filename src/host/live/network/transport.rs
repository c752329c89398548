use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use super::Deadline;

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

/// A TCP connection with one deadline for everything.
#[derive(Debug)]
pub(super) struct Plain {
    stream: TcpStream,
    buffers: LazyBuffers,
    form: Form,
    deadline: Deadline,
}

impl Plain {
    pub(super) fn new(stream: TcpStream, form: Form, deadline: Deadline) -> Self {
        Plain { stream, buffers: LazyBuffers::new(BUFFER, BUFFER), form, deadline }
    }

    fn left(&self) -> Result<Option<Duration>, ureq::Error> {
        match self.deadline.left() {
            Duration::ZERO => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
            left => Ok(Some(left)),
        }
    }
}

impl Transport for Plain {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.set_write_timeout(self.left()?)?;
        let output = &self.buffers.output()[..amount];
        // The head is the first thing that is sent; there is no body.
        match std::mem::replace(&mut self.form, Form::Path) {
            Form::Path => self.stream.write_all(output)?,
            Form::Url { origin, authorization } => {
                self.stream.write_all(&by_url(output, &origin, authorization.as_deref()))?;
            }
        }
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.set_read_timeout(self.left()?)?;
        let count = loop {
            match self.stream.read(self.buffers.input_append_buf()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.buffers.input_appended(count);
        Ok(count > 0)
    }

    /// Never used twice.
    fn is_open(&mut self) -> bool {
        false
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
