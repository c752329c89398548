use std::time::Duration;

use super::proxy_list::{ProxyList, Source};
use super::{ProxySettings, ProxyUrl, ProxyVariable, ProxyView};
use crate::host::{Answer, Host, NetFailure, Request, Stage, Trust};
use crate::model::{Context, Missing};
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains, View};
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
    /// The HTTP proxy on the way, with the variable that names it.
    pub via: Option<(ProxyVariable, ProxyUrl)>,
    /// Where Go turns when this module proxy fails.
    pub next: Next,
    /// What came back.
    pub result: Result<Answer, NetFailure>,
    /// True when the HTTP proxy on the way is named with `https://` and
    /// answers in plain HTTP: Go's TLS handshake with it fails.
    pub proxy_speaks_plainly: bool,
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
        let host = probing.host();
        let (plan, has_go) = match Plan::of_session(host) {
            Some(plan) => (plan, true),
            None => Plan::of_others(probing)?,
        };
        let asked = if has_go { plan.carry_out(host) } else { Asked::Nobody("no go is on any PATH") };
        Ok(ModuleProxy { setting: plan.setting, context: plan.context, asked })
    }
}

/// Whose settings decide.
struct Plan {
    context: Context,
    setting: Setting,
    proxies: ProxyView,
    trust: Trust,
}

impl Plan {
    /// The session's `go` is the one in use whenever there is one. Nothing
    /// else is needed then, and the question goes out while shells start.
    fn of_session(host: &dyn Host) -> Option<Plan> {
        let own = host.environment(Context::Session).ok()?;
        let view = View::with_go(host, &own)?;
        Some(Plan {
            context: Context::Session,
            setting: goproxy(&view),
            proxies: ProxyView::of(&own),
            trust: Trust::of(&own),
        })
    }

    /// The plan, and whether any context has a `go` at all.
    fn of_others(probing: &Probing) -> Result<(Plan, bool), Missing> {
        let settings = probing.get::<Settings>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let proxies = probing.get::<ProxySettings>()?;
        let (context, view) =
            settings.in_use(&toolchains).ok_or_else(|| Missing::failed("no context could be asked for GOPROXY"))?;
        let proxies = proxies.view(context).cloned().unwrap_or_default();
        Ok((
            Plan { context, setting: goproxy(view), proxies, trust: Trust::of(view.environment()) },
            toolchains.in_use().is_some(),
        ))
    }

    fn carry_out(&self, host: &dyn Host) -> Asked {
        let list = ProxyList::parse(&self.setting.value);
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
        let via = self.proxies.route(target.targets, &target.host, target.port);
        let url = format!("{}{QUESTION}", target.url);
        let (result, proxy_speaks_plainly) = ask(host, &url, via.as_ref().map(|(_, proxy)| proxy), &self.trust);
        Asked::Proxy(Box::new(Question { url, host: target.host.clone(), via, next, result, proxy_speaks_plainly }))
    }
}

fn goproxy(view: &View) -> Setting {
    view.get("GOPROXY").unwrap_or_else(|| Setting { value: view.value("GOPROXY"), origin: SettingOrigin::Default })
}

/// Asks, through the HTTP proxy where there is one. A proxy named with
/// `https://` is asked in plain HTTP: when it answers so, its name is wrong.
fn ask(host: &dyn Host, url: &str, via: Option<&ProxyUrl>, trust: &Trust) -> (Result<Answer, NetFailure>, bool) {
    let fetch = |proxy: Option<&ProxyUrl>| {
        let proxy = proxy.map(ProxyUrl::with_credentials);
        host.fetch(&Request { url: url.to_owned(), proxy, deadline: DEADLINE, trust: trust.clone() })
    };
    match via {
        Some(proxy) if proxy.scheme == "https" => {
            let plain = fetch(Some(&proxy.in_plain_http()));
            if speaks(&plain) {
                let detail = format!("{} answers in plain HTTP, not in TLS", proxy.endpoint);
                (Err(NetFailure::at(Stage::Proxy, detail)), true)
            } else {
                (fetch(via), false)
            }
        }
        _ => (fetch(via), false),
    }
}

/// True when a proxy took the request: it passed it on, or refused it with a
/// status.
fn speaks(result: &Result<Answer, NetFailure>) -> bool {
    match result {
        Ok(_) => true,
        Err(NetFailure::At { stage: Stage::Proxy, detail }) => {
            detail.rsplit(": ").next().is_some_and(|said| said.split(' ').next().is_some_and(is_status))
        }
        Err(NetFailure::At { stage, .. }) => *stage > Stage::Proxy,
        Err(NetFailure::Rejected(_)) => true,
        Err(NetFailure::Missing(_)) => false,
    }
}

fn is_status(word: &str) -> bool {
    word.len() == 3 && word.parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
}
