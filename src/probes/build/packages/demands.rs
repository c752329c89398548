//! What the C part of a package asks for besides a C compiler.

use std::collections::BTreeSet;
use std::path::Path;

use super::constraint::Constraint;
use super::target::{Tags, Target};
use super::{CgoUse, ProjectPackages};
use crate::host::Host;
use crate::model::CgoPackage;

/// How much of a file is looked through for `#cgo` lines.
const START: usize = 256 * 1024;

/// What the C part of a package asks for besides a C compiler.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demands {
    /// The libraries it links with: `z` for `-lz`.
    pub libraries: BTreeSet<String>,
    /// The names it asks pkg-config for.
    pub pkg_config: BTreeSet<String>,
    /// Whether it says in which folders libraries lie.
    pub folders: Folders,
    /// Its first file of C++.
    pub cpp: Option<String>,
}

/// Whether a package says in which folders its libraries lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Folders {
    /// It does not: they must lie where the compiler looks.
    #[default]
    Compilers,
    /// It does, by `-L` or a file's path.
    Own,
}

impl ProjectPackages {
    /// What the C part of a package asks for in a build for a target.
    #[must_use]
    pub fn demands(&self, host: &dyn Host, target: &Target, package: &CgoPackage) -> Demands {
        let tags = Tags::new(&Target { cgo: CgoUse::On, ..target.clone() }, self.go, &self.tags);
        let mut demands = Demands::default();
        let Ok(home) = self.home(host, package) else { return demands };
        let Ok(folder) = self.homes.folders.get(host, &home.folder) else { return demands };
        for file in folder.files.iter().filter(|file| tags.take(file.named)) {
            let Ok(head) = file.head(host) else { continue };
            let is_taken = match &head.constraint {
                Ok(constraint) => constraint.as_ref().is_none_or(|constraint| tags.meet(constraint)),
                Err(_) => false,
            };
            if is_taken && head.uses_c() {
                let text = host.read_start(&file.path, START).unwrap_or_default();
                String::from_utf8_lossy(&text).lines().for_each(|line| demands.read(line, &tags));
            }
        }
        demands.cpp = cpp(host, &home.folder, &tags);
        demands
    }
}

/// The first file of C++ that a build takes from a folder.
fn cpp(host: &dyn Host, folder: &Path, tags: &Tags) -> Option<String> {
    let entries = host.read_dir(folder).unwrap_or_default();
    let is_cpp = |name: &str| [".cc", ".cpp", ".cxx"].iter().any(|ending| name.ends_with(ending));
    entries.into_iter().map(|entry| entry.name).filter(|name| is_cpp(name) && tags.take_name(name)).min()
}

impl Demands {
    /// A line such as `#cgo linux,amd64 darwin LDFLAGS: -lz`.
    fn read(&mut self, line: &str, tags: &Tags) {
        let line = line.trim_start_matches(['/', '*', ' ', '\t']);
        let Some((names, value)) = line.strip_prefix("#cgo").and_then(|rest| rest.split_once(':')) else { return };
        if !names.starts_with([' ', '\t']) {
            return;
        }
        let (conditions, name) = names.trim().rsplit_once([' ', '\t']).unwrap_or(("", names.trim()));
        if !conditions.is_empty() && !tags.meet(&Constraint::parse_plus(conditions)) {
            return;
        }
        for word in value.split_whitespace() {
            match (name, word.strip_prefix("-l")) {
                ("LDFLAGS", Some(library)) if is_name(library) => drop(self.libraries.insert(library.to_owned())),
                ("LDFLAGS", _) if word.starts_with("-L") || word.contains("${SRCDIR}") => self.folders = Folders::Own,
                // `gtk+-3.0 >= 3.24`.
                ("pkg-config", _) if is_name(word) => drop(self.pkg_config.insert(word.to_owned())),
                _ => {}
            }
        }
    }
}

/// True for what cannot be taken for a flag, a path or an operator.
fn is_name(word: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '.');
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && word.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>, Folders) {
        let target = Target { goos: "linux".into(), goarch: "arm64".into(), cgo: CgoUse::On };
        let tags = Tags::new(&target, (1, 24), &["mine".to_owned()]);
        let mut demands = Demands::default();
        text.lines().for_each(|line| demands.read(line, &tags));
        let list = |set: BTreeSet<String>| set.into_iter().collect();
        (list(demands.libraries), list(demands.pkg_config), demands.folders)
    }

    #[test]
    fn lines_count_where_their_conditions_hold() {
        let text = "// #cgo LDFLAGS: -lz -lm\n#cgo linux,amd64 LDFLAGS: -lone\n * #cgo !windows LDFLAGS: -ltwo\n#cgo windows darwin LDFLAGS: -lthree\n#cgo mine LDFLAGS: -lfour\n#cgo CFLAGS: -lfive\n#cgolinux LDFLAGS: -lsix\n";
        assert_eq!(read(text).0, ["four", "m", "two", "z"]);
    }

    #[test]
    fn names_are_no_flags() {
        let text = "#cgo pkg-config: --static gtk+-3.0 >= 3.24 ; rm\n#cgo LDFLAGS: -l:libx.a -l-x -l../y";
        assert_eq!(read(text), (vec![], vec!["gtk+-3.0".into(), "rm".into()], Folders::Compilers));
        assert_eq!(read("#cgo LDFLAGS: -L${SRCDIR}/lib -lown").2, Folders::Own);
        assert_eq!(read("#cgo LDFLAGS: ${SRCDIR}/libown.a").2, Folders::Own);
    }
}
