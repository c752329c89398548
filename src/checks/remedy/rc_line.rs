//! Fixes of one line of a start file.

use super::{NEW_SHELL, listed};
use crate::model::{Class, Edit, Fix, Inverse, Privilege, Step, mask};
use crate::probes::shell::{Form, Writer};

/// What a repaired file of variables waits for: it is read once per login.
const NEW_LOGIN: &str = "the next login";

/// Comments out the line of a start file that sets a variable. A line that
/// sets others too is a matter of choice.
#[must_use]
pub fn comment_out(writer: &Writer, why: &str) -> Fix {
    if writer.form == Form::FishVariables {
        return erase_universal(writer);
    }
    let edit = Edit::CommentOut { line: writer.line, was: writer.text.clone(), reason: why.to_owned() };
    let mut fix = edit_line(format!("Comment out {}", writer.place()), writer, edit);
    let mut names = writer.sets.clone();
    names.dedup();
    if names.len() > 1 && fix.class != Class::Manual {
        fix.class = fix.class.max(Class::Review);
        fix.title = format!("{}, which sets {}", fix.title, listed(&names));
    }
    fix
}

/// Replaces the line of a start file that sets a variable.
#[must_use]
pub fn replace_line(title: impl Into<String>, writer: &Writer, with: impl Into<String>) -> Fix {
    let edit = Edit::ReplaceLine { line: writer.line, was: writer.text.clone(), with: with.into() };
    edit_line(title.into(), writer, edit)
}

/// A file that is not the user's own takes root's rights.
fn edit_line(title: String, writer: &Writer, edit: Edit) -> Fix {
    let awaits = awaited([writer]);
    if writer.form == Form::FishVariables {
        let line = mask(writer.text.trim());
        let text = format!("{} is kept by fish itself; change it with `set -U`. The line is: {line}", writer.name);
        return Fix::manual(title, text, None).awaits(awaits);
    }
    let step = Step::EditFile { path: writer.path.clone(), edits: vec![edit] };
    let class = if writer.own { Class::Safe } else { Class::Root };
    Fix::new(title, class, vec![step]).awaits(awaits)
}

/// What these lines, once repaired, wait for.
pub(super) fn awaited<'a>(lines: impl IntoIterator<Item = &'a Writer>) -> &'static str {
    let is_login = lines.into_iter().any(|line| line.form == Form::Environment);
    if is_login { NEW_LOGIN } else { NEW_SHELL }
}

/// fish writes the file of its universal variables anew whenever it likes: it
/// has to be asked.
fn erase_universal(writer: &Writer) -> Fix {
    let Some(name) = writer.sets.first() else {
        return edit_line(format!("Edit {}", writer.name), writer, Edit::Append { lines: Vec::new() });
    };
    let fish = |line: String| vec!["fish".to_owned(), "-c".to_owned(), line];
    let flags = if writer.text.contains(" --export ") { "-Ux" } else { "-U" };
    let inverse = match &writer.value {
        Some(value) if !writer.text.contains("\\x1e") => {
            Inverse::Argv(fish(format!("set {flags} {name} {}", quoted(value))))
        }
        _ => Inverse::CannotBeUndone("it is a list, whose parts cannot be told".to_owned()),
    };
    let step = Step::Run { argv: fish(format!("set -Ue {name}")), privilege: Privilege::User, inverse };
    Fix::new(format!("Erase fish's universal variable {name}"), Class::Review, vec![step])
}

/// A word of fish.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
