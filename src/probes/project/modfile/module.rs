use super::directive::Directive;
use super::syntax::{Fault, Statement, statements};

/// A go.mod file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModFile {
    /// The module's path.
    pub module: Option<Directive>,
    /// The oldest Go that may build it.
    pub go: Option<Directive>,
    /// The Go that is suggested for building it.
    pub toolchain: Option<Directive>,
    /// The modules it requires.
    pub requires: Vec<Require>,
    /// The modules it replaces.
    pub replaces: Vec<Replace>,
    /// The modules it excludes: paths and versions.
    pub excludes: Vec<(String, String)>,
    /// The folders that patterns such as `./...` pass over.
    pub ignores: Vec<String>,
    /// The lines that cannot be read.
    pub faults: Vec<Fault>,
}

/// A module that is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Require {
    /// Its path.
    pub path: String,
    /// Its version.
    pub version: String,
    /// The line, from 1.
    pub line: usize,
    /// True when only other modules need it.
    pub indirect: bool,
}

/// A module that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replace {
    /// The path of the module that is replaced.
    pub old: String,
    /// The version that is replaced; None for every version.
    pub old_version: Option<String>,
    /// The path of another module, or a folder.
    pub new: String,
    /// The version of the other module; None for a folder.
    pub new_version: Option<String>,
    /// The line, from 1.
    pub line: usize,
}

impl ModFile {
    /// Reads a go.mod. Lines that cannot be read are kept as faults.
    #[must_use]
    pub fn parse(text: &str) -> ModFile {
        let (statements, faults) = statements(text);
        let mut file = ModFile { faults, ..ModFile::default() };
        for statement in &statements {
            match statement.verb.as_str() {
                "module" => Directive::set(&mut file.module, statement, &mut file.faults),
                "go" => Directive::set(&mut file.go, statement, &mut file.faults),
                "toolchain" => Directive::set(&mut file.toolchain, statement, &mut file.faults),
                "require" => match Require::of(statement) {
                    Ok(require) => file.requires.push(require),
                    Err(fault) => file.faults.push(fault),
                },
                "replace" => match Replace::of(statement) {
                    Ok(replace) => file.replaces.push(replace),
                    Err(fault) => file.faults.push(fault),
                },
                "exclude" => {
                    if let [path, version] = statement.words.as_slice() {
                        file.excludes.push((path.clone(), version.clone()));
                    }
                }
                "ignore" => file.ignores.extend(statement.words.first().cloned()),
                _ => {}
            }
        }
        file
    }
}

impl Require {
    fn of(statement: &Statement) -> Result<Require, Fault> {
        match statement.words.as_slice() {
            [path, version] => Ok(Require {
                path: path.clone(),
                version: version.clone(),
                line: statement.line,
                indirect: statement.comment.split(';').any(|part| part.trim() == "indirect"),
            }),
            _ => {
                Err(Fault { line: statement.line, what: "a requirement is a module's path and its version".to_owned() })
            }
        }
    }
}

impl Replace {
    /// `old [version] => new [version]`.
    pub(super) fn of(statement: &Statement) -> Result<Replace, Fault> {
        let words = &statement.words;
        let arrow = words.iter().position(|word| word == "=>").unwrap_or(words.len());
        let (old, new) = (&words[..arrow], words.get(arrow + 1..).unwrap_or_default());
        match (old, new) {
            ([old, old_version @ ..], [new, new_version @ ..]) if old_version.len() < 2 && new_version.len() < 2 => {
                Ok(Replace {
                    old: old.clone(),
                    old_version: old_version.first().cloned(),
                    new: new.clone(),
                    new_version: new_version.first().cloned(),
                    line: statement.line,
                })
            }
            _ => Err(Fault {
                line: statement.line,
                what: "a replacement is a module, an arrow => and what replaces it".to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_file_is_read() {
        let file = ModFile::parse(
            "// Deprecated: no\nmodule example.com/shop\n\ngo 1.26.0\n\ntoolchain go1.26.6 // newest\n\ngodebug default=go1.25\nrequire (\n\tgolang.org/x/text v0.3.0 // indirect; because\n\tgolang.org/x/mod v0.4.0\n)\nreplace golang.org/x/mod v0.4.0 => ../mod\nreplace a => b v1.0.0\nexclude a v1.1.0\nignore ./web\ntool golang.org/x/tools/cmd/stringer\n",
        );
        let value = |directive: &Option<Directive>| directive.as_ref().map(|found| (found.value.clone(), found.line));
        assert_eq!(value(&file.module), Some(("example.com/shop".into(), 2)));
        assert_eq!(value(&file.go), Some(("1.26.0".into(), 4)));
        assert_eq!(value(&file.toolchain), Some(("go1.26.6".into(), 6)));
        let requires: Vec<_> =
            file.requires.iter().map(|found| (found.path.as_str(), found.line, found.indirect)).collect();
        assert_eq!(requires, [("golang.org/x/text", 10, true), ("golang.org/x/mod", 11, false)]);
        assert_eq!(
            (file.replaces[0].old_version.as_deref(), file.replaces[0].new_version.as_deref()),
            (Some("v0.4.0"), None)
        );
        assert_eq!(
            (file.replaces[1].old_version.as_deref(), file.replaces[1].new_version.as_deref()),
            (None, Some("v1.0.0"))
        );
        assert_eq!((file.excludes, file.ignores), (vec![("a".into(), "v1.1.0".into())], vec!["./web".into()]));
        assert_eq!(file.faults, []);
    }

    #[test]
    fn wrong_lines_keep_their_place_and_harm_no_other() {
        let file = ModFile::parse(
            "module\ngo 1.22 1.23\ngo 1.22\ngo 1.23\nrequire a\nreplace a =>\nreplace => b\nrequire b v1\n",
        );
        assert_eq!(file.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 2, 4, 5, 6, 7]);
        assert_eq!(file.go.map(|go| go.line), Some(3));
        assert_eq!(file.requires.len(), 1);
    }

    #[test]
    fn rubbish_is_no_module_and_no_panic() {
        let file = ModFile::parse("\u{0}\u{fffd}((((\n\"\\\n=> => =>\nreplace\nrequire (((\n");
        assert_eq!((file.module, file.go, file.requires.len()), (None, None, 0));
        assert_eq!(ModFile::parse(""), ModFile::default());
    }
}
