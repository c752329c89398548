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
        Scope::Windows => return on_windows(setting),
    };
    let step = Step::EditFile { path: file.path.clone(), edits: vec![Edit::RemoveJson { keys: setting.keys.clone() }] };
    Fix::new(format!("Remove {} from {}", setting.name(), file.name), class, vec![step])
        .awaits("a reload of the editor window")
}

/// Nothing is changed on Windows.
fn on_windows(setting: &EditorSetting) -> Fix {
    let text = format!(
        "In VS Code: Preferences, Open User Settings (JSON), line {}. Or set {} to another value for WSL alone: Open \
         Remote Settings (JSON).",
        setting.line,
        setting.name()
    );
    Fix::manual(format!("Remove {} from the settings on Windows", setting.name()), text, None)
        .awaits("a reload of the editor window")
}
