//! How ureq gets its connection: dialled here, so that each stage is known
//! and each failure has its words.

use std::io::{Read, Write};
use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::runtime::Handle;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout};

use super::route::{Proxy, Route, Security};
use super::socket::Socket;
use super::tls::{RootStores, handshake};
use super::transport::{Form, Line, Stream};
use super::trip::Trip;
use super::words::{self, Said};
use super::{Deadline, dns, tcp};
use crate::host::{NetCause, NetFailure, Stage, Trust};

/// Looks up, connects, gets through the proxy, shakes hands.
#[derive(Debug)]
pub(super) struct Dial {
    pub(super) runtime: Handle,
    pub(super) route: Route,
    pub(super) deadline: Deadline,
    pub(super) trip: Arc<Trip>,
    pub(super) stores: Arc<RootStores>,
    pub(super) trust: Trust,
}

impl Dial {
    fn dial(&self) -> Result<Line, NetFailure> {
        let addresses = dns::addresses(&self.runtime, self.route.first(), self.deadline)?;
        let stream = tcp::connect(&addresses, self.deadline)?;
        let mut stream = Stream::Plain(Socket::new(stream, self.deadline));
        if let Some(proxy) = self.route.proxy.as_ref().filter(|proxy| proxy.security == Security::Tls) {
            stream = self.greet(stream, proxy)?;
        }
        let line = match (self.route.security, &self.route.proxy) {
            (Security::Tls, proxy) => {
                if let Some(proxy) = proxy {
                    self.tunnel(&mut stream, proxy)?;
                }
                let encrypted = handshake(stream, &self.route.target.host, &self.stores, &self.trust, &self.trip)?;
                Line::new(Stream::Tls(Box::new(encrypted)), Form::Path)
            }
            (Security::Plain, None) => Line::new(stream, Form::Path),
            // A proxy forwards plain requests by their whole URL.
            (Security::Plain, Some(proxy)) => {
                let origin = format!("http://{}", self.route.target);
                let form = Form::Url { origin, authorization: proxy.authorization.clone() };
                Line::new(stream, form)
            }
        };
        self.trip.arrive();
        Ok(line)
    }

    /// Shakes hands with a proxy that speaks TLS itself. What it shows is not
    /// the server's: it stays out of the trip.
    fn greet(&self, stream: Stream, proxy: &Proxy) -> Result<Stream, NetFailure> {
        let trip = Arc::new(Trip::default());
        let encrypted = handshake(stream, &proxy.endpoint.host, &self.stores, &self.trust, &trip);
        encrypted.map(|stream| Stream::Tls(Box::new(stream))).map_err(|failure| match failure {
            NetFailure::At { cause, detail, .. } => Said::new(cause, detail).of(&proxy.endpoint).at(Stage::Proxy),
            NetFailure::Rejected(rejection) => words::other(rejection.detail).of(&proxy.endpoint).at(Stage::Proxy),
            missing @ NetFailure::Missing(_) => missing,
        })
    }

    /// Asks the proxy for a connection to the target.
    fn tunnel(&self, stream: &mut Stream, proxy: &Proxy) -> Result<(), NetFailure> {
        let target = &self.route.target;
        let failed = |said: Said| said.of(&proxy.endpoint).at(Stage::Proxy);
        let io = |error: std::io::Error| failed(words::io(&error, self.deadline));
        let no_proxy = || failed(Said::new(NetCause::OtherProtocol, "what answers is not an HTTP proxy"));
        let authorization = proxy.authorization.as_ref().map(|value| format!("Proxy-Authorization: {value}\r\n"));
        let question =
            format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{}\r\n", authorization.unwrap_or_default());
        stream.write_all(question.as_bytes()).and_then(|()| stream.flush()).map_err(io)?;

        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            // By single bytes: what comes behind the head belongs to TLS.
            let mut byte = [0];
            match stream.read(&mut byte).map_err(io)? {
                0 => return Err(failed(words::other("it closed the connection without an answer"))),
                _ if answer.len() >= 8192 => return Err(no_proxy()),
                _ => answer.push(byte[0]),
            }
        }
        match status(&answer) {
            Some((200..=299, _)) => Ok(()),
            Some((status, reason)) => {
                Err(failed(Said::new(NetCause::Status(status), format!("{status} {reason}").trim_end())))
            }
            None => Err(no_proxy()),
        }
    }
}

/// Status and reason of an answer's first line.
fn status(answer: &[u8]) -> Option<(u16, String)> {
    let text = String::from_utf8_lossy(answer);
    let mut words = text.lines().next()?.splitn(3, ' ');
    let status = words.next().filter(|version| version.starts_with("HTTP/")).and(words.next())?;
    Some((status.parse().ok()?, words.next().unwrap_or_default().trim().to_owned()))
}

impl Connector for Dial {
    type Out = Line;

    fn connect(&self, _: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Line>, ureq::Error> {
        self.dial().map(Some).map_err(|failure| {
            self.trip.fail(failure);
            ureq::Error::ConnectionFailed
        })
    }
}

/// ureq looks names up before it connects; [`Dial`] does it instead, because
/// only it knows whose.
#[derive(Debug)]
pub(super) struct NoLookup;

impl Resolver for NoLookup {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut addresses = self.empty();
        addresses.push((Ipv4Addr::UNSPECIFIED, 0).into());
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_the_status() {
        assert_eq!(
            status(b"HTTP/1.0 407 Proxy Authentication Required\r\n\r\n"),
            Some((407, "Proxy Authentication Required".into()))
        );
        assert_eq!(status(b"HTTP/1.1 200\r\n\r\n"), Some((200, String::new())));
        assert_eq!(status(b"SSH-2.0-OpenSSH_9\r\n"), None);
        assert_eq!(status(b""), None);
    }
}
