//! GOPATH, GOMODCACHE, module proxies and credentials.

use super::Check;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[];
