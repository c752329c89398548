//! Fixes that write a setting's right value where the wrong one stands.

use super::replace_line;
use crate::host::Machine;
use crate::model::{Class, Fix, Step, mask};
use crate::probes::go::{Setting, SettingOrigin, View};
use crate::probes::shell::{Form, Writer};

/// Writes `right` where a Go setting was set to something else. None where
/// that place cannot be edited, or the line is too clever for it.
#[must_use]
pub fn rewrite(name: &str, setting: &Setting, writer: Option<&Writer>, right: &str, view: &View) -> Option<Fix> {
    let title = format!("Set {name} to {}", mask(right));
    let step = |file| Step::SetGo { file, name: name.to_owned(), value: right.to_owned() };
    match (&setting.origin, writer) {
        (SettingOrigin::File { path, .. }, _) => Some(Fix::new(title, Class::Safe, vec![step(path.clone())])),
        // A file of one's own wins over the one of the installation.
        (SettingOrigin::Goroot { .. }, _) => Some(Fix::new(title, Class::Safe, vec![step(view.file.path.clone()?)])),
        (SettingOrigin::Environment, Some(writer)) => {
            let line = with_value(writer, &setting.value, right)?;
            Some(replace_line(format!("{title} in {}", writer.place()), writer, line))
        }
        (SettingOrigin::Environment | SettingOrigin::Default, _) => None,
    }
}

/// Writing a value is left to the user, where no place can be edited that
/// sets it. `machine` says which shell the command is for.
#[must_use]
pub fn set_by_hand(name: &str, setting: &Setting, right: &str, machine: &Machine) -> Fix {
    let text = match setting.origin {
        SettingOrigin::Environment => format!("{name} comes from the environment. Where it is set, it ought to read:"),
        _ => "In the file that sets it, it ought to read:".to_owned(),
    };
    let command = match machine.shell_name() {
        Some("fish") => format!("set -gx {name} '{right}'"),
        _ => format!("export {name}='{right}'"),
    };
    Fix::manual(format!("Set {name} to {}", mask(right)), text, Some(command))
}

/// The line with another value, where the old one stands in it just once and
/// the new one means to the shell what it says; in quotes where it takes them.
pub(super) fn with_value(writer: &Writer, wrong: &str, right: &str) -> Option<String> {
    if writer.form == Form::FishVariables {
        return None;
    }
    let mut whole = writer.text.match_indices(wrong).filter(|(at, _)| is_whole(&writer.text, *at, wrong.len()));
    let (at, _) = whole.next().filter(|_| whole.next().is_none())?;
    let (before, behind) = (&writer.text[..at], &writer.text[at + wrong.len()..]);
    let quoted = matches!((before.chars().next_back(), behind.chars().next()), (Some(open @ ('"' | '\'')), Some(close)) if open == close);
    let is_plain = right.chars().all(|c| c.is_alphanumeric() || "/._-+@:,%=~".contains(c));
    let takes_quotes = !right.contains(['"', '\'', '$', '`', '\\']);
    // Quotes within other quotes would end those.
    let takes_them_here = !before.contains(['"', '\'']);
    match (quoted, is_plain) {
        (false, true) => Some(format!("{before}{right}{behind}")),
        (true, _) if takes_quotes => Some(format!("{before}{right}{behind}")),
        (false, false) if takes_quotes && takes_them_here => Some(format!("{before}'{right}'{behind}")),
        _ => None,
    }
}

/// True where a value begins and ends, and is not a part of a word.
fn is_whole(line: &str, at: usize, length: usize) -> bool {
    let before = line[..at].chars().next_back();
    let behind = line[at + length..].chars().next();
    matches!(before, Some('=' | '"' | '\'' | ' '))
        && matches!(behind, None | Some('"' | '\'' | ' ' | '\t' | ';' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, wrong: &str, right: &str) -> Option<String> {
        let writer = Writer {
            path: "/home/kim/.profile".into(),
            name: "~/.profile".into(),
            line: 1,
            text: text.into(),
            value: None,
            sets: vec!["A".into()],
            contexts: Vec::new(),
            own: true,
            form: Form::Posix,
        };
        with_value(&writer, wrong, right)
    }

    #[test]
    fn only_lines_that_keep_their_meaning_are_rewritten() {
        for (text, wrong, right, expected) in [
            ("export A='x;y' # z", "x;y", "x,y", Some("export A='x,y' # z")),
            ("export A=\"x;y\"", "x;y", "x|y", Some("export A=\"x|y\"")),
            ("export A=x,", "x,", "x|y", Some("export A='x|y'")),
            ("set -gx A x # z", "x", "x|y", Some("set -gx A 'x|y' # z")),
            ("alias go='A=x go'", "x", "x|y", None),
            ("export A=x", "x", "it's", None),
            ("export A=x B=x", "x", "y", None),
            ("export A=$B", "x", "y", None),
            ("export A=x", "x", "$HOME/y", None),
            ("export A=x", "x", "/home/kim/y", Some("export A=/home/kim/y")),
        ] {
            assert_eq!(line(text, wrong, right).as_deref(), expected, "{text}");
        }
    }
}
