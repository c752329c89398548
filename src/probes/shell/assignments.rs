//! Assignments in files that belong to a project and not to a shell's start.

use super::script::{Dialect, Effect, Reach, Statement, read, read_environment};

/// A variable that a file sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The line, from 1.
    pub line: usize,
    /// The variable.
    pub name: String,
    /// Its value; None when it depends on other variables or on programs.
    pub value: Option<String>,
}

/// What a script does to the environment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Script {
    /// The variables that it sets outside of functions, in order.
    pub(crate) assignments: Vec<Assignment>,
    /// The commands that it calls outside of functions.
    pub(crate) calls: Vec<String>,
}

/// The assignments of a file such as `.env`: `NAME=value` lines.
pub(crate) fn assignments(text: &str) -> Vec<Assignment> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut found: Vec<Assignment> = read_environment(text).iter().filter_map(assignment).collect();
    for assignment in &mut found {
        let raw = lines.get(assignment.line - 1).and_then(|line| line.split_once('=')).map_or("", |(_, value)| value);
        assignment.value = assignment.value.take().map(|value| without_comment(raw.trim(), value));
    }
    found
}

/// What a script of bash does, as far as its text tells.
pub(crate) fn script(text: &str) -> Script {
    let mut script = Script::default();
    for statement in read(text, Dialect::Posix).into_iter().filter(|statement| statement.reach == Reach::Every) {
        match &statement.effect {
            Effect::Call { name, .. } => script.calls.push(name.clone()),
            _ => script.assignments.extend(assignment(&statement)),
        }
    }
    script
}

fn assignment(statement: &Statement) -> Option<Assignment> {
    let Effect::Set(change) = &statement.effect else { return None };
    let value = match change.words.as_slice() {
        [] => Some(String::new()),
        [word] => word.text(),
        _ => None,
    };
    Some(Assignment { line: statement.line, name: change.name.clone(), value })
}

/// The value without what follows it. `raw` is all that stands behind the
/// equals sign.
fn without_comment(raw: &str, value: String) -> String {
    match raw.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = raw[1..].split_once(quote).map(|(inner, _)| inner.to_owned());
            inner.unwrap_or(value)
        }
        Some('#') => String::new(),
        _ => match value.split_once(" #") {
            Some((value, _)) => value.trim_end().to_owned(),
            None => value,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_as_the_readers_of_such_files_take_them() {
        for (line, expected) in [
            ("GOFLAGS=-mod=mod", Some("-mod=mod")),
            ("export GOFLAGS='-tags=a b' # why", Some("-tags=a b")),
            ("GOFLAGS = \"x # y\"", Some("x # y")),
            ("GOFLAGS=-mod=mod # why\r", Some("-mod=mod")),
            ("GOFLAGS=# nothing", Some("")),
            ("GOFLAGS=", Some("")),
            ("GOFLAGS=${OTHER}/x", None),
            ("GOFLAGS=\"open", Some("open")),
            ("GOFLAGS=größe\u{202e}", Some("größe\u{202e}")),
        ] {
            let found = assignments(&format!("\u{feff}# a comment\n{line}\n"));
            assert_eq!(found.len(), 1, "{line}");
            assert_eq!((found[0].line, found[0].value.as_deref()), (2, expected), "{line}");
        }
        assert_eq!(
            assignments("GOFLAGS\n=x\n\u{0}\u{fffd}\n#GOFLAGS=1\n").iter().filter(|a| !a.name.is_empty()).count(),
            0
        );
    }

    #[test]
    fn scripts_tell_what_they_export_and_call() {
        let found = script(
            "use go 1.22\nexport GOFLAGS=-mod=mod GOBIN=\"$PWD/bin\"\nf() { export GOOS=js; }\ndotenv_if_exists\n",
        );
        let found_names: Vec<_> =
            found.assignments.iter().map(|it| (it.line, it.name.as_str(), it.value.as_deref())).collect();
        assert_eq!(found_names, [(2, "GOFLAGS", Some("-mod=mod")), (2, "GOBIN", None)]);
        assert_eq!(found.calls, ["use", "dotenv_if_exists"]);
        assert_eq!(script("((((\n\"\u{0}"), Script::default());
    }
}
