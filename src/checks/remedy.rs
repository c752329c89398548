//! Fixes that several checks offer in the same way.

mod get_go;

pub use get_go::{get_go, use_or_get_go};

use crate::model::{Class, Context, Edit, Fix, Inverse, Privilege, Step, mask};
use crate::probes::go::{Setting, SettingOrigin};
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

/// Comments out the line of an rc file that sets a variable.
#[must_use]
pub fn comment_out(writer: &Writer, why: &str) -> Fix {
    let step = Step::EditFile {
        path: writer.path.clone(),
        edits: vec![Edit::CommentOut { line: writer.line, was: writer.text.clone(), reason: why.to_owned() }],
    };
    edit_rc(format!("Comment out {}", writer.place()), writer, step)
}

/// Replaces the line of an rc file that sets a variable.
#[must_use]
pub fn replace_line(title: impl Into<String>, writer: &Writer, with: impl Into<String>) -> Fix {
    let step = Step::EditFile {
        path: writer.path.clone(),
        edits: vec![Edit::ReplaceLine { line: writer.line, was: writer.text.clone(), with: with.into() }],
    };
    edit_rc(title.into(), writer, step)
}

/// A file of somebody else is for the user to edit, with the rights it takes.
fn edit_rc(title: String, writer: &Writer, step: Step) -> Fix {
    if writer.own {
        return Fix::new(title, Class::Safe, vec![step]).awaits(NEW_SHELL);
    }
    let command = format!("sudoedit +{} {}", writer.line, writer.path.display());
    Fix::manual(
        title,
        format!(
            "{} belongs to the system and may serve other users too. The line is: {}",
            writer.name,
            mask(writer.text.trim())
        ),
        Some(command),
    )
    .awaits(NEW_SHELL)
}

/// Forgets a variable that no file sets, in the shell that has it.
#[must_use]
pub fn forget(name: &str) -> Fix {
    Fix::manual(
        format!("Unset {name} in this session"),
        format!("No rc file sets {name}; it was set by hand, or by the program that started this shell."),
        Some(format!("unset {name}")),
    )
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
    match titles.as_slice() {
        [] => "no context".into(),
        [one] => (*one).into(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// The same fix as a choice: one that is always confirmed.
#[must_use]
pub fn reviewed(mut fix: Fix) -> Fix {
    fix.class = fix.class.max(Class::Review);
    fix
}
