//! The head of a Go file: its build constraint, its package, its imports.
//! What follows is not read.

use super::constraint::{Constraint, Unreadable};
use super::scanner::Scanner;

/// An import of a Go file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The path: `fmt`, `C`.
    pub(crate) path: String,
}

/// What the head of a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// When the file is a part of its package; None for always.
    pub(crate) constraint: Result<Option<Constraint>, Unreadable>,
    /// The package's name; empty when there is none to be read.
    pub(crate) package: String,
    /// Its imports, as far as they can be read.
    pub(crate) imports: Vec<Import>,
    /// True when the text ended before the head did.
    pub(crate) is_cut: bool,
}

impl Head {
    /// Reads the head of a file.
    pub(crate) fn parse(text: &[u8]) -> Head {
        let mut scanner = Scanner::new(text);
        let mut imports = Vec::new();
        let package = scanner.package().unwrap_or_default();
        if !package.is_empty() {
            while scanner.is_word("import") {
                if read_imports(&mut scanner, &mut imports).is_none() {
                    break;
                }
            }
        }
        Head { constraint: constraint(text), package, imports, is_cut: scanner.is_at_end() }
    }

    /// True when it imports C.
    pub(crate) fn uses_c(&self) -> bool {
        self.imports.iter().any(|import| import.path == "C")
    }
}

/// Reads one import declaration, with brackets or without.
fn read_imports(scanner: &mut Scanner<'_>, imports: &mut Vec<Import>) -> Option<()> {
    scanner.word("import")?;
    if !scanner.takes(b'(') {
        imports.push(read_import(scanner)?);
        return Some(());
    }
    while !scanner.takes(b')') {
        imports.push(read_import(scanner)?);
    }
    Some(())
}

fn read_import(scanner: &mut Scanner<'_>) -> Option<Import> {
    scanner.name();
    let (line, path) = scanner.string()?;
    Some(Import { line, path })
}

/// The constraint of a file. A `//go:build` line counts anywhere before the
/// package clause; `// +build` lines count without one, and only where an
/// empty line comes between them and what is no line comment.
fn constraint(text: &[u8]) -> Result<Option<Constraint>, Unreadable> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let (mut build, mut plus, mut waiting) = (None, Vec::new(), Vec::new());
    let (mut has_ended, mut in_comment) = (false, false);
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() && !has_ended {
            plus.append(&mut waiting);
            continue;
        }
        has_ended |= !line.starts_with(b"//");
        if !in_comment && let Some(rest) = marked(line, b"//go:build") {
            // Go refuses a second one.
            if build.replace(Constraint::parse(&String::from_utf8_lossy(rest))?).is_some() {
                return Err(Unreadable);
            }
        }
        if !has_ended && let Some(rest) = marked(line[2..].trim_ascii_start(), b"+build") {
            waiting.push(Constraint::parse_plus(&String::from_utf8_lossy(rest)));
        }
        if !is_comment_only(line, &mut in_comment) {
            break;
        }
    }
    Ok(build.or_else(|| (!plus.is_empty()).then_some(Constraint::All(plus))))
}

/// What stands behind a mark that is a word of its own.
fn marked<'l>(line: &'l [u8], mark: &[u8]) -> Option<&'l [u8]> {
    let rest = line.strip_prefix(mark)?;
    rest.first().is_none_or(u8::is_ascii_whitespace).then_some(rest)
}

/// True when the line has nothing but comments.
fn is_comment_only(mut line: &[u8], in_comment: &mut bool) -> bool {
    while !line.is_empty() {
        if *in_comment {
            let Some(end) = line.windows(2).position(|pair| pair == b"*/") else { return true };
            *in_comment = false;
            line = line[end + 2..].trim_ascii();
        } else if line.starts_with(b"//") {
            return true;
        } else if let Some(rest) = line.strip_prefix(b"/*") {
            *in_comment = true;
            line = rest;
        } else {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        Head::parse(text.as_bytes())
    }

    fn paths(text: &str) -> Vec<String> {
        head(text).imports.into_iter().map(|import| import.path).collect()
    }

    fn is_linux_only(text: &str) -> Option<bool> {
        let constraint = head(text).constraint.ok()?;
        Some(constraint.is_some_and(|it| it.holds(&|tag| tag == "linux") && !it.holds(&|_| false)))
    }

    #[test]
    fn imports_are_read_through_comments_and_odd_spacing() {
        let text = "\u{feff}/* a */ package /* b */ a; import \"x\"; import(\"y\";z \"z\"\n//\"no\"\n/* \"no\" */ . `w`) ; import _ \"v\"\nvar s = `import \"no\"`";
        assert_eq!(paths(text), ["x", "y", "z", "w", "v"]);
        assert_eq!(head(text).package, "a");
        assert!(!head(text).is_cut);
    }

    #[test]
    fn c_with_a_preamble_is_an_import() {
        let text = "package a\n\n/*\n#include \"x.h\"\nimport \"no\"\n*/\nimport \"C\"\n\nfunc f() {}\n";
        assert!(head(text).uses_c());
        assert_eq!(head(text).imports[0].line, 7);
        assert!(!head("package a\n\n// import \"C\"\n\nfunc f() {}\n").uses_c());
        assert!(!head("package a\n\nfunc f() {}\n\nimport \"C\"\n").uses_c(), "Go refuses it there");
    }

    #[test]
    fn a_text_that_ends_too_early_says_so() {
        for text in [
            "package a\nimport \"fmt\"\n",
            "package a\n/* int x;",
            "// only a comment",
            "package a\nimport \"fm",
            "package a\nimpor",
            "",
        ] {
            assert!(head(text).is_cut, "{text}");
        }
        assert!(!head("package a\nfunc f() {}\n").is_cut);
    }

    #[test]
    fn constraints_count_where_go_lets_them() {
        for (text, expected) in [
            ("//go:build linux\npackage a\n", true),
            ("// +build linux\n\npackage a\n", true),
            ("// +build linux\npackage a\n", false),
            ("/* c */\n//go:build linux\n\npackage a\n", true),
            ("/* c\n*/ //go:build linux\n\npackage a\n", false),
            ("/*\n//go:build linux\n*/\npackage a\n", false),
            ("/* c */\n// +build linux\n\npackage a\n", false),
            ("package a\n//go:build linux\n", false),
            ("//go:build linux\n// +build windows\n\npackage a\n", true),
            ("// +build linux darwin\n// +build !darwin\n\npackage a\n", true),
            ("//+build linux\r\n\r\npackage a\r\n", true),
            ("// go:build linux\n\npackage a\n", false),
            ("//go:buildlinux\n\npackage a\n", false),
        ] {
            assert_eq!(is_linux_only(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_go_refuses_is_unreadable_and_rubbish_harmless() {
        for text in [
            "//go:build linux\n//go:build amd64\npackage a\n",
            "//go:build\npackage a\n",
            "//go:build a b\npackage a\n",
        ] {
            assert_eq!(head(text).constraint, Err(Unreadable), "{text}");
        }
        for text in [
            "\0\u{fffd}\"C\"(((\n/*",
            "package",
            "package a import",
            "import \"C\"",
            "package a\nimport (((",
            "package 1",
        ] {
            assert!(!head(text).uses_c(), "{text}");
        }
        assert_eq!(Head::parse(b"\xff\xfe\x00p").imports, []);
        assert_eq!(paths("package a\nimport \"x\ny\"\nimport \"z\""), Vec::<String>::new());
    }
}
