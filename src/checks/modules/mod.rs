//! GOPATH, GOMODCACHE, module proxies and credentials.

use super::Check;

mod cache_not_writable;
mod credential_store_plaintext;
mod git_token_in_config;
mod goinsecure_broad;
mod gopath_invalid;
mod goprivate_malformed;
mod goproxy_credentials;
mod goproxy_malformed;
mod goproxy_off;
mod gosumdb_off;
mod modcache_corrupt;
mod modcache_in_project;
mod netrc_permissions;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &gopath_invalid::CHECK,
    &cache_not_writable::CHECK,
    &goproxy_malformed::CHECK,
    &goproxy_credentials::CHECK,
    &goproxy_off::CHECK,
    &gosumdb_off::CHECK,
    &goinsecure_broad::CHECK,
    &goprivate_malformed::CHECK,
    &netrc_permissions::CHECK,
    &git_token_in_config::CHECK,
    &credential_store_plaintext::CHECK,
    &modcache_corrupt::CHECK,
    &modcache_in_project::CHECK,
];
