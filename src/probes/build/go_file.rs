//! Whether a Go file needs C.

use crate::probes::go::is_platform_word;

/// The line on which a file imports C, when it belongs to every build for
/// this platform. A file with a build constraint does not count: it may have
/// a twin that does without.
pub(super) fn uses_c(name: &str, text: &str, goos: &str, goarch: &str) -> Option<usize> {
    if !text.contains("\"C\"") || is_for_another(name, goos, goarch) {
        return None;
    }
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
        } else if is_import(line, in_imports) {
            return Some(index + 1);
        } else if ["func ", "type ", "var ", "const "].iter().any(|word| line.starts_with(word)) {
            return None;
        }
    }
    None
}

/// True for a file that belongs to builds without cgo alone.
pub(super) fn is_for_builds_without_cgo(text: &str) -> bool {
    let head = text.lines().map(str::trim).take_while(|line| !line.starts_with("package "));
    let mut constraints = head.filter(|line| line.starts_with("//go:build ") || line.starts_with("// +build "));
    constraints
        .any(|line| line.split(|c: char| !(c.is_alphanumeric() || c == '!' || c == '_')).any(|word| word == "!cgo"))
}

fn is_import(line: &str, in_imports: bool) -> bool {
    let path = if in_imports { Some(line) } else { line.strip_prefix("import").map(str::trim_start) };
    path.and_then(|path| path.strip_prefix("\"C\""))
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
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
