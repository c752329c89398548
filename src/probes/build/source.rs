//! The head of a Go source file: its build constraint and its imports.

/// What the head of a file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// The expression of `//go:build`.
    pub(super) constraint: Option<&'a str>,
    /// Import paths with their lines, from 1.
    pub(super) imports: Vec<(&'a str, usize)>,
}

impl<'a> Head<'a> {
    /// Reads up to the first declaration behind the imports.
    pub(super) fn read(text: &'a str) -> Head<'a> {
        let mut head = Head::default();
        let mut scanner = Scanner { rest: text.strip_prefix('\u{feff}').unwrap_or(text), line: 1, constraint: None };
        // `package name`, then nothing but imports counts.
        if scanner.word() != Some("package") || scanner.word().is_none() {
            return head;
        }
        head.constraint = scanner.constraint;
        while scanner.word_is("import") {
            if scanner.sign('(') {
                while !scanner.sign(')') {
                    let Some(import) = scanner.import() else { return head };
                    head.imports.push(import);
                }
            } else {
                let Some(import) = scanner.import() else { return head };
                head.imports.push(import);
            }
        }
        head
    }
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    constraint: Option<&'a str>,
}

impl<'a> Scanner<'a> {
    fn advance(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.bytes().filter(|byte| *byte == b'\n').count();
        self.rest = rest;
        taken
    }

    /// Skips blanks, semicolons and comments; notes the constraint.
    fn skip(&mut self) {
        loop {
            let blanks = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';').len();
            self.advance(blanks);
            if self.rest.starts_with("//") {
                let comment = self.advance(self.rest.find('\n').unwrap_or(self.rest.len()));
                if let Some(expression) = comment.strip_prefix("//go:build ") {
                    self.constraint.get_or_insert(expression.trim());
                }
            } else if self.rest.starts_with("/*") {
                let end = self.rest.find("*/").map_or(self.rest.len(), |end| end + 2);
                self.advance(end);
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        self.skip();
        let length = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        (length > 0).then(|| self.advance(length))
    }

    fn word_is(&mut self, word: &str) -> bool {
        self.skip();
        let behind = self.rest.strip_prefix(word);
        let found = behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        if found {
            self.advance(word.len());
        }
        found
    }

    fn sign(&mut self, sign: char) -> bool {
        self.skip();
        let found = self.rest.starts_with(sign);
        if found {
            self.advance(sign.len_utf8());
        }
        found
    }

    /// `"path"`, `name "path"`, `. "path"`.
    fn import(&mut self) -> Option<(&'a str, usize)> {
        self.skip();
        let name = self.rest.find(['"', '`', '\n', ')'])?;
        self.advance(name);
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '`'))?;
        let line = self.line;
        let end = self.rest[1..].find([quote, '\n'])? + 1;
        let path = &self.rest[1..end];
        self.advance(end + 1);
        Some((path, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraint_and_imports_are_read() {
        let text = "// Copyright\n\n//go:build linux && cgo\n// +build linux\n\n/* doc\n*/ package x // y\n\nimport \"C\"\nimport (\n\t\"fmt\" // z\n\n\t_ \"github.com/mattn/go-sqlite3\"; . `os`\n)\nvar import_ = \"C\"\n";
        let head = Head::read(text);
        assert_eq!(head.constraint, Some("linux && cgo"));
        assert_eq!(head.imports, [("C", 9), ("fmt", 11), ("github.com/mattn/go-sqlite3", 13), ("os", 13)]);
    }

    #[test]
    fn what_stands_behind_the_imports_does_not_count() {
        assert!(Head::read("package x\n\nvar s = `\nimport \"C\"\n`\n").imports.is_empty());
        assert!(Head::read("package x\n// import \"C\"\n").imports.is_empty());
        assert_eq!(Head::read("package x\n//go:build late\n").constraint, None);
    }

    #[test]
    fn broken_files_end() {
        for text in [
            "",
            "package",
            "import (",
            "package x\nimport (",
            "package x\nimport (\n\"a",
            "package x\nimport ü\n",
            "/*",
            "package x\nimport \"a\\\"",
        ] {
            let _ = Head::read(text);
        }
    }
}
