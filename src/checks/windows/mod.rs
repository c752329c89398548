//! The Windows host around a WSL distribution.

use super::Check;

mod windows_build_old;
mod windows_clock_wrong;
mod windows_firewall_blocks;
mod windows_go_env;
mod windows_longpaths_off;
mod windows_proxy_loopback;
mod windows_two_gos;
mod windows_unreachable;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &windows_unreachable::CHECK,
    &windows_build_old::CHECK,
    &windows_clock_wrong::CHECK,
    &windows_firewall_blocks::CHECK,
    &windows_longpaths_off::CHECK,
    &windows_go_env::CHECK,
    &windows_proxy_loopback::CHECK,
    &windows_two_gos::CHECK,
];
