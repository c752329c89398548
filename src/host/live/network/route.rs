//! From a request to what is dialled.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ureq::http::Uri;

use crate::host::{Endpoint, NetCause, NetFailure, Request, Stage};
use crate::model::Missing;

/// The way of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// The URL without user and password.
    pub(super) url: String,
    /// Whom the URL names.
    pub(super) target: Endpoint,
    pub(super) security: Security,
    /// `Authorization` for the target, from its URL.
    pub(super) authorization: Option<String>,
    pub(super) proxy: Option<Proxy>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Security {
    Plain,
    Tls,
}

/// An HTTP proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proxy {
    pub(super) endpoint: Endpoint,
    /// How it is spoken to, whatever is asked for.
    pub(super) security: Security,
    /// `Proxy-Authorization`, from its URL.
    pub(super) authorization: Option<String>,
}

impl Route {
    pub(super) fn of(request: &Request) -> Result<Self, NetFailure> {
        let bad = || NetFailure::Missing(Missing::failed("the URL makes no sense"));
        let (url, authorization) = without_user(&request.url);
        let uri: Uri = url.parse().map_err(|_| bad())?;
        let (security, port) = match uri.scheme_str() {
            Some("https") => (Security::Tls, 443),
            Some("http") => (Security::Plain, 80),
            _ => return Err(bad()),
        };
        let target = endpoint(&uri, port).ok_or_else(bad)?;
        let proxy = request.proxy.as_deref().map(Proxy::of).transpose()?;
        Ok(Route { url, target, security, authorization, proxy })
    }

    /// Whom to connect to first.
    pub(super) fn first(&self) -> &Endpoint {
        self.proxy.as_ref().map_or(&self.target, |proxy| &proxy.endpoint)
    }
}

impl Proxy {
    /// A proxy as variables name it: without a scheme it is `http`.
    fn of(text: &str) -> Result<Self, NetFailure> {
        let bad = || NetFailure::at(Stage::Proxy, NetCause::Other, "the proxy's address makes no sense");
        let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let (url, authorization) = without_user(&text);
        let uri: Uri = url.parse().map_err(|_| bad())?;
        let (security, port) = match uri.scheme_str() {
            Some("http") => (Security::Plain, 80),
            Some("https") => (Security::Tls, 443),
            Some(scheme) => {
                let detail = format!("not asked: gomedic does not speak to {scheme} proxies");
                return Err(NetFailure::Missing(Missing::failed(detail)));
            }
            None => return Err(bad()),
        };
        Ok(Proxy { endpoint: endpoint(&uri, port).ok_or_else(bad)?, security, authorization })
    }
}

fn endpoint(uri: &Uri, port: u16) -> Option<Endpoint> {
    let host = uri.host()?.trim_start_matches('[').trim_end_matches(']');
    (!host.is_empty()).then(|| Endpoint::new(host, uri.port_u16().unwrap_or(port)))
}

/// The URL without user and password, and these as basic credentials.
fn without_user(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    match authority.rsplit_once('@') {
        Some((user, _)) => {
            let user_decoded = percent_decoded(user);
            let with_colon = if user.contains(':') { user_decoded } else { [user_decoded, b":".to_vec()].concat() };
            (
                format!("{scheme}://{}", &rest[user.len() + 1..]),
                Some(format!("Basic {}", BASE64_STANDARD.encode(&with_colon))),
            )
        }
        None => (url.to_owned(), None),
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let byte = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match byte.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::host::Trust;

    fn route(url: &str, proxy: Option<&str>) -> Result<Route, NetFailure> {
        let (url, proxy) = (url.into(), proxy.map(Into::into));
        Route::of(&Request { url, proxy, deadline: Duration::from_secs(1), trust: Trust::default() })
    }

    #[test]
    fn a_url_names_its_target() {
        let direct = route("https://ann:p%40ss@[::1]:8443/x", None).unwrap();
        assert_eq!(
            (direct.url.as_str(), direct.target, direct.security),
            ("https://[::1]:8443/x", Endpoint::new("::1", 8443), Security::Tls)
        );
        assert_eq!(direct.authorization.as_deref(), Some("Basic YW5uOnBAc3M="));
        assert_eq!(route("http://p.example", None).unwrap().target, Endpoint::new("p.example", 80));
    }

    #[test]
    fn a_proxy_comes_first() {
        let proxied = route("https://p.example/", Some("proxy:3128")).unwrap();
        assert_eq!(proxied.first(), &Endpoint::new("proxy", 3128));
        assert_eq!(proxied.target, Endpoint::new("p.example", 443));
        let encrypted = route("http://p.example/", Some("https://proxy")).unwrap();
        assert_eq!(encrypted.first(), &Endpoint::new("proxy", 443));
        assert_eq!(encrypted.proxy.unwrap().security, Security::Tls);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert!(matches!(route("file:///x", None), Err(NetFailure::Missing(_))));
        assert!(matches!(route("nonsense", None), Err(NetFailure::Missing(_))));
        assert!(matches!(route("https://x/", Some("http://:3128")), Err(NetFailure::At { stage: Stage::Proxy, .. })));
        assert!(matches!(route("https://x/", Some("socks5://x:1080")), Err(NetFailure::Missing(_))));
    }
}
