//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;
mod cgo_no_compiler;
mod linkmode_flags;
mod static_link_glibc;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] =
    &[&cgo_no_compiler::CHECK, &cc_invalid::CHECK, &linkmode_flags::CHECK, &static_link_glibc::CHECK];
