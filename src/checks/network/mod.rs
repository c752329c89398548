//! Proxy, DNS, TLS, clock.

use super::Check;

mod captive_portal;
mod clock_skew;
mod dns_broken;
mod git_proxy_dead;
mod goproxy_unreachable;
mod ipv6_broken;
mod no_proxy_useless;
mod ntp_unsynchronised;
mod proxy_case_conflict;
mod proxy_dead;
mod proxy_malformed;
mod sumdb_unreachable;
mod tls_rejected;
mod tls_unknown_ca;

/// Why nobody is blamed for names that are found after a while.
const NAMES_ARE_LATE: &str = "the name is found after a wait, of which dns-broken tells";

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &proxy_dead::CHECK,
    &proxy_malformed::CHECK,
    &proxy_case_conflict::CHECK,
    &dns_broken::CHECK,
    &captive_portal::CHECK,
    &tls_unknown_ca::CHECK,
    &tls_rejected::CHECK,
    &goproxy_unreachable::CHECK,
    &sumdb_unreachable::CHECK,
    &git_proxy_dead::CHECK,
    &no_proxy_useless::CHECK,
    &ipv6_broken::CHECK,
    &clock_skew::CHECK,
    &ntp_unsynchronised::CHECK,
];
