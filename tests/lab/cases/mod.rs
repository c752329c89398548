//! The cases, one file per layer.

mod go;
mod healthy;

use crate::Case;

/// Every case.
pub fn all() -> Vec<Case> {
    [go::cases(), healthy::cases()].into_iter().flatten().collect()
}
