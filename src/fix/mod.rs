//! Fixes: preview, journal, apply, verify, undo.

use crate::host::Host;
use crate::model::{Fix, Preview};

/// What each step of `fix` would do on this machine.
#[must_use]
pub fn preview(_host: &dyn Host, _fix: &Fix) -> Vec<Preview> {
    Vec::new()
}
