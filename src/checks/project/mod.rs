//! The module in the folder.

use super::Check;

mod binary_empty;
mod binary_foreign;
mod binary_wrong_target;
mod buildvcs_dubious_owner;
mod case_collision;
mod crlf_scripts;
mod dockerfile_cgo_runtime;
mod dockerfile_go_older;
mod dockerfile_no_certs;
mod dockerfile_target_args;
mod dotenv_overrides_go;
mod future_mtime;
mod go_mod_stray;
mod go_sum_damaged;
mod go_sum_missing;
mod go_too_old_for_module;
mod go_version_files_differ;
mod go_work_older;
mod go_work_stray;
mod module_in_gopath_src;
mod release_config_cgo;
mod replace_outside;
mod toolchain_name_invalid;
mod vendor_inconsistent;

/// The checks of this layer.
pub(super) const CHECKS: &[&Check] = &[
    &go_too_old_for_module::CHECK,
    &toolchain_name_invalid::CHECK,
    &vendor_inconsistent::CHECK,
    &go_version_files_differ::CHECK,
    &binary_foreign::CHECK,
    &binary_empty::CHECK,
    &binary_wrong_target::CHECK,
    &go_sum_damaged::CHECK,
    &go_sum_missing::CHECK,
    &go_work_older::CHECK,
    &go_work_stray::CHECK,
    &replace_outside::CHECK,
    &buildvcs_dubious_owner::CHECK,
    &case_collision::CHECK,
    &dotenv_overrides_go::CHECK,
    &go_mod_stray::CHECK,
    &module_in_gopath_src::CHECK,
    &future_mtime::CHECK,
    &crlf_scripts::CHECK,
    &dockerfile_go_older::CHECK,
    &dockerfile_cgo_runtime::CHECK,
    &dockerfile_target_args::CHECK,
    &dockerfile_no_certs::CHECK,
    &release_config_cgo::CHECK,
];
