//! Flags of the compiler that change where it looks for headers.

use std::path::PathBuf;

use crate::probes::go::{GoFlags, Setting, View};

/// What the settings add to the compiler's own folders.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// Folders that are searched first.
    pub(super) folders: Vec<PathBuf>,
}

/// Flags that add a folder, before it or as a word before it.
const FOLDER_FLAGS: [&str; 4] = ["-isystem", "-idirafter", "-iquote", "-I"];

/// Flags after which the compiler looks elsewhere than by itself.
const ELSEWHERE: [&str; 10] =
    ["--sysroot", "-isysroot", "-nostdinc", "-specs", "--specs", "-B", "-target", "--target", "-iprefix", "@"];

/// Variables of the compiler itself: folders, separated by colons.
const VARIABLES: [&str; 2] = ["CPATH", "C_INCLUDE_PATH"];

impl Flags {
    /// The flags beside a compiler; None where they send it to another
    /// system's folders.
    pub(super) fn read(compiler: Option<&Setting>, view: &View) -> Option<Flags> {
        let mut words: Vec<String> = Vec::new();
        for value in [
            compiler.map(|setting| setting.value.clone()),
            Some(view.value("CGO_CPPFLAGS")),
            Some(view.value("CGO_CFLAGS")),
        ] {
            words.extend(GoFlags::parse(&value.unwrap_or_default()).ok()?.words);
        }
        let mut flags = Flags::of(&words)?;
        if view.environment().get("GCC_EXEC_PREFIX").is_some() {
            return None;
        }
        let values = VARIABLES.iter().filter_map(|name| view.environment().get(name));
        flags
            .folders
            .extend(values.flat_map(|value| value.split(':')).filter(|folder| !folder.is_empty()).map(PathBuf::from));
        Some(flags)
    }

    fn of(words: &[String]) -> Option<Flags> {
        let mut folders = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if ELSEWHERE.iter().any(|flag| word.starts_with(flag)) {
                return None;
            }
            let Some(rest) = FOLDER_FLAGS.iter().find_map(|flag| word.strip_prefix(flag)) else { continue };
            let folder = if rest.is_empty() { words.next().map(String::as_str) } else { Some(rest) };
            folders.extend(folder.map(PathBuf::from));
        }
        Some(Flags { folders })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(line: &str) -> Option<Vec<String>> {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let flags = Flags::of(&words)?;
        Some(flags.folders.iter().map(|folder| folder.display().to_string()).collect())
    }

    #[test]
    fn folders_are_taken_in_both_forms() {
        assert_eq!(
            folders("gcc -O2 -I/opt/a -I /opt/b -isystem /opt/c -isystem/opt/d"),
            Some(vec!["/opt/a".into(), "/opt/b".into(), "/opt/c".into(), "/opt/d".into()])
        );
        assert_eq!(folders("-I"), Some(Vec::new()));
        assert_eq!(folders(""), Some(Vec::new()));
    }

    #[test]
    fn another_system_is_not_judged() {
        for line in ["gcc --sysroot=/opt/alpine", "-isysroot /x", "-nostdinc", "-target aarch64-linux-gnu", "@flags"] {
            assert_eq!(folders(line), None, "{line}");
        }
    }
}
