use std::net::{IpAddr, SocketAddr};

use tokio::runtime::Handle;
use tokio::time::timeout;

use super::Deadline;
use super::words::{self, Said};
use crate::host::{Endpoint, NetFailure, Stage};

/// How many addresses of one name are tried.
const LIMIT: usize = 8;

/// The addresses of a name, as the system finds them: hosts file, DNS and
/// whatever else it is set up for. Never none.
pub(super) fn addresses(
    runtime: &Handle,
    endpoint: &Endpoint,
    deadline: Deadline,
) -> Result<Vec<SocketAddr>, NetFailure> {
    if let Ok(address) = endpoint.host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, endpoint.port)]);
    }
    let failed = |said: Said| said.of(&endpoint.host).at(Stage::Dns);
    let lookup = tokio::net::lookup_host((endpoint.host.as_str(), endpoint.port));
    match runtime.block_on(async { timeout(deadline.left(), lookup).await }) {
        Ok(Ok(found)) => {
            let addresses: Vec<_> = found.take(LIMIT).collect();
            if addresses.is_empty() { Err(failed(words::other("no such host"))) } else { Ok(addresses) }
        }
        Ok(Err(error)) => Err(failed(words::lookup(&error))),
        Err(_) => Err(failed(words::no_answer(deadline))),
    }
}
