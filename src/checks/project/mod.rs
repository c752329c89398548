//! The module in the folder.

use super::Check;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[];
