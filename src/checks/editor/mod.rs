//! gopls, Delve, VS Code, ptrace.

use super::Check;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[];
