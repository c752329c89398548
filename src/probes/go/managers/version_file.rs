//! Files that name a version for a version manager.

use std::path::Path;

/// How many versions of one file are looked at.
pub(super) const WORD_LIMIT: usize = 16;

/// The first Go version that a version file names, by the file's kind, without
/// `go` before it.
pub(crate) fn version_in(path: &Path, text: &str) -> Option<String> {
    words_in(path, text).into_iter().next().map(|word| bare(&word).to_owned())
}

/// A version without `go` before it.
pub(super) fn bare(word: &str) -> &str {
    word.strip_prefix("go-").or_else(|| word.strip_prefix("go")).unwrap_or(word)
}

/// Everything that a version file names for Go, in order: the first one that
/// is installed counts.
pub(super) fn words_in(path: &Path, text: &str) -> Vec<String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let words: Vec<String> = match name {
        ".tool-versions" => of_tool_versions(text),
        _ if name.ends_with(".toml") => of_toml(text),
        _ => text.lines().filter_map(|line| code(line).split_whitespace().next()).map(str::to_owned).collect(),
    };
    words.into_iter().filter(|word| !bare(word).is_empty()).take(WORD_LIMIT).collect()
}

fn of_tool_versions(text: &str) -> Vec<String> {
    let go = |line: &str| {
        let mut words = code(line).split_whitespace().map(str::to_owned);
        words.next().filter(|tool| is_go(tool)).map(|_| words.collect())
    };
    text.lines().find_map(go).unwrap_or_default()
}

/// `go = "1.26"`, `go = ["1.26", "1.25"]`, `go = { version = "1.26" }`.
fn of_toml(text: &str) -> Vec<String> {
    let Ok(table) = text.parse::<toml::Table>() else { return Vec::new() };
    let tools = table.get("tools").and_then(toml::Value::as_table);
    let go = tools.and_then(|tools| tools.iter().find(|(tool, _)| is_go(tool))).map(|(_, value)| value);
    let version = |value: &toml::Value| value.as_str().or_else(|| value.get("version")?.as_str()).map(str::to_owned);
    match go {
        Some(toml::Value::Array(all)) => all.iter().filter_map(version).collect(),
        Some(one) => version(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// asdf's plugin is called `golang`, mise's own `go`; each also goes by the
/// other name.
fn is_go(tool: &str) -> bool {
    matches!(tool, "golang" | "go" | "core:go")
}

fn code(line: &str) -> &str {
    line.split('#').next().unwrap_or_default()
}

/// The first line outside of comments that holds the word.
pub(super) fn line_with(text: &str, word: &str) -> usize {
    text.lines().position(|line| code(line).contains(word)).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, text: &str) -> Vec<String> {
        words_in(Path::new(name), text)
    }

    #[test]
    fn each_kind_of_file_is_read_in_its_own_way() {
        assert_eq!(words("/p/.go-version", "# pinned\n\n 1.26.6 \r\n1.25.5 # old\n"), ["1.26.6", "1.25.5"]);
        assert_eq!(words("/p/.tool-versions", "nodejs 22\ngolang 1.26.6 system # two\n"), ["1.26.6", "system"]);
        assert_eq!(words("/p/mise.toml", "[tools]\nnode = \"22\"\ngo = [\"1.26\", \"1.25\"]\n"), ["1.26", "1.25"]);
        assert_eq!(words("/p/mise.toml", "[tools]\ngo = { version = \"latest\", os = [\"linux\"] }\n"), ["latest"]);
        assert_eq!(words("/p/mise.toml", "[tools.go]\nversion = \"1.26.6\"\n"), ["1.26.6"]);
    }

    #[test]
    fn what_names_no_go_gives_nothing() {
        for (name, text) in [
            (".go-version", ""),
            (".go-version", "# 1.26\n"),
            (".tool-versions", "golang\n"),
            (".tool-versions", "#golang 1.26\ngolangci-lint 2.1\n"),
            ("mise.toml", "[tools]\ngo = 1.26\n"),
            ("mise.toml", "tools = 3"),
            ("mise.toml", "[tools\ngo = \"1.26\""),
            ("mise.toml", "\u{fffd}\0"),
        ] {
            assert!(words(name, text).is_empty(), "{name}: {text:?}");
        }
    }

    #[test]
    fn the_first_version_loses_its_prefix() {
        assert_eq!(version_in(Path::new(".go-version"), "go1.26.6\n").as_deref(), Some("1.26.6"));
        assert_eq!(version_in(Path::new(".go-version"), "go-1.26.6\n").as_deref(), Some("1.26.6"));
        assert_eq!(version_in(Path::new(".go-version"), "go\n"), None);
        assert_eq!(line_with("# 1.26 soon\n1.26\n", "1.26"), 2);
    }
}
