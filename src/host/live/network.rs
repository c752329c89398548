//! The network: few and small requests, each with the stage it came to.

mod deadline;
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
use std::time::Duration;

use tokio::runtime::Handle;

use self::deadline::Deadline;
use self::tls::RootStores;
use super::command::Runner;
use super::options::Network;
use crate::host::{Answer, Budget, Endpoint, NameAnswer, NetCause, NetFailure, Request, Stage, TimeAnswer};

/// How long a connection may take to be made, name lookup included.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a time server may take.
const NTP: Duration = Duration::from_millis(1500);
/// How long a name server may take.
const NAME: Duration = Duration::from_millis(1500);

/// The network of one look at the machine: whether it may be asked, and the
/// time for all questions together, from its beginning.
pub(super) struct Net {
    permission: Network,
    budget: Budget,
    stores: Arc<RootStores>,
}

impl Net {
    pub(super) fn new(permission: Network, time: Duration) -> Self {
        Net { permission, budget: Budget::new(time), stores: Arc::default() }
    }

    pub(super) fn connect(&self, runner: &Runner, endpoint: &Endpoint) -> Result<(), NetFailure> {
        self.ask(CONNECT, |deadline| {
            let addresses = dns::addresses(runtime(runner)?, endpoint, deadline)?;
            tcp::connect(&addresses, deadline).map(drop)
        })
    }

    pub(super) fn fetch(&self, runner: &Runner, request: &Request) -> Result<Answer, NetFailure> {
        let client = http::Client { runner, stores: &self.stores };
        self.ask(request.deadline, |deadline| redirect::fetch(&client, request, deadline))
    }

    pub(super) fn addresses(&self, runner: &Runner, name: &str) -> Result<Vec<IpAddr>, NetFailure> {
        self.ask(CONNECT, |deadline| {
            let found = dns::addresses(runtime(runner)?, &Endpoint::new(name, 0), deadline)?;
            Ok(found.iter().map(SocketAddr::ip).collect())
        })
    }

    pub(super) fn ask_name(&self, server: &Endpoint, name: &str) -> Result<NameAnswer, NetFailure> {
        self.ask(NAME, |deadline| {
            let no_address = |_| NetFailure::at(Stage::Dns, NetCause::Other, format!("{server} is no address"));
            let address: IpAddr = server.host.parse().map_err(no_address)?;
            name_server::ask(SocketAddr::new(address, server.port), name, deadline)
        })
    }

    pub(super) fn ask_time(&self, runner: &Runner, server: &Endpoint) -> Result<TimeAnswer, NetFailure> {
        self.ask(NTP, |deadline| {
            let addresses = dns::addresses(runtime(runner)?, server, deadline)?;
            ntp::ask(&addresses, deadline)
        })
    }

    /// Asks a question that may take so long, when questions may be asked and
    /// there is time left.
    fn ask<T>(
        &self,
        patience: Duration,
        question: impl FnOnce(Deadline) -> Result<T, NetFailure>,
    ) -> Result<T, NetFailure> {
        if self.permission == Network::Offline {
            return Err(NetFailure::offline());
        }
        let deadline = Deadline::within(&self.budget, patience)?;
        question(deadline).map_err(|failure| deadline.weigh(failure))
    }
}

fn runtime(runner: &Runner) -> Result<&Handle, NetFailure> {
    runner.handle().map_err(NetFailure::Missing)
}
