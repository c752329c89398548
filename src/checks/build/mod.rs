//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;
mod cgo_no_compiler;
mod libc_headers_missing;
mod pkg_config_missing;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &cgo_no_compiler::CHECK,
    &cc_invalid::CHECK,
    &libc_headers_missing::CHECK,
    &pkg_config_missing::CHECK,
];
