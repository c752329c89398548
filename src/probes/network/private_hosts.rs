use std::thread;
use std::time::Duration;

use super::{ProxySettings, ProxyUrl, ProxyVariable, Targets};
use crate::host::{Endpoint, Host, NetCause, NetFailure, Request, Stage, Trust};
use crate::model::{Context, Missing};
use crate::probes::go::Settings;
use crate::probes::modules::{Content, Downloads, is_public_host};
use crate::probes::{Fact, Probing};

/// How long the proxy may take.
const DEADLINE: Duration = Duration::from_secs(2);

/// How many hosts are asked, at once.
const HOSTS: usize = 2;

/// Where Go connects to for a module of its own host.
const PORT: u16 = 443;

/// The status with which a proxy asks for a user: it says nothing of the host.
const WANTS_A_USER: u16 = 407;

/// The private hosts that Go asks for modules that the project still lacks,
/// where it goes through an HTTP proxy to do so.
#[derive(Debug)]
pub struct PrivateHosts {
    /// Each host once for each proxy.
    pub found: Vec<PrivateHost>,
    /// Why it is not known which modules the project lacks.
    pub unknown: Option<Missing>,
}

/// A private host behind an HTTP proxy.
#[derive(Debug)]
pub struct PrivateHost {
    /// Where it is.
    pub endpoint: Endpoint,
    /// A module from there that is not downloaded yet.
    pub module: String,
    /// The pattern that makes it a private one, with the name of the setting.
    pub pattern: (String, &'static str),
    /// The proxy on the way, with the variable that names it.
    pub via: (ProxyVariable, ProxyUrl),
    /// The contexts in which Go takes this way.
    pub contexts: Vec<Context>,
    /// How the host can be reached.
    pub reach: HostReach,
}

/// How a host can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostReach {
    /// The proxy leads there, or what is wrong is not that it refuses to.
    ThroughProxy,
    /// Not through the proxy, and without it.
    OnlyWithout {
        /// What the proxy answered: `502 Bad Gateway`.
        said: String,
    },
    /// Neither way.
    Neither,
    /// It could not be told.
    Unknown(Missing),
}

/// What is asked before it is known how the host can be reached.
struct Question {
    host: PrivateHost,
    trust: Trust,
}

impl Fact for PrivateHosts {
    const ID: &'static str = "private-hosts";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let questions = match questions(probing) {
            Ok(questions) => questions,
            Err(missing) => return Ok(PrivateHosts { found: Vec::new(), unknown: Some(missing) }),
        };
        let found = thread::scope(|scope| {
            let start = |question: Question| {
                scope.spawn(move || {
                    let reach = ask(host, &question);
                    PrivateHost { reach, ..question.host }
                })
            };
            let running: Vec<_> = questions.into_iter().take(HOSTS).map(start).collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        Ok(PrivateHosts { found, unknown: None })
    }
}

fn questions(probing: &Probing) -> Result<Vec<Question>, Missing> {
    let proxies = probing.get::<ProxySettings>()?;
    // Most machines have no proxy: nothing else has to be known then.
    if proxies.proxies().is_empty() {
        return Ok(Vec::new());
    }
    let settings = probing.get::<Settings>()?;
    let downloads = probing.get::<Downloads>()?;
    let mut questions: Vec<Question> = Vec::new();
    for (context, view) in settings.views() {
        let Some(variables) = proxies.view(context) else { continue };
        let lacking = downloads
            .in_context(context)
            .filter(|(_, content)| matches!(content, Content::Nothing | Content::OnlyGoMod));
        for (needed, _) in lacking {
            let name = needed.path.split('/').next().unwrap_or_default();
            let pattern = view.private_pattern(&needed.path).map(|(pattern, setting, _)| (pattern, setting));
            let via = variables.route(Targets::Https, name, PORT);
            let (false, Some(pattern), Some(via)) = (is_public_host(name), pattern, via) else { continue };
            let same = |known: &&mut Question| known.host.endpoint.host == name && known.host.via == via;
            if let Some(known) = questions.iter_mut().find(same) {
                if !known.host.contexts.contains(&context) {
                    known.host.contexts.push(context);
                }
                continue;
            }
            let (endpoint, module) = (Endpoint::new(name, PORT), needed.path.clone());
            let reach = HostReach::ThroughProxy;
            let host = PrivateHost { endpoint, module, pattern, via, contexts: vec![context], reach };
            questions.push(Question { host, trust: Trust::of(view.environment()) });
        }
    }
    Ok(questions)
}

/// Asks both ways at once.
fn ask(host: &dyn Host, question: &Question) -> HostReach {
    let PrivateHost { endpoint, via: (_, proxy), .. } = &question.host;
    let (by_proxy, without) = thread::scope(|scope| {
        let without = scope.spawn(|| host.connect(endpoint));
        let by_proxy = host.fetch(&Request {
            url: format!("https://{}/", endpoint.host),
            proxy: Some(proxy.with_credentials()),
            deadline: DEADLINE,
            trust: question.trust.clone(),
        });
        let failed = |_| Err(NetFailure::Missing(Missing::failed(format!("asking {endpoint} failed inside"))));
        (by_proxy, without.join().unwrap_or_else(failed))
    });
    let refusal = match by_proxy {
        Err(NetFailure::At { stage: Stage::Proxy, cause: NetCause::Status(status), detail })
            if status != WANTS_A_USER =>
        {
            detail
        }
        Err(NetFailure::Missing(missing)) => return HostReach::Unknown(missing),
        _ => return HostReach::ThroughProxy,
    };
    match without {
        Ok(()) => {
            let said = refusal.strip_prefix(&format!("{}: ", proxy.endpoint)).unwrap_or(&refusal).to_owned();
            HostReach::OnlyWithout { said }
        }
        Err(NetFailure::Missing(missing)) => HostReach::Unknown(missing),
        Err(_) => HostReach::Neither,
    }
}
