use std::collections::BTreeMap;
use std::time::Duration;

use super::{Certificate, Rejection, Trust};
use crate::model::{Missing, Reason};

/// A host name or address with a port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// Name or address, without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl Endpoint {
    /// An endpoint.
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Endpoint { host: host.into(), port }
    }

    /// True when it can only mean this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// One HTTP request: GET, small answer, short deadline. Redirects are followed
/// as Go does, within the same deadline.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    /// `https://…` or `http://…`.
    pub url: String,
    /// The proxy to go through, as in the variable.
    pub proxy: Option<String>,
    /// How long all stages together may take.
    pub deadline: Duration,
    /// Whose certificates to trust.
    pub trust: Trust,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Looking up the name.
    Dns,
    /// Connecting.
    Tcp,
    /// Getting through the proxy.
    Proxy,
    /// The TLS handshake.
    Tls,
    /// Waiting for an answer.
    Http,
}

impl Stage {
    /// The stage in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Stage::Dns => "name lookup",
            Stage::Tcp => "connecting",
            Stage::Proxy => "the HTTP proxy",
            Stage::Tls => "the TLS handshake",
            Stage::Http => "the HTTP answer",
        }
    }
}

/// What a request met at the stage where it failed. Rules go by this; the
/// words beside it are for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetCause {
    /// Nothing came back within the deadline.
    Silence,
    /// Nothing listens there, or no way leads there: it failed at once.
    Refused,
    /// What answers speaks another protocol.
    OtherProtocol,
    /// An HTTP proxy that was to speak TLS answers in plain HTTP.
    PlainHttp,
    /// The HTTP proxy on the way answered for itself, with this status.
    Status(u16),
    /// Something else.
    #[default]
    Other,
}

/// Why a network request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetFailure {
    /// It was tried and failed at a stage.
    At {
        /// How far it came.
        stage: Stage,
        /// What it met there.
        cause: NetCause,
        /// What came back, in one line.
        detail: String,
    },
    /// The TLS handshake failed because of the server's certificate.
    Rejected(Box<Rejection>),
    /// It was not tried: offline, not recorded.
    Missing(Missing),
}

impl NetFailure {
    /// A failure at a stage.
    pub fn at(stage: Stage, cause: NetCause, detail: impl Into<String>) -> Self {
        NetFailure::At { stage, cause, detail: detail.into() }
    }

    /// How far it came and what came back; or why it was not tried.
    ///
    /// # Errors
    /// The reason why it was not tried.
    pub fn place(&self) -> Result<(Stage, &str), &Missing> {
        match self {
            NetFailure::At { stage, detail, .. } => Ok((*stage, detail)),
            NetFailure::Rejected(rejection) => Ok((Stage::Tls, &rejection.detail)),
            NetFailure::Missing(missing) => Err(missing),
        }
    }

    /// The answer of a host that was told to stay offline.
    #[must_use]
    pub fn offline() -> Self {
        NetFailure::Missing(Missing::new(Reason::NotAsked, "not asked: offline"))
    }
}

/// An HTTP answer of any status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers with lower-case names.
    pub headers: BTreeMap<String, String>,
    /// The first 64 KiB of the body, decoded.
    pub body: String,
    /// The server's `Date`, with the local clock before and after, to tell
    /// the skew as an interval.
    pub clock: Option<TimeAnswer>,
    /// The URL that answered, when redirects led away from the one that was
    /// asked for.
    pub redirected: Option<String>,
    /// The certificates that the server sent, its own first; none without TLS.
    pub chain: Vec<Certificate>,
}

/// What a name server says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameAnswer {
    /// The name is there.
    Found,
    /// There is no such name.
    NoSuchName,
    /// The server tried and failed: SERVFAIL.
    Failed,
    /// The server does not answer questions from here: REFUSED.
    Refused,
}

impl NameAnswer {
    /// The answer in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            NameAnswer::Found => "the name is there",
            NameAnswer::NoSuchName => "no such host",
            NameAnswer::Failed => "server misbehaving (SERVFAIL)",
            NameAnswer::Refused => "the server refuses to answer (REFUSED)",
        }
    }
}

/// Another clock's reading between two readings of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeAnswer {
    /// Our clock when we asked.
    pub asked: jiff::Timestamp,
    /// The other clock.
    pub theirs: jiff::Timestamp,
    /// Our clock when the answer came.
    pub answered: jiff::Timestamp,
    /// How coarse the other clock's reading is: one second for HTTP `Date`.
    pub resolution: Duration,
}

impl TimeAnswer {
    /// How far our clock is ahead of theirs, in seconds, as an interval: the
    /// truth lies inside.
    #[must_use]
    pub fn ahead(&self) -> (f64, f64) {
        let theirs_low = seconds(self.theirs);
        let theirs_high = theirs_low + self.resolution.as_secs_f64();
        (seconds(self.asked) - theirs_high, seconds(self.answered) - theirs_low)
    }
}

fn seconds(timestamp: jiff::Timestamp) -> f64 {
    timestamp.as_microsecond() as f64 / 1e6
}
