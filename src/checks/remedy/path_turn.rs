//! Turning a line around that adds a folder to one end of PATH.

/// `PATH=$PATH:FOLDER` as `PATH=FOLDER:$PATH`, quotes and all; None for a line
/// of any other form.
#[must_use]
pub fn turned_to_front(line: &str) -> Option<String> {
    Addition::of(line).filter(|line| line.end == End::Back).map(|line| line.written(End::Front))
}

/// `PATH=FOLDER:$PATH` as `PATH=$PATH:FOLDER`; None for a line of any other
/// form. One that adds several folders stays: not all of them are meant.
#[must_use]
pub fn turned_to_back(line: &str) -> Option<String> {
    let line = Addition::of(line).filter(|line| line.end == End::Front && !line.folder.contains(':'))?;
    Some(line.written(End::Back))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Front,
    Back,
}

/// A line that does nothing but add one word to PATH.
struct Addition<'a> {
    /// What stands before both: `export PATH="`, `set -gx PATH `, `path=(`.
    head: &'a str,
    folder: &'a str,
    /// How PATH itself is written.
    path: &'a str,
    /// What stands between the two.
    between: &'static str,
    /// What stands behind both.
    tail: &'a str,
    end: End,
}

/// How PATH is spelled where a colon parts the entries, and where a blank does.
const SPELLINGS: [(&str, &[&str]); 2] = [(":", &["$PATH", "${PATH}"]), (" ", &["$PATH", "$path"])];

impl<'a> Addition<'a> {
    fn of(line: &'a str) -> Option<Addition<'a>> {
        let line = line.trim_end();
        let (head, inner, tail) = parts(line)?;
        SPELLINGS.into_iter().find_map(|(between, names)| {
            names.iter().find_map(|name| {
                let behind = |name: &str| inner.strip_prefix(name)?.strip_prefix(between);
                let before = |name: &str| inner.strip_suffix(name)?.strip_suffix(between);
                let (folder, end) = behind(name)
                    .map(|folder| (folder, End::Back))
                    .or(before(name).map(|folder| (folder, End::Front)))?;
                let path = if end == End::Back { &inner[..name.len()] } else { &inner[inner.len() - name.len()..] };
                is_plain(folder).then_some(Addition { head, folder, path, between, tail, end })
            })
        })
    }

    fn written(&self, end: End) -> String {
        let Addition { head, folder, path, between, tail, .. } = self;
        match end {
            End::Front => format!("{head}{folder}{between}{path}{tail}"),
            End::Back => format!("{head}{path}{between}{folder}{tail}"),
        }
    }
}

/// What stands before the value, the value, what stands behind it.
fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let fish = line.find("set ").filter(|_| line.contains(" PATH "));
    let start = match (fish, line.find("path=(")) {
        (Some(_), _) => line.find(" PATH ")? + " PATH ".len(),
        (None, Some(at)) => at + "path=(".len(),
        (None, None) => line.find("PATH=")? + "PATH=".len(),
    };
    let (head, value) = line.split_at(start);
    if head.ends_with('(') {
        return Some((head, value.strip_suffix(')')?, ")"));
    }
    match value.strip_prefix('"') {
        Some(rest) => Some((&line[..=start], rest.strip_suffix('"')?, "\"")),
        None => Some((head, value, "")),
    }
}

/// A folder that a shell takes as it stands, with variables in it.
fn is_plain(folder: &str) -> bool {
    !folder.is_empty() && !folder.contains(['"', '\'', ' ', ';', '#', '&', '|', '(', ')', '`', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_plain_form_are_turned_to_the_front() {
        for (line, turned) in [
            ("export PATH=$PATH:/usr/local/go/bin", Some("export PATH=/usr/local/go/bin:$PATH")),
            ("  export PATH=\"${PATH}:$HOME/sdk/go/bin\"", Some("  export PATH=\"$HOME/sdk/go/bin:${PATH}\"")),
            ("[ -d /x ] && PATH=$PATH:/x", Some("[ -d /x ] && PATH=/x:$PATH")),
            ("set -gx PATH $PATH /x", Some("set -gx PATH /x $PATH")),
            ("path=($path ~/x)", Some("path=(~/x $path)")),
            ("export PATH=$PATH:/x # why", None),
            ("export PATH=$PATH:/x; y", None),
            ("export PATH=\"$PATH\":/x", None),
            ("export PATH=$PATH:", None),
            ("export PATH=/x:$PATH", None),
            ("MANPATH=$MANPATH:/x", None),
            ("fish_add_path /x", None),
        ] {
            assert_eq!(turned_to_front(line).as_deref(), turned, "{line}");
        }
    }

    #[test]
    fn turning_back_is_turning_to_the_front_taken_back() {
        for line in
            ["export PATH=/x:$PATH", "PATH=\"$HOME/go/bin:${PATH}\"", "set -gx PATH ~/x $PATH", "path=(/x $path)"]
        {
            let back = turned_to_back(line).unwrap_or_else(|| panic!("{line}"));
            assert_ne!(back, line);
            assert_eq!(turned_to_front(&back).as_deref(), Some(line));
            assert_eq!(turned_to_back(&back), None);
        }
    }

    #[test]
    fn several_folders_keep_their_order_and_their_place_in_front() {
        assert_eq!(turned_to_front("PATH=$PATH:/a:/b").as_deref(), Some("PATH=/a:/b:$PATH"));
        assert_eq!(turned_to_back("PATH=/a:/b:$PATH"), None);
        assert_eq!(turned_to_back("path=(/a /b $path)"), None);
        assert_eq!(turned_to_back("PATH=/a:$PATH:/b"), None);
    }
}
