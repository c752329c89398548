//! Calls of Go.

use super::shell::Command;

/// A call of `go` in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoCall {
    /// The line of the file, from 1.
    pub line: usize,
    /// The command: `build`.
    pub verb: String,
    /// Variables that the call is given, as they stand there; the last of a
    /// name wins.
    pub variables: Vec<(String, String)>,
    /// Flags and packages, as they stand there.
    pub words: Vec<String>,
}

/// Commands of Go that read the module's go.mod.
const OF_MODULES: [&str; 9] = ["build", "install", "test", "run", "vet", "generate", "list", "mod", "work"];

/// Flags of `go build` that take the next word.
const WITH_VALUE: [&str; 14] = [
    "o",
    "p",
    "tags",
    "ldflags",
    "gcflags",
    "asmflags",
    "mod",
    "modfile",
    "buildmode",
    "installsuffix",
    "pkgdir",
    "pgo",
    "overlay",
    "C",
];

impl GoCall {
    pub(in crate::probes::project) fn of(command: &Command, exported: &[(String, String)]) -> Option<GoCall> {
        let (program, rest) = command.words.split_first()?;
        if program != "go" && program != "/usr/local/go/bin/go" {
            return None;
        }
        let (verb, words) = rest.split_first()?;
        let variables = exported.iter().chain(&command.variables).cloned().collect();
        Some(GoCall { line: command.line, verb: verb.clone(), variables, words: words.to_vec() })
    }

    /// True when it makes programs of the module.
    #[must_use]
    pub fn builds(&self) -> bool {
        self.verb == "build" || self.verb == "install" && self.reads_module()
    }

    /// True when Go reads the module's go.mod for it.
    #[must_use]
    pub fn reads_module(&self) -> bool {
        // With a version, `go install` and `go run` look at no module.
        OF_MODULES.contains(&self.verb.as_str()) && !self.words.iter().any(|word| word.contains('@'))
    }

    /// A variable's value as it stands in the script.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a flag: `-o x`, `-o=x`, `--o=x`.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<&str> {
        let mut found = None;
        let mut words = self.words.iter();
        while let Some(word) = words.next() {
            let Some(flag) = bare(word) else { continue };
            let (known, value) = match flag.split_once('=') {
                Some((known, value)) => (known, Some(value)),
                None if WITH_VALUE.contains(&flag) => (flag, words.next().map(String::as_str)),
                None => (flag, None),
            };
            if known == name {
                found = value.or(Some(""));
            }
        }
        found
    }

    /// The one package that it builds; None where it names several.
    #[must_use]
    pub fn package(&self) -> Option<&str> {
        match self.packages().as_slice() {
            [] => Some("."),
            [one] => Some(one),
            _ => None,
        }
    }

    /// The packages it names.
    #[must_use]
    pub fn packages(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut words = self.words.iter();
        while let Some(word) = words.next() {
            match bare(word) {
                Some(flag) if WITH_VALUE.contains(&flag) => {
                    words.next();
                }
                Some(_) => {}
                None => found.push(word.as_str()),
            }
        }
        found
    }
}

/// A flag without its dashes.
fn bare(word: &str) -> Option<&str> {
    word.strip_prefix("--").or_else(|| word.strip_prefix('-')).filter(|flag| !flag.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(words: &str) -> GoCall {
        let words = words.split(' ').map(str::to_owned).collect();
        GoCall::of(&Command { words, ..Command::default() }, &[]).expect("a call")
    }

    #[test]
    fn flags_and_packages_are_told_apart() {
        let build = call("go build -v -o /app -ldflags=-s --tags netgo -race ./cmd/app");
        assert_eq!(
            (build.flag("o"), build.flag("ldflags"), build.flag("tags")),
            (Some("/app"), Some("-s"), Some("netgo"))
        );
        assert_eq!((build.flag("race"), build.flag("p")), (Some(""), None));
        assert_eq!(build.packages(), ["./cmd/app"]);
        assert_eq!(call("go build -o").flag("o"), Some(""));
    }

    #[test]
    fn tools_by_version_are_not_of_the_module() {
        assert!(!call("go install x.y/z@latest").builds() && !call("go install x.y/z@latest").reads_module());
        assert!(call("go install ./...").builds() && call("go mod download").reads_module());
        assert!(!call("go env -w A=b").reads_module() && !call("go version").reads_module());
    }
}
