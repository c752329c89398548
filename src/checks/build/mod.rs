//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;
mod cgo_no_compiler;
mod libc_headers_missing;
mod musl_toolchain_mix;
mod pkg_config_missing;
mod race_unavailable;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &cgo_no_compiler::CHECK,
    &cc_invalid::CHECK,
    &libc_headers_missing::CHECK,
    &musl_toolchain_mix::CHECK,
    &pkg_config_missing::CHECK,
    &race_unavailable::CHECK,
];
