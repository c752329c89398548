//! What a Go file imports in every build for a platform.

use super::CgoUse;
use super::packages::{Constraint, Head, Import, Tags, Target};

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
    let target = Target { goos: goos.to_owned(), goarch: goarch.to_owned(), cgo: CgoUse::Off };
    // No release of Go is known here, so that no tag of one counts.
    if !Tags::new(&target, (1, 0), &[]).take_name(name) {
        return None;
    }
    let head = Head::parse(text.as_bytes());
    match head.constraint {
        Ok(None) => Some(head.imports),
        Ok(Some(Constraint::Tag(tag))) if [goos, goarch, "unix"].contains(&tag.as_str()) => Some(head.imports),
        Ok(Some(_)) | Err(_) => None,
    }
}

/// True for a file that belongs to builds without cgo alone.
pub(super) fn is_for_builds_without_cgo(text: &str) -> bool {
    Head::parse(text.as_bytes()).constraint.ok().flatten().is_some_and(|constraint| constraint.denies("cgo"))
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
