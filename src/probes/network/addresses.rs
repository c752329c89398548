use std::net::IpAddr;
use std::thread;

use super::ModuleProxy;
use super::routes::Routes;
use crate::host::{Endpoint, NetCause, NetFailure, Stage};
use crate::model::{Missing, Reason};
use crate::probes::{Fact, Probing};

/// Whether the module proxy can be reached over IPv6, where this machine
/// prefers that.
#[derive(Debug)]
pub struct Addresses {
    /// Name of the module proxy.
    pub host: String,
    /// What came of it.
    pub v6: V6,
}

/// What came of trying IPv6.
#[derive(Debug)]
pub enum V6 {
    /// It is not used, or not needed; why.
    NotUsed(&'static str),
    /// It could not be told.
    Unknown(Missing),
    /// The module proxy takes connections over IPv6, or refuses at once.
    Quick,
    /// The address that is tried first swallows connections, while IPv4
    /// reaches the same host.
    Stalls {
        /// The IPv6 address.
        address: IpAddr,
        /// What came back.
        said: String,
        /// The IPv4 address that answers.
        answers: IpAddr,
    },
}

impl Fact for Addresses {
    const ID: &'static str = "addresses";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let proxy = probing.get::<ModuleProxy>()?;
        let Some(question) = proxy.question() else {
            return Ok(Addresses { host: String::new(), v6: V6::NotUsed("no module proxy is asked") });
        };
        let v6 = match &question.result {
            _ if question.via.is_some() => V6::NotUsed("an HTTP proxy is on the way, and looks names up itself"),
            Err(NetFailure::Missing(missing)) => V6::Unknown(missing.clone()),
            // Asking once more would only take as long once more.
            Err(NetFailure::At { stage: Stage::Dns, .. }) => V6::NotUsed("the name is not found"),
            _ => try_v6(probing, &question.host, question.port),
        };
        Ok(Addresses { host: question.host.clone(), v6 })
    }
}

fn try_v6(probing: &Probing, name: &str, port: u16) -> V6 {
    let host = probing.host();
    if name.parse::<IpAddr>().is_ok() {
        return V6::NotUsed("the module proxy is named by its address");
    }
    // Without a way out, connections over IPv6 fail at once and cost nothing.
    if !Routes::read(host).leads_out_by_v6() {
        return V6::NotUsed("IPv6 has no way to other networks here");
    }
    let addresses = match host.addresses(name) {
        Ok(addresses) => addresses,
        Err(NetFailure::Missing(missing)) if missing.reason == Reason::NotRecorded => return V6::Unknown(missing),
        Err(_) => return V6::NotUsed("the name is not found"),
    };
    // The system puts first what it holds for the better way.
    let (Some(first), Some(v4)) = (addresses.first(), addresses.iter().find(|address| address.is_ipv4())) else {
        return V6::NotUsed("the module proxy has addresses of one kind only");
    };
    if !first.is_ipv6() {
        return V6::NotUsed("this machine prefers IPv4");
    }
    let connect = |address: &IpAddr| host.connect(&Endpoint::new(address.to_string(), port));
    let (by_v6, by_v4) = thread::scope(|scope| {
        let by_v4 = scope.spawn(|| connect(v4).is_ok());
        (connect(first), by_v4.join().unwrap_or(false))
    });
    match by_v6 {
        Err(NetFailure::Missing(missing)) => V6::Unknown(missing),
        Err(NetFailure::At { cause: NetCause::Silence, detail, .. }) if by_v4 => {
            let said = detail.rsplit(": ").next().unwrap_or(&detail).to_owned();
            V6::Stalls { address: *first, said, answers: *v4 }
        }
        _ => V6::Quick,
    }
}
