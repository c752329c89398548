//! gopls, Delve, VS Code, ptrace.

use super::Check;

mod dlv_stale;
mod gopls_missing;
mod gopls_stale;
mod ptrace_attach_denied;
mod vscode_goroot_stale;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &vscode_goroot_stale::CHECK,
    &gopls_missing::CHECK,
    &gopls_stale::CHECK,
    &dlv_stale::CHECK,
    &ptrace_attach_denied::CHECK,
];
