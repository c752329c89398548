//! Which line of which file a shell is at, from what its prompt tells.

use std::path::{Path, PathBuf};

use super::super::kind::Kind;
use super::prompt::PLACE_FIELDS;

/// The place of one traced command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: Option<PathBuf>,
    pub(super) line: Option<usize>,
    /// How many files are being read within one another.
    pub(super) files_deep: usize,
}

/// The place that the first fields of a prompt tell. Inside a function it is
/// the line that called the function: that is the one that somebody wrote
/// there to change something.
pub(super) fn place(kind: Kind, fields: &[&str; PLACE_FIELDS]) -> Place {
    match kind {
        Kind::Bash => of_bash(fields),
        Kind::Zsh => of_zsh(fields),
        Kind::Posix | Kind::Fish => Place { line: number(fields[3]), ..Place::default() },
    }
}

fn of_bash([_, file, files, line, functions, calls]: &[&str; PLACE_FIELDS]) -> Place {
    let here = Place { file: named(file), line: number(line), files_deep: usize::from(!file.is_empty()) };
    let (files, calls) = (words(files), words(calls));
    let functions = words(functions);
    // A blank in a file's name makes the lists differ.
    if files.len() != calls.len() || functions.len() > files.len() {
        return here;
    }
    let is_file = |function: &&str| matches!(*function, "source" | "main");
    let reading = match functions.iter().position(is_file) {
        _ if functions.is_empty() => 0,
        Some(at) => at,
        None => functions.len(),
    };
    let files_deep = files.len() - functions.iter().filter(|function| !is_file(function)).count();
    match (reading, files.get(reading)) {
        (0, _) => Place { files_deep, ..here },
        (_, Some(file)) => Place { file: named(file), line: number(calls[reading - 1]), files_deep },
        (_, None) => Place { files_deep, ..here },
    }
}

/// `functions` holds the files that are being read too, by their paths;
/// `calls` the place of each call as `file:line`.
fn of_zsh([_, file, _, line, functions, calls]: &[&str; PLACE_FIELDS]) -> Place {
    let (functions, calls) = (words(functions), words(calls));
    let here = Place { file: named(file), line: number(line), files_deep: 0 };
    if functions.len() != calls.len() {
        return here;
    }
    match functions.iter().position(|name| name.contains('/')) {
        Some(at @ 1..) => {
            let line = calls[at - 1].rsplit_once(':').and_then(|(_, line)| number(line));
            Place { file: named(functions[at]), line, files_deep: 0 }
        }
        _ => here,
    }
}

fn words(list: &str) -> Vec<&str> {
    list.split(' ').filter(|word| !word.is_empty()).collect()
}

/// A file, and not the shell's own name or `environment`, as bash calls the
/// place of a function that came that way.
fn named(file: &str) -> Option<PathBuf> {
    file.contains('/').then(|| Path::new(file).to_owned())
}

fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|line| *line > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: &str, line: usize) -> (Option<PathBuf>, Option<usize>) {
        (Some(PathBuf::from(file)), Some(line))
    }

    #[test]
    fn bash_tells_the_line_that_called_a_function() {
        let fields = ["0", "/h/f.sh", "/h/f.sh /h/.bashrc /h/.profile", "2", "add source source", "4 2 0"];
        let place = of_bash(&fields);
        assert_eq!((place.file, place.line), at("/h/.bashrc", 4));
        assert_eq!(place.files_deep, 2);
    }

    #[test]
    fn bash_outside_of_functions() {
        let place = of_bash(&["0", "/h/.bashrc", "/h/.bashrc /h/.profile", "7", "", "2 0"]);
        assert_eq!((place.file, place.line), at("/h/.bashrc", 7));
        assert_eq!(place.files_deep, 2);
    }

    #[test]
    fn bash_with_a_blank_in_a_name_or_nothing_at_all() {
        let place = of_bash(&["0", "/h/my rc", "/h/my rc /h/.profile", "7", "", "2 0"]);
        assert_eq!((place.file, place.line), at("/h/my rc", 7));
        assert_eq!(of_bash(&["0", "", "", "1", "", "0"]).file, None);
        assert_eq!(of_bash(&["0", "environment", "environment", "1", "f", "0"]).file, None);
        assert_eq!(of_bash(&["", "", "", "", "", ""]), Place::default());
    }

    #[test]
    fn zsh_tells_the_line_that_called_a_function() {
        let place = of_zsh(&["0", "/h/.zshrc", "", "2", "add wrap /h/.zshrc", "/h/.zshrc:10 /h/.zshrc:12 zsh:0"]);
        assert_eq!((place.file, place.line), at("/h/.zshrc", 12));
        let place = of_zsh(&["0", "/h/.zshrc", "", "3", "/h/.zshrc", "zsh:0"]);
        assert_eq!((place.file, place.line), at("/h/.zshrc", 3));
    }
}
