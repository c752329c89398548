//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;
mod cc_target_mismatch;
mod cc_variable_ignored;
mod cflags_foreign;
mod cgo_no_compiler;
mod cross_compiler_incomplete;
mod cross_compiler_missing;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &cgo_no_compiler::CHECK,
    &cc_invalid::CHECK,
    &cc_variable_ignored::CHECK,
    &cc_target_mismatch::CHECK,
    &cross_compiler_missing::CHECK,
    &cross_compiler_incomplete::CHECK,
    &cflags_foreign::CHECK,
];
