//! The module in the folder.

use super::Check;

mod binary_foreign;
mod go_too_old_for_module;
mod go_version_files_differ;
mod toolchain_name_invalid;
mod vendor_inconsistent;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &go_too_old_for_module::CHECK,
    &toolchain_name_invalid::CHECK,
    &vendor_inconsistent::CHECK,
    &go_version_files_differ::CHECK,
    &binary_foreign::CHECK,
];
