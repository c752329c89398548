use std::time::Duration;

use super::plan::{Plan, Reply};
use super::proxy_list::{ProxyList, Source};
use super::{ProxyUrl, ProxyVariable};
use crate::host::{Answer, Host, NetCause, NetFailure};
use crate::model::{Context, Missing};
use crate::probes::go::Setting;
use crate::probes::{Fact, Probing};

/// How long the module proxy may take.
const DEADLINE: Duration = Duration::from_secs(3);

/// What is asked for: some sixty bytes that never change, so that every cache
/// on the way has them.
const QUESTION: &str = "/golang.org/x/text/@v/v0.3.0.info";

/// The first module proxy of GOPROXY, asked one small question in the way in
/// which the Go in use would ask it.
#[derive(Debug)]
pub struct ModuleProxy {
    /// GOPROXY, with where it comes from.
    pub setting: Setting,
    /// The context whose Go it is.
    pub context: Context,
    /// What came of it.
    pub asked: Asked,
}

/// What came of asking the module proxy.
#[derive(Debug)]
pub enum Asked {
    /// GOPROXY names no module proxy on the network; what it does instead.
    Nobody(&'static str),
    /// It was asked.
    Proxy(Box<Question>),
}

/// A question to a module proxy.
#[derive(Debug)]
pub struct Question {
    /// The URL that was asked for, without user and password.
    pub url: String,
    /// Name or address of the module proxy.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The HTTP proxy on the way, with the variable that names it.
    pub via: Option<(ProxyVariable, ProxyUrl)>,
    /// Where Go turns when this module proxy fails.
    pub next: Next,
    /// What came back.
    pub result: Result<Answer, NetFailure>,
}

impl Question {
    /// True when the HTTP proxy on the way is named with `https://` and
    /// answers in plain HTTP: Go's TLS handshake with it fails.
    #[must_use]
    pub fn proxy_speaks_plainly(&self) -> bool {
        matches!(self.result, Err(NetFailure::At { cause: NetCause::PlainHttp, .. }))
    }
}

/// Where Go turns when a module proxy fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nowhere: it stops with the error.
    Stops,
    /// To the next entry, after the error or the timeout.
    GoesOn,
    /// It would have another module proxy to turn to, and the comma before it
    /// says to do so only when a module is not found.
    StopsBeforeAnother,
}

impl Fact for ModuleProxy {
    const ID: &'static str = "module-proxy";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let plan = Plan::of(probing)?;
        let setting = plan.setting("GOPROXY");
        let asked =
            if plan.has_go { ask(&plan, &setting, probing.host()) } else { Asked::Nobody("no go is on any PATH") };
        Ok(ModuleProxy { setting, context: plan.context, asked })
    }
}

impl ModuleProxy {
    /// The question, when somebody was asked.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        match &self.asked {
            Asked::Proxy(question) => Some(question),
            Asked::Nobody(_) => None,
        }
    }
}

fn ask(plan: &Plan, setting: &Setting, host: &dyn Host) -> Asked {
    let list = ProxyList::parse(&setting.value);
    let Some(first) = list.entries.first() else { return Asked::Nobody("GOPROXY has no entries") };
    let target = match &first.source {
        Source::Proxy(target) => target,
        Source::Direct => return Asked::Nobody("GOPROXY=direct: no module proxy is used"),
        Source::Off => return Asked::Nobody("GOPROXY=off: nothing is downloaded"),
        Source::Other => return Asked::Nobody("GOPROXY names no module proxy on the network"),
    };
    let another = list.entries.iter().skip(1).any(|entry| matches!(entry.source, Source::Proxy(_)));
    let next = match (first.yields && list.entries.len() > 1, another) {
        (true, _) => Next::GoesOn,
        (false, true) => Next::StopsBeforeAnother,
        (false, false) => Next::Stops,
    };
    let url = format!("{}{QUESTION}", target.url);
    let Reply { via, result } = plan.ask(host, &url, (target.targets, &target.host, target.port), DEADLINE);
    Asked::Proxy(Box::new(Question { url, host: target.host.clone(), port: target.port, via, next, result }))
}
