//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[&cc_invalid::CHECK];
