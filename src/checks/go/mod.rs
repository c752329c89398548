//! The Go toolchain and its settings.

use super::Check;

mod cgo_disabled_persisted;
mod cgo_silently_off;
mod cross_target_left_set;
mod distro_go_env_defaults;
mod env_file_shadowed;
mod go111module_off;
mod go_arch_foreign;
mod go_env_file_invalid;
mod go_env_unknown_name;
mod go_eol;
mod go_missing;
mod goamd64_too_high;
mod gocache_off;
mod gocacheprog_missing;
mod godebug_invalid;
mod goexperiment_invalid;
mod goflags_invalid;
mod gopath_equals_goroot;
mod goroot_dangling;
mod goroot_env_mismatch;
mod goroot_in_env_file;
mod goroot_incomplete;
mod goroot_overlaid;
mod gotoolchain_blocked;
mod gotoolchain_invalid;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &go_missing::CHECK,
    &goroot_dangling::CHECK,
    &goroot_env_mismatch::CHECK,
    &goroot_overlaid::CHECK,
    &goroot_incomplete::CHECK,
    &gopath_equals_goroot::CHECK,
    &gotoolchain_blocked::CHECK,
    &env_file_shadowed::CHECK,
    &cross_target_left_set::CHECK,
    &go111module_off::CHECK,
    &goflags_invalid::CHECK,
    &go_arch_foreign::CHECK,
    &distro_go_env_defaults::CHECK,
    &cgo_disabled_persisted::CHECK,
    &cgo_silently_off::CHECK,
    &go_eol::CHECK,
    &go_env_unknown_name::CHECK,
    &go_env_file_invalid::CHECK,
    &goroot_in_env_file::CHECK,
    &gocache_off::CHECK,
    &gocacheprog_missing::CHECK,
    &godebug_invalid::CHECK,
    &goexperiment_invalid::CHECK,
    &gotoolchain_invalid::CHECK,
    &goamd64_too_high::CHECK,
];
