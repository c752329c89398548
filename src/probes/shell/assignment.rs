use std::sync::LazyLock;

use regex::Regex;

use crate::host::Machine;

/// A line of an rc file that sets a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// Its value, when it can be told without running the line.
    pub value: Option<String>,
}

static POSIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:^|[;&\s{(])(?:export\s+|declare\s+-[a-z]*x[a-z]*\s+|typeset\s+-[a-z]*x[a-z]*\s+)?([A-Za-z_][A-Za-z0-9_]*)\+?=("(?:[^"\\]|\\.)*"|'[^']*'|\([^)]*\)|[^\s;&|)]*)"#).ok()
});
static FISH_SET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[;\s])set\s+((?:-{1,2}[A-Za-z-]+\s+)+)([A-Za-z_][A-Za-z0-9_]*)\s*([^;#]*)").ok()
});
static FISH_PATH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:^|[;\s])fish_add_path\s+([^;#]*)").ok());

impl Assignment {
    /// The assignments on one line of an rc file. Comments have none.
    #[must_use]
    pub fn on_line(line: &str, machine: &Machine) -> Vec<Assignment> {
        let code = line.trim_start();
        if code.starts_with('#') {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (name, raw) in POSIX
            .iter()
            .flat_map(|regex| regex.captures_iter(code))
            .map(|found| (found[1].to_owned(), found[2].to_owned()))
        {
            found.push(Assignment { name, value: plain_value(&raw, machine) });
        }
        for set in FISH_SET.iter().flat_map(|regex| regex.captures_iter(code)) {
            let flags = &set[1];
            let erases =
                flags.split_whitespace().any(|flag| flag == "--erase" || (is_short(flag) && flag.contains('e')));
            let queries =
                flags.split_whitespace().any(|flag| flag == "--query" || (is_short(flag) && flag.contains('q')));
            if !erases && !queries {
                found.push(Assignment { name: set[2].to_owned(), value: plain_value(set[3].trim(), machine) });
            }
        }
        for path in FISH_PATH.iter().flat_map(|regex| regex.captures_iter(code)) {
            found.push(Assignment { name: "PATH".into(), value: plain_value(path[1].trim(), machine) });
        }
        found
    }
}

fn is_short(flag: &str) -> bool {
    flag.starts_with('-') && !flag.starts_with("--")
}

/// The value of a word that holds nothing but text, quotes, `~`, `$HOME` and
/// `$USER`. None when a shell would have to be asked.
fn plain_value(raw: &str, machine: &Machine) -> Option<String> {
    let (text, literal) = match raw.as_bytes() {
        [b'\'', .., b'\''] => (&raw[1..raw.len() - 1], true),
        [b'"', .., b'"'] => (&raw[1..raw.len() - 1], false),
        _ => (raw, false),
    };
    if literal {
        return Some(text.to_owned());
    }
    let home = machine.user.home.as_ref().map(|home| home.display().to_string()).unwrap_or_default();
    let mut value = text
        .replace("${HOME}", &home)
        .replace("$HOME", &home)
        .replace("${USER}", &machine.user.name)
        .replace("$USER", &machine.user.name);
    if raw == text {
        value = machine.untilde(&value).display().to_string();
    }
    let needs_a_shell = value.contains(['$', '`', '(']) || (raw == text && value.contains(['"', '\'', '\\']));
    (!needs_a_shell).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::User;

    fn machine() -> Machine {
        Machine {
            os: "linux".into(),
            arch: "x86_64".into(),
            kernel: None,
            distro: None,
            distro_family: Vec::new(),
            container: false,
            wsl: None,
            user: User { name: "kim".into(), uid: 1000, gid: 1000, home: Some("/home/kim".into()), shell: None },
            folder: "/".into(),
            recorded: None,
        }
    }

    fn read(line: &str) -> Vec<(String, Option<String>)> {
        Assignment::on_line(line, &machine()).into_iter().map(|found| (found.name, found.value)).collect()
    }

    fn one(name: &str, value: &str) -> Vec<(String, Option<String>)> {
        vec![(name.into(), Some(value.into()))]
    }

    #[test]
    fn the_usual_forms_are_read() {
        assert_eq!(read("export GOROOT=/opt/go1.20"), one("GOROOT", "/opt/go1.20"));
        assert_eq!(read("  export GOPATH=\"$HOME/go\"  # mine"), one("GOPATH", "/home/kim/go"));
        assert_eq!(read("GOPATH=~/go"), one("GOPATH", "/home/kim/go"));
        assert_eq!(read("set -gx GOROOT /opt/go"), one("GOROOT", "/opt/go"));
        assert_eq!(read("set --export --global GOPATH $HOME/go"), one("GOPATH", "/home/kim/go"));
        assert_eq!(read("[ -d /opt/go ] && export GOROOT=/opt/go"), one("GOROOT", "/opt/go"));
        assert_eq!(read("export A=1 B='x y'").len(), 2);
    }

    #[test]
    fn what_needs_a_shell_has_no_value() {
        assert_eq!(read("export PATH=$PATH:/usr/local/go/bin"), vec![("PATH".into(), None)]);
        assert_eq!(read("export GOROOT=$(go env GOROOT)"), vec![("GOROOT".into(), None)]);
    }

    #[test]
    fn comments_and_erasing_set_nothing() {
        assert!(read("# export GOROOT=/opt/go").is_empty());
        assert!(read("set -e GOROOT").is_empty());
        assert!(read("set -q GOROOT; or echo no").is_empty());
    }
}
