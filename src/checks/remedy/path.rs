//! Fixes of PATH.

use std::path::{Path, PathBuf};

use super::NEW_SHELL;
use crate::host::Machine;
use crate::model::{Class, Edit, Fix, Step};
use crate::probes::shell::{Form, RcFiles};

/// Where a folder is put among those of PATH.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Before the others, unless it is among them.
    Front,
    /// Before the others, also when it is among them already.
    FrontAgain,
    /// Behind the others, unless it is among them.
    Back,
}

/// Which shells are to have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shells {
    /// Login shells and new terminals.
    Every,
    /// Login shells, and what is started from them.
    Login,
}

/// Puts a folder on PATH by adding a few marked lines to the start files that
/// these shells read.
#[must_use]
pub fn add_to_path(rc: &RcFiles, folder: &Path, position: Position, shells: Shells) -> Fix {
    let files = match shells {
        Shells::Every => rc.files_for_every_shell(),
        Shells::Login => rc.file_for_login().into_iter().collect(),
    };
    add_to_path_in(rc, folder, position, files)
}

/// The same in start files that are already known.
#[must_use]
pub fn add_to_path_in(rc: &RcFiles, folder: &Path, position: Position, files: Vec<PathBuf>) -> Fix {
    let machine = rc.machine();
    let named = machine.tilde(folder);
    let first = if position == Position::FrontAgain { "first " } else { "" };
    let folder = Folder::new(folder, machine);
    let names = files.iter().map(|file| machine.tilde(file)).collect::<Vec<_>>().join(" and ");
    let foreign = files.iter().filter_map(|path| rc.file(path)).find(|file| !file.own);
    match folder {
        Some(folder) if foreign.is_none() && !files.is_empty() => {
            let steps = steps(files, &folder.lines(rc.form(), position));
            Fix::new(format!("Put {named} {first}on PATH in {names}"), Class::Safe, steps).awaits(NEW_SHELL)
        }
        Some(folder) => Fix::manual(
            format!("Put {named} {first}on PATH"),
            match foreign {
                Some(file) => format!("{} does not belong to you. Where you may, add this line:", file.name),
                None => "There is no home folder to keep start files in. This line does it:".to_owned(),
            },
            Some(folder.assignment(rc.form(), position)),
        )
        .awaits(NEW_SHELL),
        None => Fix::manual(
            format!("Move {named}"),
            "No line can put a folder of that name on PATH: a colon ends an entry.",
            None,
        ),
    }
}

fn steps(files: Vec<PathBuf>, lines: &[String]) -> Vec<Step> {
    let edit = |path| Step::EditFile { path, edits: vec![Edit::Append { lines: lines.to_vec() }] };
    files.into_iter().map(edit).collect()
}

/// A folder as it is written into a start file.
struct Folder {
    /// Below `$HOME`, where it lies there.
    below_home: Option<String>,
    whole: String,
}

impl Folder {
    /// None for a folder that cannot be on PATH, or not on one line.
    fn new(folder: &Path, machine: &Machine) -> Option<Folder> {
        let whole = folder.to_str().filter(|text| !text.contains([':', '\n', '\r', '\0']))?;
        let home = machine.user.home.as_ref();
        let below_home = home.and_then(|home| folder.strip_prefix(home).ok()?.to_str()).filter(|rest| !rest.is_empty());
        Some(Folder { below_home: below_home.map(str::to_owned), whole: whole.to_owned() })
    }

    fn lines(&self, form: Form, position: Position) -> Vec<String> {
        let set = self.assignment(form, position);
        match (form, position) {
            (_, Position::FrontAgain) => vec![set],
            (Form::Fish, _) => vec![format!("contains -- {} $PATH; or {set}", self.fish_word())],
            (Form::Posix | Form::Environment | Form::FishVariables, _) => vec![
                "case \":$PATH:\" in".to_owned(),
                format!("    *\":{}:\"*) ;;", self.posix_word()),
                format!("    *) {set} ;;"),
                "esac".to_owned(),
            ],
        }
    }

    /// The line that puts the folder there in any case.
    fn assignment(&self, form: Form, position: Position) -> String {
        let before = position != Position::Back;
        match (form, before) {
            (Form::Fish, true) => format!("set -gx PATH {} $PATH", self.fish_word()),
            (Form::Fish, false) => format!("set -gx PATH $PATH {}", self.fish_word()),
            (_, true) => format!("export PATH=\"{}:$PATH\"", self.posix_word()),
            (_, false) => format!("export PATH=\"$PATH:{}\"", self.posix_word()),
        }
    }

    /// The folder as it stands between double quotes.
    fn posix_word(&self) -> String {
        self.quoted(&['"', '\\', '$', '`'])
    }

    fn fish_word(&self) -> String {
        let plain = |c: char| c.is_alphanumeric() || "/._-+@".contains(c);
        let word = self.quoted(&['"', '\\', '$']);
        if self.whole.chars().all(plain) { word } else { format!("\"{word}\"") }
    }

    /// The folder, where a backslash goes before what is special.
    fn quoted(&self, special: &[char]) -> String {
        match &self.below_home {
            Some(rest) => format!("$HOME/{}", escaped(rest, special)),
            None => escaped(&self.whole, special),
        }
    }
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_shell_would_take_apart_are_quoted() {
        let odd = Folder { below_home: None, whole: "/a b$c\"d\\e`".into() };
        assert_eq!(odd.lines(Form::Posix, Position::FrontAgain), ["export PATH=\"/a b\\$c\\\"d\\\\e\\`:$PATH\""]);
        assert_eq!(odd.lines(Form::Fish, Position::FrontAgain), ["set -gx PATH \"/a b\\$c\\\"d\\\\e`\" $PATH"]);
        let below = Folder { below_home: Some("go/bin".into()), whole: "/home/kim/go/bin".into() };
        assert_eq!(
            below.lines(Form::Fish, Position::Back),
            ["contains -- $HOME/go/bin $PATH; or set -gx PATH $PATH $HOME/go/bin"]
        );
        assert_eq!(below.lines(Form::Posix, Position::Front)[1], "    *\":$HOME/go/bin:\"*) ;;");
    }
}
