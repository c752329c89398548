//! cgo, C tools, targets.

use super::Check;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[];
