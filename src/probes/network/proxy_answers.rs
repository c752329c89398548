use std::thread;

use super::listeners::{Listeners, TABLE};
use super::{ProxyFault, ProxySettings, ProxyView, Reading};
use crate::host::{Endpoint, NetFailure};
use crate::model::{Context, Evidence, Missing};
use crate::probes::{Fact, Probing};

/// Whether anything answers where the proxy variables point to.
#[derive(Debug)]
pub struct ProxyAnswers {
    found: Vec<(Endpoint, Answering)>,
}

/// Whether anything answers at an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// Something takes connections.
    Yes,
    /// Nothing does; how that shows.
    No(Evidence),
    /// It could not be told.
    Unknown(Missing),
}

impl Fact for ProxyAnswers {
    const ID: &'static str = "proxy-answers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let ask = |endpoint: &Endpoint| Answering::of(probing, endpoint);
        // Those of this session are known before any shell has started.
        let first = host.environment(Context::Session).map(|own| endpoints([&ProxyView::of(&own)])).unwrap_or_default();
        let found = thread::scope(|scope| {
            let ask = &ask;
            let start = |endpoint: Endpoint| {
                let asked = endpoint.clone();
                (endpoint, scope.spawn(move || ask(&asked)))
            };
            let mut running: Vec<_> = first.into_iter().map(start).collect();
            if let Ok(settings) = probing.get::<ProxySettings>() {
                for endpoint in endpoints(settings.views().map(|(_, view)| view)) {
                    if !running.iter().any(|(known, _)| *known == endpoint) {
                        running.push(start(endpoint));
                    }
                }
            }
            running
                .into_iter()
                .map(|(endpoint, thread)| {
                    let failed = |_| Answering::Unknown(Missing::failed(format!("asking {endpoint} failed inside")));
                    let answer = thread.join().unwrap_or_else(failed);
                    (endpoint, answer)
                })
                .collect()
        });
        Ok(ProxyAnswers { found })
    }
}

/// The endpoints of well-written values, each once.
fn endpoints<'a>(views: impl IntoIterator<Item = &'a ProxyView>) -> Vec<Endpoint> {
    let mut found = Vec::new();
    for (_, value) in views.into_iter().flat_map(ProxyView::proxies) {
        if ProxyFault::of(value).is_none()
            && let Reading::Proxy(proxy) = Reading::of(value)
            && !found.contains(&proxy.endpoint)
        {
            found.push(proxy.endpoint);
        }
    }
    found
}

/// Whether anything answers at one endpoint.
pub(in crate::probes) fn answering(probing: &Probing, endpoint: &Endpoint) -> Answering {
    Answering::of(probing, endpoint)
}

impl Answering {
    /// A port of this machine is looked up in the kernel's table. Where the
    /// table does not know it, a connection tells: what listens may lie
    /// outside, as in WSL, whose loopback can reach the Windows side.
    pub(super) fn of(probing: &Probing, endpoint: &Endpoint) -> Answering {
        let host = probing.host();
        let listeners = endpoint.is_loopback().then(|| probing.get::<Listeners>().ok()).flatten();
        if listeners.as_ref().is_some_and(|listeners| listeners.has(endpoint.port)) {
            return Answering::Yes;
        }
        match host.connect(endpoint) {
            Ok(()) => Answering::Yes,
            Err(NetFailure::At { detail, .. }) => {
                let bare = detail.split_once(": ").map_or(detail.as_str(), |(_, said)| said);
                Answering::No(Evidence::new(format!("connection to {endpoint}"), bare))
            }
            Err(NetFailure::Missing(_)) if listeners.is_some() && !host.machine().is_wsl() => {
                Answering::No(Evidence::new(TABLE, format!("nothing listens on port {}", endpoint.port)))
            }
            Err(NetFailure::Missing(missing)) => Answering::Unknown(missing),
            Err(NetFailure::Rejected(_)) => Answering::Yes,
        }
    }
}

impl ProxyAnswers {
    /// Whether anything answers there; None when it was not asked.
    #[must_use]
    pub fn at(&self, endpoint: &Endpoint) -> Option<&Answering> {
        self.found.iter().find(|(known, _)| known == endpoint).map(|(_, answer)| answer)
    }
}
