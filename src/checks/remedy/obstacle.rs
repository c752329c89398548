//! Which findings can stand behind a request that failed.

use crate::host::Stage;
use crate::probes::network::{Failure, FailureCause, ProxyUrl, ProxyVariable};

/// The checks that can explain a failure on this way at this stage.
#[must_use]
pub fn explained_by(via: Option<&(ProxyVariable, ProxyUrl)>, failure: &Failure) -> &'static [&'static str] {
    match (failure.stage, via) {
        (Stage::Dns, Some(_)) => &["proxy-dead", "dns-broken", "proxy-malformed"],
        (Stage::Tcp | Stage::Proxy, Some(_)) => &["proxy-dead", "proxy-malformed"],
        // A value that Go drops makes it go without the proxy it needs.
        (Stage::Dns, None) => &["dns-broken", "proxy-malformed"],
        (Stage::Tcp, None) => &["proxy-malformed", "windows-firewall-blocks", "windows-proxy-loopback"],
        (Stage::Tls, _) if failure.is_about_time() => &["tls-rejected", "clock-skew"],
        (Stage::Tls, _) => match failure.cause {
            FailureCause::Certificate(_) => &["tls-unknown-ca", "tls-rejected", "ca-bundle-missing"],
            _ => &[],
        },
        (Stage::Http, _) if failure.cause == FailureCause::Page => &["captive-portal"],
        _ => &[],
    }
}
