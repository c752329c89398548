use std::time::Duration;

use super::{ProxySettings, ProxyUrl, ProxyVariable, ProxyView, Targets};
use crate::host::{Answer, Host, NetFailure, Request, Stage, Trust};
use crate::model::{Context, Missing};
use crate::probes::Probing;
use crate::probes::go::{Setting, SettingOrigin, Settings, Toolchains, View};

/// Whose settings decide how Go asks the network, and how.
#[derive(Debug)]
pub(super) struct Plan {
    /// The context whose Go it is.
    pub(super) context: Context,
    /// Go's settings there.
    pub(super) view: View,
    /// True when any context has a `go`.
    pub(super) has_go: bool,
    proxies: ProxyView,
    trust: Trust,
}

/// What came of a question.
#[derive(Debug)]
pub(super) struct Reply {
    /// The HTTP proxy on the way, with the variable that names it.
    pub(super) via: Option<(ProxyVariable, ProxyUrl)>,
    /// What came back.
    pub(super) result: Result<Answer, NetFailure>,
    /// True when the HTTP proxy on the way is named with `https://` and
    /// answers in plain HTTP.
    pub(super) proxy_speaks_plainly: bool,
}

impl Plan {
    /// The session's `go` is the one in use whenever there is one. Nothing
    /// else is needed then, and questions go out while shells start.
    pub(super) fn of(probing: &Probing) -> Result<Plan, Missing> {
        Plan::of_session(probing.host()).map_or_else(|| Plan::of_others(probing), Ok)
    }

    fn of_session(host: &dyn Host) -> Option<Plan> {
        let own = host.environment(Context::Session).ok()?;
        let view = View::with_go(host, &own)?;
        let (proxies, trust) = (ProxyView::of(&own), Trust::of(&own));
        Some(Plan { context: Context::Session, view, has_go: true, proxies, trust })
    }

    fn of_others(probing: &Probing) -> Result<Plan, Missing> {
        let settings = probing.get::<Settings>()?;
        let toolchains = probing.get::<Toolchains>()?;
        let proxies = probing.get::<ProxySettings>()?;
        let (context, view) =
            settings.in_use(&toolchains).ok_or_else(|| Missing::failed("no context could be asked for GOPROXY"))?;
        Ok(Plan {
            context,
            view: view.clone(),
            has_go: toolchains.in_use().is_some(),
            proxies: proxies.view(context).cloned().unwrap_or_default(),
            trust: Trust::of(view.environment()),
        })
    }

    /// A setting, Go's default included.
    pub(super) fn setting(&self, name: &str) -> Setting {
        let default = || Setting { value: self.view.value(name), origin: SettingOrigin::Default };
        self.view.get(name).unwrap_or_else(default)
    }

    /// Asks in the way in which the Go in use would: through the HTTP proxy
    /// where there is one. A proxy named with `https://` is asked in plain
    /// HTTP: when it answers so, its name is wrong.
    pub(super) fn ask(&self, host: &dyn Host, url: &str, to: (Targets, &str, u16), deadline: Duration) -> Reply {
        let via = self.proxies.route(to.0, to.1, to.2);
        let fetch = |proxy: Option<&ProxyUrl>| {
            let proxy = proxy.map(ProxyUrl::with_credentials);
            host.fetch(&Request { url: url.to_owned(), proxy, deadline, trust: self.trust.clone() })
        };
        let (result, proxy_speaks_plainly) = match &via {
            Some((_, proxy)) if proxy.scheme == "https" => {
                let plain = fetch(Some(&proxy.in_plain_http()));
                if speaks(&plain) {
                    let detail = format!("{} answers in plain HTTP, not in TLS", proxy.endpoint);
                    (Err(NetFailure::at(Stage::Proxy, detail)), true)
                } else {
                    (fetch(Some(proxy)), false)
                }
            }
            via => (fetch(via.as_ref().map(|(_, proxy)| proxy)), false),
        };
        Reply { via, result, proxy_speaks_plainly }
    }
}

/// True when a proxy took the request: it passed it on, or refused it with a
/// status.
fn speaks(result: &Result<Answer, NetFailure>) -> bool {
    match result {
        Ok(_) | Err(NetFailure::Rejected(_)) => true,
        Err(NetFailure::At { stage: Stage::Proxy, detail }) => {
            detail.rsplit(": ").next().is_some_and(|said| said.split(' ').next().is_some_and(is_status))
        }
        Err(NetFailure::At { stage, .. }) => *stage > Stage::Proxy,
        Err(NetFailure::Missing(_)) => false,
    }
}

fn is_status(word: &str) -> bool {
    word.len() == 3 && word.parse::<u16>().is_ok_and(|status| (100..600).contains(&status))
}
