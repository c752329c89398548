//! Fixes of the settings of VS Code and its kin.

use crate::model::{Class, Edit, Fix, Step};
use crate::probes::editor::{EditorSetting, Scope};

/// Removes a setting from the file that has it. A file of the project may be
/// shared, so removing from it is a choice.
#[must_use]
pub fn remove_setting(setting: &EditorSetting) -> Fix {
    let file = &setting.file;
    let class = match file.scope {
        Scope::User | Scope::Remote => Class::Safe,
        Scope::Folder | Scope::Workspace => Class::Review,
    };
    let step = Step::EditFile { path: file.path.clone(), edits: vec![Edit::RemoveJson { keys: setting.keys.clone() }] };
    Fix::new(format!("Remove {} from {}", setting.name(), file.name), class, vec![step])
        .awaits("a reload of the editor window")
}
