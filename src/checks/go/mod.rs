//! The Go toolchain and its settings.

use super::Check;

mod goroot_dangling;
mod goroot_env_mismatch;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[&goroot_dangling::CHECK, &goroot_env_mismatch::CHECK];
