//! The network: few and small requests, each with the stage it came to.

mod dial;
mod dns;
mod http;
mod ntp;
mod route;
mod tcp;
mod transport;
mod trip;
mod words;

use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use super::command::Runner;
use super::options::Network;
use crate::host::{Answer, Endpoint, NetFailure, Request, TimeAnswer};

/// How long a connection may take to be made, name lookup included.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a time server may take.
const NTP: Duration = Duration::from_millis(1500);

/// A moment at which to give up.
#[derive(Debug, Clone, Copy)]
struct Deadline {
    from: Instant,
    length: Duration,
}

impl Deadline {
    fn after(length: Duration) -> Self {
        Deadline { from: Instant::now(), length }
    }

    fn left(&self) -> Duration {
        self.length.saturating_sub(self.from.elapsed())
    }
}

pub(super) fn connect(network: Network, runner: &Runner, endpoint: &Endpoint) -> Result<(), NetFailure> {
    refuse_offline(network)?;
    let deadline = Deadline::after(CONNECT);
    let addresses = dns::addresses(runtime(runner)?, endpoint, deadline)?;
    tcp::connect(&addresses, deadline).map(drop)
}

pub(super) fn fetch(network: Network, runner: &Runner, request: &Request) -> Result<Answer, NetFailure> {
    refuse_offline(network)?;
    http::fetch(runner, request)
}

pub(super) fn ask_time(network: Network, runner: &Runner, server: &Endpoint) -> Result<TimeAnswer, NetFailure> {
    refuse_offline(network)?;
    let deadline = Deadline::after(NTP);
    let addresses = dns::addresses(runtime(runner)?, server, deadline)?;
    ntp::ask(&addresses, deadline)
}

fn runtime(runner: &Runner) -> Result<&Handle, NetFailure> {
    runner.handle().map_err(NetFailure::Missing)
}

fn refuse_offline(network: Network) -> Result<(), NetFailure> {
    match network {
        Network::Online => Ok(()),
        Network::Offline => Err(NetFailure::offline()),
    }
}
