//! cgo, C tools, targets.

use super::Check;

mod cc_invalid;
mod cgo_no_compiler;
mod emulator_missing;
mod ld_library_path;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] =
    &[&cgo_no_compiler::CHECK, &cc_invalid::CHECK, &ld_library_path::CHECK, &emulator_missing::CHECK];
