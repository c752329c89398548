//! Fixes of WSL's settings, and of what only Windows can do.

use crate::model::{Class, Edit, Fix, Step};
use crate::probes::wsl::config::{ConfigFile, Dialect};

/// What changed settings of WSL wait for.
pub const WSL_SHUTDOWN: &str = "wsl --shutdown";

/// Edits a line of wsl.conf, which takes root's rights, or of .wslconfig: a file
/// of Windows is for the user to edit.
#[must_use]
pub fn edit_config(title: impl Into<String>, file: &ConfigFile, line: usize, was: &str, with: &str) -> Fix {
    let title = title.into();
    if file.dialect == Dialect::WslConf {
        let edit = Edit::ReplaceLine { line, was: was.to_owned(), with: with.to_owned() };
        let step = Step::EditFile { path: file.path.clone(), edits: vec![edit] };
        return Fix::new(title, Class::Root, vec![step]).awaits(WSL_SHUTDOWN);
    }
    let text = format!("Line {line} of {}: write `{with}` in place of `{}`. {AFTERWARDS}", file.name, was.trim());
    Fix::manual(title, text, Some(editor(file, line))).awaits(WSL_SHUTDOWN)
}

/// What comes behind every change of WSL's settings.
pub const AFTERWARDS: &str = "Then run `wsl.exe --shutdown`: it ends all that runs in every distribution.";

/// The command that opens a file of settings.
#[must_use]
pub fn editor(file: &ConfigFile, line: usize) -> String {
    match file.dialect {
        Dialect::WslConf => format!("sudoedit +{line} {}", file.path.display()),
        Dialect::WslConfig => {
            "notepad.exe \"$(wslpath -w ".to_owned() + &super::shell_word(&file.path.display().to_string()) + ")\""
        }
    }
}

/// Restarts WSL: manual, for it ends all that runs.
#[must_use]
pub fn restart_wsl(why: &str) -> Fix {
    let text = format!("{why} It ends all that runs in every distribution: save your work first.");
    Fix::manual("Restart WSL", text, Some("wsl.exe --shutdown".to_owned()))
}

/// Updates WSL: on the Windows side.
#[must_use]
pub fn update_wsl(text: &str) -> Fix {
    Fix::manual("Update WSL", text, Some("wsl.exe --update".to_owned()))
}
