//! The Go toolchain and its settings.

use super::Check;

/// The checks of this layer.
pub const CHECKS: &[&Check] = &[];
