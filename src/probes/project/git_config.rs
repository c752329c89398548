//! `safe.directory`, in all the places in which git looks for it.

use std::path::{Path, PathBuf};

use crate::host::{Environment, Host};
use crate::model::Missing;

/// Whether git was told to use a folder of another user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// `safe.directory` names it.
    Told,
    /// Nothing names it.
    Untold,
}

/// Whether git's settings let it use the folder.
///
/// # Errors
/// Why a file could not be read, or that it includes others, whose conditions
/// are git's own matter.
pub(super) fn trusted(host: &dyn Host, environment: &Environment, folder: &Path) -> Result<Trust, Missing> {
    let home = environment.get("HOME").map(PathBuf::from);
    let mut reading = Reading { home: home.as_deref(), folder, trust: Trust::Untold };
    for path in files(environment, home.as_deref()) {
        match host.read_text(&path) {
            Ok(text) => reading.file(&text).map_err(|what| Missing::failed(format!("{}: {what}", path.display())))?,
            Err(missing) if missing.is_absent() => {}
            Err(missing) => return Err(missing),
        }
    }
    let count = environment.get("GIT_CONFIG_COUNT").and_then(|count| count.parse().ok()).unwrap_or(0_usize);
    for n in 0..count.min(100) {
        let get = |what: &str| environment.raw(&format!("GIT_CONFIG_{what}_{n}"));
        if let (Some(key), Some(value)) = (get("KEY"), get("VALUE"))
            && key.eq_ignore_ascii_case("safe.directory")
        {
            reading.value(value);
        }
    }
    Ok(reading.trust)
}

/// The files, in git's order: system, then user.
fn files(environment: &Environment, home: Option<&Path>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if environment.get("GIT_CONFIG_NOSYSTEM").is_none_or(|value| matches!(value, "0" | "false" | "no" | "off")) {
        files.push(environment.get("GIT_CONFIG_SYSTEM").map_or_else(|| "/etc/gitconfig".into(), PathBuf::from));
    }
    if let Some(global) = environment.get("GIT_CONFIG_GLOBAL") {
        files.push(global.into());
        return files;
    }
    let xdg = environment.get("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| home.map(|home| home.join(".config")));
    files.extend(xdg.map(|folder| folder.join("git/config")));
    files.extend(home.map(|home| home.join(".gitconfig")));
    files
}

struct Reading<'a> {
    home: Option<&'a Path>,
    folder: &'a Path,
    trust: Trust,
}

impl Reading<'_> {
    /// Reads `directory` lines below `[safe]`.
    fn file(&mut self, text: &str) -> Result<(), &'static str> {
        let mut section = String::new();
        for line in text.lines().map(str::trim) {
            let mut line = line.trim_start_matches('\u{feff}');
            if let Some((head, rest)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                section = head.trim().to_ascii_lowercase();
                line = rest.trim();
                if section == "include" || section.starts_with("includeif") {
                    return Err("includes other files");
                }
            }
            if section != "safe" {
                continue;
            }
            if let Some((key, value)) = line.split_once('=')
                && key.trim().eq_ignore_ascii_case("directory")
            {
                let value = value.split([';', '#']).next().unwrap_or_default().trim().replace('"', "");
                self.value(&value);
            }
        }
        Ok(())
    }

    /// One value; an empty one forgets all before it.
    fn value(&mut self, value: &str) {
        if value.is_empty() {
            self.trust = Trust::Untold;
            return;
        }
        let path = match (value.strip_prefix("~/"), self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(value),
        };
        let below = value.strip_suffix("/*").map(|_| path.parent().unwrap_or(&path).to_owned());
        // A folder below a prefix of git's own could be any.
        let is_told = value == "*"
            || value.starts_with("%(")
            || path == self.folder
            || value == "."
            || below.is_some_and(|above| self.folder.starts_with(above));
        if is_told {
            self.trust = Trust::Told;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Trust, &'static str> {
        let mut reading =
            Reading { home: Some(Path::new("/home/kim")), folder: Path::new("/home/kim/shop"), trust: Trust::Untold };
        reading.file(text).map(|()| reading.trust)
    }

    #[test]
    fn folders_are_named_in_many_ways() {
        for value in
            ["*", "/home/kim/shop", "\"/home/kim/shop/\" # mine", "~/shop", "/home/kim/*", "/home/*", "%(prefix)/x"]
        {
            assert_eq!(
                read(&format!("[user]\nname = K\n[Safe]\r\n\tDirectory = {value}\r\n")),
                Ok(Trust::Told),
                "{value}"
            );
        }
        for text in
            ["", "[safe]\ndirectory=/x\n", "[other]\ndirectory=*\n", "[safe]\ndirectory=*\ndirectory=\n", "[safe"]
        {
            assert_eq!(read(text), Ok(Trust::Untold), "{text}");
        }
        assert!(read("[includeIf \"gitdir:~/x\"]\npath=y\n").is_err());
    }
}
