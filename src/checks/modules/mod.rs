//! GOPATH, GOMODCACHE, module proxies and credentials.

use super::Check;

mod cache_not_writable;
mod gopath_invalid;
mod goproxy_credentials;
mod goproxy_malformed;
mod gosumdb_off;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &gopath_invalid::CHECK,
    &cache_not_writable::CHECK,
    &goproxy_malformed::CHECK,
    &goproxy_credentials::CHECK,
    &gosumdb_off::CHECK,
];
