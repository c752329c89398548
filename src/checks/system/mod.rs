//! Kernel, distribution, limits, disks.

use super::Check;

mod ca_bundle_missing;
mod disk_full;
mod git_missing;
mod go_from_distro;
mod home_unset;
mod tmp_noexec;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &disk_full::CHECK,
    &tmp_noexec::CHECK,
    &home_unset::CHECK,
    &ca_bundle_missing::CHECK,
    &git_missing::CHECK,
    &go_from_distro::CHECK,
];
