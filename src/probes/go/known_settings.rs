use std::collections::BTreeSet;
use std::path::Path;

use crate::host::Host;
use crate::model::Missing;

/// The names of the settings that the Go with this root knows, from its own
/// source.
pub(super) fn known_settings(host: &dyn Host, root: &Path) -> Result<BTreeSet<String>, Missing> {
    let path = root.join("src/internal/cfg/cfg.go");
    let names = parse(&host.read_text(&path)?);
    if names.is_empty() { Err(Missing::failed(format!("{} names no settings", path.display()))) } else { Ok(names) }
}

/// The lines of the text between backquotes behind `const KnownEnv`.
fn parse(text: &str) -> BTreeSet<String> {
    let list = text.split_once("const KnownEnv").and_then(|(_, rest)| rest.split('`').nth(1)).unwrap_or_default();
    list.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_backquotes() {
        let text = "// KnownEnv is a `list`.\npackage cfg\n\nconst KnownEnv = `\n\tAR\n\tGOCACHE\r\n`\n";
        assert_eq!(parse(text).into_iter().collect::<Vec<_>>(), ["AR", "GOCACHE"]);
        for text in ["", "const KnownEnv", "const KnownEnv = `", "const KnownEnv = \u{0}``"] {
            assert!(parse(text).is_empty(), "{text:?}");
        }
    }
}
