//! Fixes of one line of a git configuration file.

use crate::model::{Class, Edit, Fix, Step};
use crate::probes::modules::GitLine;

/// Replaces a part of a line, where it stands there just once and the value
/// does not go on in the next line; None elsewhere. What git is configured to
/// is a matter of choice: the fix is always confirmed.
#[must_use]
pub fn replace_in_git_line(title: impl Into<String>, at: &GitLine, old: &str, new: &str) -> Option<Fix> {
    (at.line == at.last).then_some(())?;
    replace(title.into(), at, (at.line, &at.text), old, new)
}

/// The same for the header of the section, as `[url "…"]`.
#[must_use]
pub fn replace_in_git_header(title: impl Into<String>, at: &GitLine, old: &str, new: &str) -> Option<Fix> {
    replace(title.into(), at, (at.header, &at.header_text), old, new)
}

fn replace(title: String, at: &GitLine, (line, text): (usize, &String), old: &str, new: &str) -> Option<Fix> {
    if old.is_empty() || text.matches(old).count() != 1 {
        return None;
    }
    let edit = Edit::ReplaceLine { line, was: text.clone(), with: text.replacen(old, new, 1) };
    Some(edit_file(title, at, edit))
}

/// Comments out a line of its own; None where it is a part of others.
#[must_use]
pub fn comment_out_git_line(title: impl Into<String>, at: &GitLine, why: &str) -> Option<Fix> {
    // A header in the same line holds for what follows.
    if at.line != at.last || at.line == at.header {
        return None;
    }
    let edit = Edit::CommentOut { line: at.line, was: at.text.clone(), reason: why.to_owned() };
    Some(edit_file(title.into(), at, edit))
}

fn edit_file(title: String, at: &GitLine, edit: Edit) -> Fix {
    let class = if at.own { Class::Review } else { Class::Root };
    Fix::new(title, class, vec![Step::EditFile { path: at.path.clone(), edits: vec![edit] }])
}
