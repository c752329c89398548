//! Fixes that several checks offer in the same way.

mod clock;
mod cross_compiler;
mod editor_setting;
mod get_go;
mod git_line;
mod home;
pub mod manager;
mod module_name;
pub mod obstacle;
mod packages;
mod path;
pub mod path_entry;
mod path_turn;
mod pc_packages;
pub mod proxies;
mod rc_line;
mod reinstall;
mod shell_word;
mod tool;
mod ulimit;
mod value;
pub mod wsl;

pub use clock::{clock_evidence, span};
pub use cross_compiler::{
    cross_compiler_line, cross_compiler_names, install_cross_compiler, install_cross_library, zig_target,
};
pub use editor_setting::remove_setting;
pub use get_go::{get_go, use_or_get_go};
pub use git_line::{comment_out_git_line, replace_in_git_header, replace_in_git_line};
pub use home::give_home;
pub use module_name::module_name;
pub use packages::{GCC, LIBC_HEADERS, PKG_CONFIG, Package, install, install_line, removal};
pub use path::{Position, Shells, add_to_path, add_to_path_in};
pub use path_turn::{turned_to_back, turned_to_front};
pub use pc_packages::install_pc;
pub use rc_line::{comment_out, replace_line};
pub use reinstall::reinstall_go;
pub use shell_word::shell_word;
pub use tool::{install_tool, rebuild_tool};
pub use ulimit::{LimitLine, limit_lines};
pub use value::{rewrite, set_by_hand};

use crate::model::{Class, Context, Fix, Inverse, Privilege, Step};
use crate::probes::go::{Setting, SettingOrigin, View};
use crate::probes::shell::Writer;

/// What a repaired rc file waits for.
pub const NEW_SHELL: &str = "a new shell";

/// Takes a setting back where it was set: the rc line is commented out, the
/// line in the GOENV file removed. `why` is put beside a commented line.
#[must_use]
pub fn unset(name: &str, setting: &Setting, writer: Option<&Writer>, why: &str) -> Fix {
    match (&setting.origin, writer) {
        (SettingOrigin::File { path, name: file, .. }, _) => Fix::new(
            format!("Remove {name} from {file}"),
            Class::Safe,
            vec![Step::UnsetGo { file: path.clone(), name: name.to_owned() }],
        ),
        (SettingOrigin::Environment, Some(writer)) => comment_out(writer, why),
        (SettingOrigin::Goroot { name: file, line }, _) => Fix::manual(
            format!("Override {name} for yourself"),
            format!("{file}:{line} comes with this Go installation. A setting of your own wins over it."),
            None,
        ),
        (SettingOrigin::Environment | SettingOrigin::Default, _) => forget(name),
    }
}

/// Writes a setting of the user's own, as `go env -w` would. None when there
/// is no file for it, as with GOENV=off.
#[must_use]
pub fn set_go(title: impl Into<String>, name: &str, value: &str, view: &View) -> Option<Fix> {
    let step = Step::SetGo { file: view.file.path.clone()?, name: name.to_owned(), value: value.to_owned() };
    Some(Fix::new(title, Class::Safe, vec![step]))
}

/// Forgets a variable that no file sets, in the shell that has it.
#[must_use]
pub fn forget(name: &str) -> Fix {
    forget_all(&[name])
}

/// Forgets variables that no file sets, in the shell that has them.
#[must_use]
pub fn forget_all(names: &[&str]) -> Fix {
    let they = if names.len() == 1 { "it was" } else { "they were" };
    Fix::manual(
        format!("Unset {} in this session", listed(names)),
        format!("No rc file sets {}; {they} set by hand, or by the program that started this shell.", listed(names)),
        Some(format!("unset {}", names.join(" "))),
    )
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [all @ .., last] => {
            let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", all.join(", "), last.as_ref())
        }
    }
}

/// A program that needs root, with its inverse.
#[must_use]
pub fn as_root(title: impl Into<String>, argv: &[&str], inverse: Inverse) -> Fix {
    let argv = argv.iter().map(|word| (*word).to_owned()).collect();
    Fix::new(title, Class::Root, vec![Step::Run { argv, privilege: Privilege::Root, inverse }])
}

/// "this session and a login shell".
#[must_use]
pub fn contexts_title(contexts: &[Context]) -> String {
    let titles: Vec<&str> = contexts.iter().map(|context| context.title()).collect();
    if titles.is_empty() { "no context".into() } else { listed(&titles) }
}

/// The same fix as a choice: one that is always confirmed.
#[must_use]
pub fn reviewed(mut fix: Fix) -> Fix {
    fix.class = fix.class.max(Class::Review);
    fix
}
