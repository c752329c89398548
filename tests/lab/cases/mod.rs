//! The cases, one file per layer.

mod go;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [go::cases()].into_iter().flatten().collect()
}
