//! Proxy, DNS, TLS, clock.

use super::Check;

mod clock_skew;
mod goproxy_unreachable;
mod proxy_case_conflict;
mod proxy_dead;
mod proxy_malformed;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &proxy_dead::CHECK,
    &proxy_malformed::CHECK,
    &proxy_case_conflict::CHECK,
    &goproxy_unreachable::CHECK,
    &clock_skew::CHECK,
];
