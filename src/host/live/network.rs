//! The network: few and small requests, each with the stage it came to.

mod dial;
mod dns;
mod http;
mod name_server;
mod ntp;
mod redirect;
mod route;
mod socket;
mod tcp;
mod tls;
mod transport;
mod trip;
mod words;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

pub(super) use self::tls::RootStores;
use super::command::Runner;
use super::options::Network;
use crate::host::{Answer, Endpoint, NameAnswer, NetFailure, Request, Stage, TimeAnswer};

/// How long a connection may take to be made, name lookup included.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a time server may take.
const NTP: Duration = Duration::from_millis(1500);
/// How long a name server may take.
const NAME: Duration = Duration::from_millis(1500);

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

pub(super) fn fetch(
    network: Network,
    runner: &Runner,
    stores: &Arc<RootStores>,
    request: &Request,
) -> Result<Answer, NetFailure> {
    refuse_offline(network)?;
    redirect::fetch(&http::Client { runner, stores }, request)
}

pub(super) fn addresses(network: Network, runner: &Runner, name: &str) -> Result<Vec<IpAddr>, NetFailure> {
    refuse_offline(network)?;
    let found = dns::addresses(runtime(runner)?, &Endpoint::new(name, 0), Deadline::after(CONNECT))?;
    Ok(found.iter().map(SocketAddr::ip).collect())
}

pub(super) fn ask_name(network: Network, server: &Endpoint, name: &str) -> Result<NameAnswer, NetFailure> {
    refuse_offline(network)?;
    let address: IpAddr =
        server.host.parse().map_err(|_| NetFailure::at(Stage::Dns, format!("{server} is no address")))?;
    name_server::ask(SocketAddr::new(address, server.port), name, Deadline::after(NAME))
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
