//! User, rc files, PATH.

use super::Check;

mod go_not_on_path;
mod go_shadowed;
mod gobin_not_on_path;
mod path_context_differs;
mod path_duplicate;
mod path_entry_broken;
mod path_entry_missing;
mod path_relative;
mod path_stale_session;
mod rc_conflicting_exports;
mod rc_crlf;
mod rc_file_hidden;
mod rc_syntax_error;
mod rc_world_writable;
mod sudo_loses_go;
mod version_manager_goroot;
mod version_manager_shadowed;
mod version_manager_stale;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &rc_crlf::CHECK,
    &rc_syntax_error::CHECK,
    &rc_file_hidden::CHECK,
    &go_not_on_path::CHECK,
    &path_context_differs::CHECK,
    &path_stale_session::CHECK,
    &version_manager_goroot::CHECK,
    &version_manager_stale::CHECK,
    &version_manager_shadowed::CHECK,
    &go_shadowed::CHECK,
    &gobin_not_on_path::CHECK,
    &path_entry_broken::CHECK,
    &path_relative::CHECK,
    &path_entry_missing::CHECK,
    &path_duplicate::CHECK,
    &rc_conflicting_exports::CHECK,
    &rc_world_writable::CHECK,
    &sudo_loses_go::CHECK,
];
