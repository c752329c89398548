//! Proxy, DNS, TLS, clock.

use super::Check;

mod proxy_dead;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[&proxy_dead::CHECK];
