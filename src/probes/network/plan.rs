use std::time::Duration;

use super::{ProxySettings, ProxyUrl, ProxyVariable, ProxyView, Targets};
use crate::host::{Answer, Host, NetCause, NetFailure, Request, Stage, Trust};
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
    /// where there is one. When a proxy that is named with `https://` does not
    /// speak TLS it is asked once more in plain HTTP: when it answers so, its
    /// name is wrong. Both together take no longer than `patience`.
    pub(super) fn ask(&self, host: &dyn Host, url: &str, to: (Targets, &str, u16), patience: Duration) -> Reply {
        let via = self.proxies.route(to.0, to.1, to.2);
        let fetch = |proxy: Option<&ProxyUrl>, deadline: Duration| {
            let proxy = proxy.map(ProxyUrl::with_credentials);
            host.fetch(&Request { url: url.to_owned(), proxy, deadline, trust: self.trust.clone() })
        };
        let result = match &via {
            Some((_, proxy)) if proxy.scheme == "https" => {
                let result = fetch(Some(proxy), patience / 2);
                let is_plain = may_be_plain(&result) && speaks(&fetch(Some(&proxy.in_plain_http()), patience / 2));
                if is_plain { Err(plain(proxy)) } else { result }
            }
            via => fetch(via.as_ref().map(|(_, proxy)| proxy), patience),
        };
        Reply { via, result }
    }
}

/// True when a proxy was reached and its TLS handshake came to nothing.
fn may_be_plain(result: &Result<Answer, NetFailure>) -> bool {
    matches!(result, Err(NetFailure::At { stage: Stage::Proxy, cause, .. }) if !matches!(cause, NetCause::Status(_)))
}

fn plain(proxy: &ProxyUrl) -> NetFailure {
    let detail = format!("{} answers in plain HTTP, not in TLS", proxy.endpoint);
    NetFailure::at(Stage::Proxy, NetCause::PlainHttp, detail)
}

/// True when a proxy took the request: it passed it on, or refused it with a
/// status.
fn speaks(result: &Result<Answer, NetFailure>) -> bool {
    match result {
        Ok(_) | Err(NetFailure::Rejected(_)) => true,
        Err(NetFailure::At { stage: Stage::Proxy, cause, .. }) => matches!(cause, NetCause::Status(_)),
        Err(NetFailure::At { stage, .. }) => *stage > Stage::Proxy,
        Err(NetFailure::Missing(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_that_was_reached_can_be_a_plain_one() {
        let failed = |stage, cause| Err(NetFailure::at(stage, cause, "x"));
        assert!(may_be_plain(&failed(Stage::Proxy, NetCause::OtherProtocol)));
        assert!(may_be_plain(&failed(Stage::Proxy, NetCause::Silence)));
        assert!(!may_be_plain(&failed(Stage::Proxy, NetCause::Status(407))));
        assert!(!may_be_plain(&failed(Stage::Tcp, NetCause::Silence)));
        assert!(!may_be_plain(&Ok(Answer::default())));
    }

    #[test]
    fn a_proxy_that_says_no_speaks() {
        let failed = |stage, cause| Err(NetFailure::at(stage, cause, "x"));
        assert!(speaks(&Ok(Answer::default())));
        assert!(speaks(&failed(Stage::Proxy, NetCause::Status(403))));
        assert!(speaks(&failed(Stage::Tls, NetCause::Other)));
        assert!(!speaks(&failed(Stage::Proxy, NetCause::Silence)));
        assert!(!speaks(&failed(Stage::Tcp, NetCause::Refused)));
    }
}
