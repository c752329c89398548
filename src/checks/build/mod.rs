//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;
mod cc_target_mismatch;
mod cc_variable_ignored;
mod cflags_foreign;
mod cgo_no_compiler;
mod cross_compiler_incomplete;
mod cross_compiler_missing;
mod emulator_missing;
mod ld_library_path;
mod libc_headers_missing;
mod linkmode_flags;
mod musl_toolchain_mix;
mod pkg_config_missing;
mod race_unavailable;
mod static_link_glibc;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &cgo_no_compiler::CHECK,
    &cc_invalid::CHECK,
    &cc_variable_ignored::CHECK,
    &cc_target_mismatch::CHECK,
    &cross_compiler_missing::CHECK,
    &cross_compiler_incomplete::CHECK,
    &cflags_foreign::CHECK,
    &libc_headers_missing::CHECK,
    &musl_toolchain_mix::CHECK,
    &pkg_config_missing::CHECK,
    &race_unavailable::CHECK,
    &ld_library_path::CHECK,
    &emulator_missing::CHECK,
    &linkmode_flags::CHECK,
    &static_link_glibc::CHECK,
];
