//! Build constraints: which platforms a Go file is for.

/// Operating systems that a file's name can end in (go/build/syslist).
const SYSTEMS: [&str; 17] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
];

/// Architectures that a file's name can end in.
const ARCHITECTURES: [&str; 17] = [
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv",
    "riscv64", "s390x", "sparc64", "wasm", "zos",
];

/// Systems that the word `unix` stands for.
const UNIX: [&str; 12] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "linux",
    "netbsd",
    "openbsd",
    "solaris",
];

/// How deep brackets may nest.
const DEPTH: usize = 64;

/// The platform that is built for, with cgo on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) goos: &'a str,
    pub(super) goarch: &'a str,
}

impl Target<'_> {
    /// True when a file of this name is for the target: `x_linux_arm64.go`.
    pub(super) fn takes_name(&self, name: &str) -> bool {
        let stem = name.split('.').next().unwrap_or(name);
        // What stands before the first underscore is the name itself.
        let Some((_, ends)) = stem.split_once('_') else { return true };
        let words: Vec<&str> = ends.split('_').collect();
        match words.as_slice() {
            [.., system, architecture] if SYSTEMS.contains(system) && ARCHITECTURES.contains(architecture) => {
                self.has(system) && self.has(architecture)
            }
            [.., last] if SYSTEMS.contains(last) || ARCHITECTURES.contains(last) => self.has(last),
            _ => true,
        }
    }

    /// True when a `//go:build` expression holds. One that cannot be read
    /// holds, as the compiler would say more.
    pub(super) fn satisfies(&self, expression: &str) -> bool {
        let words = words(expression);
        let mut parser = Parser { words: &words, at: 0, target: *self };
        parser.either(0).unwrap_or(true)
    }

    fn has(&self, tag: &str) -> bool {
        tag == self.goos
            || tag == self.goarch
            || matches!(tag, "cgo" | "gc")
            || (tag == "unix" && UNIX.contains(&self.goos))
            || (tag == "linux" && self.goos == "android")
            || (tag == "darwin" && self.goos == "ios")
            || tag.starts_with("go1.")
    }
}

/// True when an expression speaks of cgo itself: the file has a counterpart
/// that does without.
pub(super) fn is_about_cgo(expression: &str) -> bool {
    words(expression).contains(&"cgo")
}

fn words(expression: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = expression.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' | '!' => 1,
            '&' | '|' => rest.len().min(2),
            _ => rest.find(|c: char| c.is_whitespace() || "()!&|".contains(c)).unwrap_or(rest.len()),
        };
        let length = if rest.is_char_boundary(length) { length } else { first.len_utf8() };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    words
}

/// `a && (b || !c)`: `||` binds weakest.
struct Parser<'a> {
    words: &'a [&'a str],
    at: usize,
    target: Target<'a>,
}

impl Parser<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self, depth: usize) -> Option<bool> {
        let mut holds = self.both(depth)?;
        while self.take("||") {
            holds |= self.both(depth)?;
        }
        Some(holds)
    }

    fn both(&mut self, depth: usize) -> Option<bool> {
        let mut holds = self.one(depth)?;
        while self.take("&&") {
            holds &= self.one(depth)?;
        }
        Some(holds)
    }

    fn one(&mut self, depth: usize) -> Option<bool> {
        if depth > DEPTH {
            return None;
        }
        if self.take("!") {
            return self.one(depth + 1).map(|holds| !holds);
        }
        if self.take("(") {
            let holds = self.either(depth + 1)?;
            return self.take(")").then_some(holds);
        }
        let tag = self.words.get(self.at)?;
        self.at += 1;
        Some(self.target.has(tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINUX: Target<'static> = Target { goos: "linux", goarch: "amd64" };

    #[test]
    fn names_end_in_platforms() {
        for name in ["main.go", "linux.go", "x_linux.go", "x_amd64.go", "x_linux_amd64.go", "x_unix.go", "a_b.go"] {
            assert!(LINUX.takes_name(name), "{name}");
        }
        for name in ["x_windows.go", "x_arm64.go", "x_linux_arm64.go", "x_darwin_amd64.go", "a_b_js.go"] {
            assert!(!LINUX.takes_name(name), "{name}");
        }
    }

    #[test]
    fn expressions_are_evaluated() {
        for text in ["linux", "unix && cgo", "!windows", "darwin || (linux && !arm64)", "go1.21", "!(a||b)", "((linux"]
        {
            assert!(LINUX.satisfies(text), "{text}");
        }
        for text in ["windows", "ignore", "linux && arm64", "!cgo", "a || b", "!!ignore"] {
            assert!(!LINUX.satisfies(text), "{text}");
        }
        assert!(is_about_cgo("linux&&cgo") && is_about_cgo("!cgo") && !is_about_cgo("linux"));
    }

    #[test]
    fn hostile_expressions_end() {
        for text in [&"(".repeat(100_000), &"!".repeat(100_000), "&", "|", "&ü", "ü|", ""] {
            let _ = LINUX.satisfies(text);
        }
    }
}
