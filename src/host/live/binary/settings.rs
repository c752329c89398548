//! The text of Go's build info, as runtime/debug.ParseBuildInfo reads it.

use crate::host::BuildInfo;

/// Lines of tab-separated fields. Lines of another kind, such as the
/// dependencies, are passed over.
pub(super) fn parse(go_version: String, text: &str) -> BuildInfo {
    let mut info = BuildInfo { go_version, ..BuildInfo::default() };
    for line in text.lines() {
        let mut fields = line.split('\t');
        match (fields.next(), fields.next()) {
            (Some("path"), Some(path)) => path.clone_into(&mut info.path),
            (Some("mod"), Some(module)) => {
                module.clone_into(&mut info.module);
                fields.next().unwrap_or_default().clone_into(&mut info.version);
            }
            (Some("build"), Some(_)) => {
                if let Some((name, value)) = setting(&line["build\t".len()..]) {
                    info.settings.insert(name, value);
                }
            }
            _ => {}
        }
    }
    info
}

/// `name=value`; either is quoted when it holds blanks, quotes or `=`.
fn setting(text: &str) -> Option<(String, String)> {
    let (name, value) = match text.strip_prefix('"') {
        Some(rest) => {
            let end = rest.find('"')? + 2;
            (&text[..end], text[end..].strip_prefix('=')?)
        }
        None => text.split_once('=')?,
    };
    Some((unquote(name), unquote(value)))
}

/// Go quotes as JSON does, but for `\x`, which it needs for broken text only:
/// that stays as it stands.
fn unquote(text: &str) -> String {
    let quoted = (text.starts_with('"')).then(|| serde_json::from_str(text).ok()).flatten();
    quoted.unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `go version -m` prints the text as it stands, each line behind a tab.
    #[test]
    fn what_go_version_prints_is_read_back() {
        let printed = include_str!("../../../../tests/wsl-samples/go-version-m-gopls.txt");
        let (head, lines) = printed.split_once('\n').unwrap();
        let text = lines.lines().map(|line| format!("{}\n", line.strip_prefix('\t').unwrap())).collect::<String>();
        let info = parse(head.rsplit(' ').next().unwrap().to_owned(), &text);
        assert_eq!(info.go_version, "go1.26.1");
        assert_eq!((info.module.as_str(), info.version.as_str()), ("golang.org/x/tools/gopls", "v0.23.0"));
        assert_eq!(info.settings.get("GOOS").map(String::as_str), Some("linux"));
    }

    #[test]
    fn modules_and_settings_are_told_apart() {
        let text = "path\tgolang.org/x/tools/gopls\nmod\tgolang.org/x/tools/gopls\tv0.20.0\th1:abc=\n\
            dep\tgolang.org/x/mod\tv0.1.0\th1:x=\n=>\t./mod\t(devel)\t\n\
            build\t-compiler=gc\nbuild\tCGO_ENABLED=1\nbuild\tCGO_CFLAGS=\n\
            build\t-ldflags=\"-X main.v=1 -s\"\nbuild\t\"odd name\"=x\nbuild\tno value\n";
        let info = parse("go1.25.0".into(), text);
        assert_eq!((info.path.as_str(), info.version.as_str()), ("golang.org/x/tools/gopls", "v0.20.0"));
        let settings: Vec<_> = info.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            settings,
            [
                ("-compiler", "gc"),
                ("-ldflags", "-X main.v=1 -s"),
                ("CGO_CFLAGS", ""),
                ("CGO_ENABLED", "1"),
                ("odd name", "x")
            ]
        );
    }

    #[test]
    fn a_program_without_a_module_has_a_path_only() {
        let info = parse("go1.20".into(), "path\tcommand-line-arguments\n");
        assert_eq!(
            (info.path.as_str(), info.module.as_str(), info.version.as_str()),
            ("command-line-arguments", "", "")
        );
    }
}
