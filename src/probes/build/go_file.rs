//! What a Go file imports.

use crate::probes::go::is_platform_word;

/// An import of a Go file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The path: `fmt`, `C`.
    pub(crate) path: String,
}

/// The line on which a file imports C, when it belongs to every build for
/// this platform. A file with a build constraint does not count: it may have
/// a twin that does without.
pub(super) fn uses_c(name: &str, text: &str, goos: &str, goarch: &str) -> Option<usize> {
    if !text.contains("\"C\"") {
        return None;
    }
    imports(name, text, goos, goarch)?.into_iter().find(|import| import.path == "C").map(|import| import.line)
}

/// What a file imports, when it belongs to every build for this platform.
/// None for one with a build constraint, which may be left out.
pub(crate) fn imports(name: &str, text: &str, goos: &str, goarch: &str) -> Option<Vec<Import>> {
    if is_for_another(name, goos, goarch) {
        return None;
    }
    let mut found = Vec::new();
    let mut in_comment = false;
    let mut in_imports = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if in_comment {
            in_comment = !line.contains("*/");
            continue;
        }
        if let Some(constraint) = line.strip_prefix("//go:build ") {
            if ![goos, goarch, "unix"].contains(&constraint.trim()) {
                return None;
            }
        } else if line.starts_with("// +build ") {
            return None;
        }
        if line.starts_with("/*") {
            in_comment = !line.contains("*/");
        } else if line.starts_with("import (") {
            in_imports = true;
        } else if in_imports && line.starts_with(')') {
            in_imports = false;
        } else if let Some(path) = imported(line, in_imports) {
            found.push(Import { line: index + 1, path: path.to_owned() });
        } else if ["func ", "type ", "var ", "const "].iter().any(|word| line.starts_with(word)) {
            break;
        }
    }
    Some(found)
}

/// True for a file that belongs to builds without cgo alone.
pub(super) fn is_for_builds_without_cgo(text: &str) -> bool {
    let head = text.lines().map(str::trim).take_while(|line| !line.starts_with("package "));
    let mut constraints = head.filter(|line| line.starts_with("//go:build ") || line.starts_with("// +build "));
    constraints
        .any(|line| line.split(|c: char| !(c.is_alphanumeric() || c == '!' || c == '_')).any(|word| word == "!cgo"))
}

/// The path that a line imports: in quotes, behind a name or none.
fn imported(line: &str, in_imports: bool) -> Option<&str> {
    let spec = if in_imports { line } else { line.strip_prefix("import")? };
    let (name, rest) = spec.split_once(['"', '`'])?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let (path, _) = rest.split_once(['"', '`'])?;
    name.trim().chars().all(is_name).then_some(path)
}

/// `sqlite_windows.go` is no file of a build for Linux.
fn is_for_another(name: &str, goos: &str, goarch: &str) -> bool {
    let stem = name.strip_suffix(".go").unwrap_or(name);
    stem.split('_').skip(1).any(|word| is_platform_word(word) && word != goos && word != goarch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, text: &str) -> Option<usize> {
        uses_c(name, text, "linux", "amd64")
    }

    #[test]
    fn imports_of_c_are_found() {
        assert_eq!(line("a.go", "package a\r\n\r\n// int x;\r\nimport \"C\" // cgo\r\n"), Some(4));
        assert_eq!(line("a.go", "package a\n/*\n#include <x.h>\n*/\nimport \"C\"\n"), Some(5));
        assert_eq!(line("a_linux.go", "//go:build linux\n\npackage a\nimport (\n\t\"fmt\"\n\t\"C\"\n)\n"), Some(6));
    }

    #[test]
    fn every_form_of_an_import_is_read() {
        let text = "package a\n\nimport \"fmt\"\nimport (\n\t_ \"a.b/c\" // for its effect\n\t. `a.b/d`\n\tx \"a.b/e/v2\"\n\t// \"a.b/f\"\n)\n\nvar s = `\nimport \"a.b/g\"\n`\n";
        let found = imports("a.go", text, "linux", "amd64").expect("it is in every build");
        let found: Vec<_> = found.iter().map(|import| (import.line, import.path.as_str())).collect();
        assert_eq!(found, [(3, "fmt"), (5, "a.b/c"), (6, "a.b/d"), (7, "a.b/e/v2")]);
        assert_eq!(imports("a.go", "//go:build ignore\n\npackage a\n", "linux", "amd64"), None);
        assert_eq!(imports("a.go", "import \"x\nimport y\nimport \"", "linux", "amd64"), Some(Vec::new()));
    }

    #[test]
    fn a_twin_says_that_it_is_one() {
        assert!(is_for_builds_without_cgo("//go:build linux && !cgo\n\npackage a\n"));
        assert!(is_for_builds_without_cgo("// Copyright\n// +build !cgo\n\npackage a\n"));
        assert!(!is_for_builds_without_cgo("//go:build cgo\n\npackage a\n"));
        assert!(!is_for_builds_without_cgo("package a\n//go:build !cgo\n"));
        assert!(!is_for_builds_without_cgo("\u{fffd}!cgo"));
    }

    #[test]
    fn what_need_not_be_built_does_not_count() {
        assert_eq!(line("a.go", "//go:build cgo\n\npackage a\nimport \"C\"\n"), None);
        assert_eq!(line("a.go", "// +build cgo\n\npackage a\nimport \"C\"\n"), None);
        assert_eq!(line("a_windows.go", "package a\nimport \"C\"\n"), None);
        assert_eq!(line("a.go", "package a\n/*\nimport \"C\"\n*/\n"), None);
        assert_eq!(line("gen.go", "package a\nconst t = `\nimport \"C\"\n`\n"), None);
        assert_eq!(line("a.go", "package a\nimport \"Cat\"\n// \"C\"\n"), None);
        assert_eq!(line("a.go", "\u{0}\u{fffd}\"C\"(((\n/*"), None);
    }
}
