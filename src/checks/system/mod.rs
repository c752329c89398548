//! Kernel, distribution, limits, disks.

use super::Check;

mod ca_bundle_missing;
mod disk_full;
mod fd_limit_low;
mod git_missing;
mod go_from_distro;
mod home_unset;
mod inotify_limit;
mod memory_low;
mod tmp_noexec;
mod zoneinfo_missing;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &disk_full::CHECK,
    &tmp_noexec::CHECK,
    &home_unset::CHECK,
    &ca_bundle_missing::CHECK,
    &git_missing::CHECK,
    &fd_limit_low::CHECK,
    &memory_low::CHECK,
    &inotify_limit::CHECK,
    &zoneinfo_missing::CHECK,
    &go_from_distro::CHECK,
];
