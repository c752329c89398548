//! `#cgo pkg-config: NAME` lines in the comment before `import "C"`.

use super::super::packages::{Constraint, Head, Tags};
use crate::collections::order;

/// A line that asks pkg-config for libraries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// The line, from 1.
    pub(super) line: usize,
    /// The line without the marks of a comment.
    pub(super) text: String,
    /// The names that it asks for.
    pub(super) names: Vec<String>,
}

/// The lines that count in a build with these tags.
pub(super) fn read(text: &str, tags: &Tags) -> Vec<Directive> {
    if !text.contains("pkg-config") {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let imports = Head::parse(text.as_bytes()).imports;
    let of_c = imports.iter().filter(|import| import.path == "C");
    let mut found: Vec<Directive> = of_c
        .flat_map(|import| comment_above(&lines, import.line))
        .filter_map(|at| directive(lines[at], at + 1, tags))
        .collect();
    order::sort_by_key(&mut found, |directive| directive.line);
    found
}

/// The lines, from 0, of the comment that ends right above a line, from 1.
fn comment_above(lines: &[&str], import: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = import.saturating_sub(1).min(lines.len());
    while at > 0 {
        at -= 1;
        let line = lines[at].trim();
        if line.starts_with("//") {
            found.push(at);
        } else if line.ends_with("*/") {
            found.push(at);
            while at > 0 && !lines[at].trim_start().starts_with("/*") {
                at -= 1;
                found.push(at);
            }
        } else if !(line.starts_with("import") && line.ends_with('(')) {
            break;
        }
    }
    found
}

fn directive(line: &str, number: usize, tags: &Tags) -> Option<Directive> {
    let text = line.trim().trim_start_matches("//").trim_start_matches("/*").trim_end_matches("*/").trim();
    let (head, arguments) = text.strip_prefix("#cgo")?.split_once(':')?;
    let words: Vec<&str> = head.split_whitespace().collect();
    let (verb, conditions) = words.split_last()?;
    if *verb != "pkg-config" || !head.starts_with([' ', '\t']) {
        return None;
    }
    let holds = |condition: &&str| {
        let constraint = match condition.contains(['&', '|', '(']) {
            true => Constraint::parse(condition).ok(),
            false => Some(Constraint::parse_plus(condition)),
        };
        constraint.is_some_and(|constraint| tags.meet(&constraint))
    };
    if !conditions.is_empty() && !conditions.iter().any(holds) {
        return None;
    }
    // Flags, and files named by their path, are looked up in other ways.
    let is_name = |word: &&str| {
        word.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            && !word.contains(['$', '/', '=', '<', '>'])
            && !word.ends_with(".pc")
    };
    let names: Vec<String> = arguments
        .split_whitespace()
        .map(|word| word.trim_matches(['"', '\'']))
        .filter(is_name)
        .map(str::to_owned)
        .collect();
    (!names.is_empty()).then(|| Directive { line: number, text: text.to_owned(), names })
}

#[cfg(test)]
mod tests {
    use super::super::super::{CgoUse, Target};
    use super::*;

    fn names(text: &str) -> Vec<(usize, String)> {
        let target = Target { goos: "linux".into(), goarch: "amd64".into(), cgo: CgoUse::On };
        let found = read(text, &Tags::new(&target, (1, 24), &[]));
        found.into_iter().flat_map(|one| one.names.into_iter().map(move |name| (one.line, name))).collect()
    }

    #[test]
    fn both_kinds_of_comments_are_read() {
        let text = "package a\r\n\r\n// #cgo pkg-config: --static gtk+-3.0  \"x11\"\r\n// int x;\r\nimport \"C\"\r\n";
        assert_eq!(names(text), [(3, "gtk+-3.0".to_owned()), (3, "x11".to_owned())]);
        let text = "package a\n\n/*\n#cgo pkg-config: vips\n#include <vips.h>\n*/\nimport \"C\"\n";
        assert_eq!(names(text), [(4, "vips".to_owned())]);
        let text = "package a\n\nimport (\n\t\"fmt\"\n\t// #cgo pkg-config: vips\n\t\"C\"\n)\n";
        assert_eq!(names(text), [(5, "vips".to_owned())]);
        let text = "package a\n\n// #cgo pkg-config: vips\nimport (\n\t\"C\"\n)\n";
        assert_eq!(names(text), [(3, "vips".to_owned())]);
    }

    #[test]
    fn conditions_choose() {
        let ask =
            |condition: &str| names(&format!("package a\n\n// #cgo {condition} pkg-config: x\nimport \"C\"\n")).len();
        for condition in ["", "linux", "windows linux", "linux,amd64", "!windows", "linux&&!arm"] {
            assert_eq!(ask(condition), 1, "{condition}");
        }
        for condition in ["windows", "linux,arm64", "!linux", "linux&&arm", "(((", "static"] {
            assert_eq!(ask(condition), 0, "{condition}");
        }
    }

    #[test]
    fn what_stands_elsewhere_does_not_count() {
        for text in [
            "package a\n\n// #cgo pkg-config: x\n\nimport \"C\"\n",
            "package a\n\n// #cgo pkg-config: x\nimport \"fmt\"\nimport \"C\"\n",
            "package a\n\n// #cgo LDFLAGS: -lx pkg-config\nimport \"C\"\n",
            "package a\n\n// #cgopkg-config: x\nimport \"C\"\n",
            "package a\n\n// #cgo pkg-config: ${SRCDIR}/x.pc --cflags /a/b.pc\nimport \"C\"\n",
            "*/\nimport \"C\"\npkg-config",
            "\u{fffd}pkg-config",
        ] {
            assert_eq!(names(text), Vec::new(), "{text}");
        }
    }
}
