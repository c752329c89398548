//! sudo's rules, as far as they are about PATH.

use std::path::Path;

use crate::host::Host;
use crate::model::{Evidence, Missing};

/// A value of `secure_path`, and where it stands.
type Setting = (String, Evidence);

/// How deep files that name files are followed.
const DEPTH: usize = 8;

/// The `secure_path` that counts; None where no rule sets one.
///
/// # Errors
/// Why a file of the rules cannot be read.
pub(super) fn secure_path(host: &dyn Host) -> Result<Option<Setting>, Missing> {
    let mut settings = Vec::new();
    collect(host, Path::new("/etc/sudoers"), DEPTH, &mut settings)?;
    Ok(settings.pop())
}

/// The `secure_path` settings of a file and of those that it names, in order:
/// the last one counts.
fn collect(host: &dyn Host, path: &Path, depth: usize, found: &mut Vec<Setting>) -> Result<(), Missing> {
    let text = host.read_text(path)?;
    for (index, line) in text.lines().enumerate() {
        if let Some(value) = value(line) {
            let evidence = Evidence::new(format!("{}:{}", path.display(), index + 1), line.trim());
            found.push((value.to_owned(), evidence));
        }
        if depth == 0 {
            continue;
        }
        match included(line) {
            Some(Included::File(file)) => collect(host, file, depth - 1, found)?,
            Some(Included::Folder(folder)) => {
                let mut files = match host.read_dir(folder) {
                    Ok(entries) => entries,
                    Err(missing) if missing.is_absent() => Vec::new(),
                    Err(missing) => return Err(missing),
                };
                // As sudo does: no backups, no hidden files.
                files.retain(|file| !file.name.ends_with('~') && !file.name.contains('.'));
                for file in files {
                    collect(host, &file.path, depth - 1, found)?;
                }
            }
            None => {}
        }
    }
    Ok(())
}

enum Included<'a> {
    File(&'a Path),
    Folder(&'a Path),
}

fn included(line: &str) -> Option<Included<'_>> {
    let line = line.trim();
    let line = line.strip_prefix('@').or_else(|| line.strip_prefix('#'))?;
    let (verb, path) = line.split_once(char::is_whitespace)?;
    let path = Path::new(path.trim().trim_matches('"'));
    match verb {
        "include" if path.is_absolute() => Some(Included::File(path)),
        "includedir" if path.is_absolute() => Some(Included::Folder(path)),
        _ => None,
    }
}

/// The value in `Defaults secure_path="…"`. Settings for one user or command
/// (`Defaults:kim`) are left out.
fn value(line: &str) -> Option<&str> {
    let settings = line.trim().strip_prefix("Defaults")?.strip_prefix(char::is_whitespace)?;
    let at = settings.find("secure_path")?;
    let value = settings[at + "secure_path".len()..].trim_start().strip_prefix('=')?.trim_start();
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([',', ' ', '\t', '#']).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secure_path_is_found_in_every_spelling() {
        for line in [
            "Defaults\tsecure_path=\"/usr/bin:/bin\"",
            "Defaults    secure_path = /usr/bin:/bin",
            "Defaults env_reset, secure_path=/usr/bin:/bin, mail_badpass",
            "  Defaults secure_path=\"/usr/bin:/bin\" # usual",
        ] {
            assert_eq!(value(line), Some("/usr/bin:/bin"), "{line}");
        }
    }

    #[test]
    fn other_lines_set_none() {
        for line in [
            "",
            "# Defaults secure_path=/x",
            "Defaults:kim secure_path=/x",
            "Defaultssecure_path=/x",
            "Defaults !secure_path",
            "kim ALL=(ALL) ALL",
        ] {
            assert_eq!(value(line), None, "{line}");
        }
    }

    #[test]
    fn both_spellings_of_an_include_are_known() {
        assert!(matches!(included("@includedir /etc/sudoers.d"), Some(Included::Folder(_))));
        assert!(matches!(included("#include /etc/sudoers.local"), Some(Included::File(_))));
        assert!(
            ["# include me", "#includedir sudoers.d", "@include", "", "#"].iter().all(|line| included(line).is_none())
        );
    }
}
