use std::collections::BTreeMap;

/// A path, and a version where the line is of one.
type Key = (String, Option<String>);

/// A vendor/modules.txt file, read as Go reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vendored {
    /// True when it was written by `go work vendor`.
    pub workspace: bool,
    /// The modules, by path and version. The version is None where every
    /// version of a module is replaced.
    pub modules: BTreeMap<(String, Option<String>), VendoredModule>,
}

/// A module of such a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VendoredModule {
    /// The first line that names it, from 1.
    pub line: usize,
    /// True when go.mod requires it by itself.
    pub explicit: bool,
    /// True when packages of it are in the folder.
    pub has_packages: bool,
    /// What replaces it: a path and, for a module, its version.
    pub replacement: Option<(String, Option<String>)>,
}

impl Vendored {
    /// Reads the list. Lines that Go does not understand are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Vendored {
        let mut list = Vendored {
            workspace: notes(text.lines().next().unwrap_or_default()).any(|note| note == "workspace"),
            ..Vendored::default()
        };
        let mut current: Option<(Key, VendoredModule)> = None;
        for (index, line) in text.lines().enumerate() {
            if let Some(words) = line.strip_prefix("# ") {
                let words: Vec<&str> = words.split_whitespace().collect();
                if words.len() < 2 {
                    continue;
                }
                list.modules.extend(current.take());
                current = list.module(&words, index + 1);
            } else if let Some((_, module)) = &mut current {
                if line.starts_with("## ") {
                    module.explicit |= notes(line).any(|note| note == "explicit");
                } else {
                    let mut words = line.split_whitespace();
                    module.has_packages |= words.next().is_some() && words.next().is_none();
                }
            }
        }
        list.modules.extend(current);
        list
    }

    /// `path version [=> path [version]]` or `path => path [version]`.
    /// A module that is told of before is taken out, to go on with.
    fn module(&mut self, words: &[&str], line: usize) -> Option<(Key, VendoredModule)> {
        let path = words[0].to_owned();
        let (key, rest) = match &words[1..] {
            [version, rest @ ..] if is_version(version) => ((path, Some((*version).to_owned())), rest),
            rest @ ["=>", ..] => ((path, None), rest),
            _ => return None,
        };
        let told = self.modules.remove(&key);
        let mut module = told.unwrap_or_else(|| VendoredModule { line, ..VendoredModule::default() });
        match rest {
            ["=>", folder] => module.replacement = Some(((*folder).to_owned(), None)),
            ["=>", path, version] if is_version(version) => {
                module.replacement = Some(((*path).to_owned(), Some((*version).to_owned())));
            }
            _ => {}
        }
        Some((key, module))
    }
}

/// The notes of a `## ` line.
fn notes(line: &str) -> impl Iterator<Item = &str> {
    line.strip_prefix("## ").into_iter().flat_map(|notes| notes.split(';')).map(str::trim)
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_list_is_read() {
        let list = Vendored::parse(
            "# example.com/a v1.0.0 => ../a\n## explicit; go 1.21\nexample.com/a\nexample.com/a/x\n# example.com/b v1.2.0\n## explicit\n# example.com/a => ../a\n",
        );
        assert!(!list.workspace);
        let of =
            |path: &str, version: Option<&str>| list.modules[&(path.to_owned(), version.map(str::to_owned))].clone();
        let a = of("example.com/a", Some("v1.0.0"));
        assert_eq!((a.line, a.explicit, a.has_packages), (1, true, true));
        assert_eq!(a.replacement, Some(("../a".to_owned(), None)));
        let b = of("example.com/b", Some("v1.2.0"));
        assert_eq!((b.line, b.explicit, b.has_packages, b.replacement), (5, true, false, None));
        assert!(of("example.com/a", None).replacement.is_some());
    }

    #[test]
    fn workspaces_and_rubbish_are_told() {
        assert!(Vendored::parse("## workspace\n# a v1\n").workspace);
        assert_eq!(Vendored::parse("# \n#\n# x y z\npackage\n## explicit\n\u{0}\n").modules.len(), 0);
        assert_eq!(Vendored::parse("# a v1.0.0 => b what\r\n## explicit\r\n").modules.len(), 1);
    }
}
