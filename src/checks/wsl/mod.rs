//! The WSL virtual machine and its settings.

use super::Check;

mod wsl_cache_on_windows;
mod wsl_clock_skew;
mod wsl_conf_encoding;
mod wsl_conf_misplaced;
mod wsl_conf_pending;
mod wsl_conf_syntax;
mod wsl_conf_value;
mod wsl_gopath_on_windows;
mod wsl_interop_broken;
mod wsl_interop_dead;
mod wsl_network_mode;
mod wsl_outdated;
mod wsl_path_slow;
mod wsl_project_on_windows;
mod wsl_proxy_gateway_stale;
mod wsl_proxy_loopback;
mod wsl_resolv_missing;
mod wsl_resolv_stale;
mod wsl_systemd_mismatch;
mod wsl_time_daemon;
mod wsl_tunnel_conflict;
mod wsl_version_1;
mod wsl_vscode_extension;
mod wsl_vscode_settings_leak;
mod wsl_windows_style_env;
mod wsl_windows_tool_first;
mod wsl_wslenv_go;
mod wslconfig_backslash;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &wsl_version_1::CHECK,
    &wsl_outdated::CHECK,
    &wsl_interop_broken::CHECK,
    &wsl_interop_dead::CHECK,
    &wsl_conf_syntax::CHECK,
    &wsl_conf_encoding::CHECK,
    &wsl_conf_misplaced::CHECK,
    &wsl_conf_value::CHECK,
    &wslconfig_backslash::CHECK,
    &wsl_conf_pending::CHECK,
    &wsl_systemd_mismatch::CHECK,
    &wsl_tunnel_conflict::CHECK,
    &wsl_network_mode::CHECK,
    &wsl_clock_skew::CHECK,
    &wsl_time_daemon::CHECK,
    &wsl_cache_on_windows::CHECK,
    &wsl_gopath_on_windows::CHECK,
    &wsl_windows_style_env::CHECK,
    &wsl_wslenv_go::CHECK,
    &wsl_windows_tool_first::CHECK,
    &wsl_path_slow::CHECK,
    &wsl_project_on_windows::CHECK,
    &wsl_resolv_missing::CHECK,
    &wsl_resolv_stale::CHECK,
    &wsl_proxy_loopback::CHECK,
    &wsl_proxy_gateway_stale::CHECK,
    &wsl_vscode_extension::CHECK,
    &wsl_vscode_settings_leak::CHECK,
];
