//! gopls, Delve, VS Code, ptrace.

use super::Check;

mod dlv_listens_everywhere;
mod dlv_stale;
mod gopls_missing;
mod gopls_stale;
mod gopls_too_new;
mod ptrace_attach_denied;
mod ptrace_container;
mod remote_server_stale;
mod vscode_env_overrides;
mod vscode_extension_old;
mod vscode_goroot_stale;
mod vscode_http_proxy;
mod vscode_toolspath_split;
mod workspace_root_wrong;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &vscode_goroot_stale::CHECK,
    &vscode_env_overrides::CHECK,
    &vscode_http_proxy::CHECK,
    &vscode_extension_old::CHECK,
    &gopls_missing::CHECK,
    &gopls_stale::CHECK,
    &gopls_too_new::CHECK,
    &vscode_toolspath_split::CHECK,
    &workspace_root_wrong::CHECK,
    &remote_server_stale::CHECK,
    &dlv_stale::CHECK,
    &dlv_listens_everywhere::CHECK,
    &ptrace_attach_denied::CHECK,
    &ptrace_container::CHECK,
];
