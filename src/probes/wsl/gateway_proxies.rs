use std::thread;

use super::NetworkMode;
use crate::host::Endpoint;
use crate::model::{Evidence, Missing};
use crate::probes::network::{Answering, ProxySettings, answering};
use crate::probes::{Fact, Probing};

/// Whether a proxy that the settings have at an address of another network
/// mode, or of another day, answers at the address that Windows has today.
#[derive(Debug)]
pub struct GatewayProxies {
    asked: Vec<(Endpoint, Answering)>,
}

impl Fact for GatewayProxies {
    const ID: &'static str = "wsl-gateway-proxies";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let network = probing.get::<NetworkMode>()?;
        let Some(gateway) = network.gateway_of_today() else { return Ok(GatewayProxies { asked: Vec::new() }) };
        let mut wanted: Vec<Endpoint> = Vec::new();
        for value in probing.get::<ProxySettings>()?.proxies().iter().filter(|value| value.fault.is_none()) {
            let Some(named) = value.reading.proxy().map(|proxy| &proxy.endpoint) else { continue };
            if !named.is_loopback() && !network.was_gateway(&named.host) {
                continue;
            }
            let there = Endpoint { host: gateway.to_string(), port: named.port };
            if !wanted.contains(&there) {
                wanted.push(there);
            }
        }
        let asked = thread::scope(|scope| {
            let ask = |there: Endpoint| {
                let asked = there.clone();
                (there, scope.spawn(move || answering(probing, &asked)))
            };
            let running: Vec<_> = wanted.into_iter().map(ask).collect();
            let failed = |_| Answering::Unknown(Missing::failed("asking at the gateway failed inside"));
            running.into_iter().map(|(there, thread)| (there, thread.join().unwrap_or_else(failed))).collect()
        });
        Ok(GatewayProxies { asked })
    }
}

impl GatewayProxies {
    /// What shows that the proxy of this port can be had at the gateway; None
    /// when nothing answers there, or nobody could ask.
    #[must_use]
    pub fn proof(&self, port: u16) -> Option<Evidence> {
        let (there, _) = self.asked.iter().find(|(there, found)| there.port == port && *found == Answering::Yes)?;
        Some(Evidence::new(format!("connection to {there}"), "taken"))
    }
}
