//! `/etc/os-release`, as os-release(5) describes it.

/// What it says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OsRelease {
    /// `Debian 12`, `Ubuntu 24.04`.
    pub(super) title: Option<String>,
    /// `ID`, then the words of `ID_LIKE`.
    pub(super) family: Vec<String>,
}

impl OsRelease {
    pub(super) fn parse(text: &str) -> Self {
        let value = |wanted: &str| {
            text.lines()
                .filter_map(|line| line.trim().split_once('='))
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| unquote(value))
                .filter(|value| !value.is_empty())
        };
        let mut family: Vec<String> = Vec::new();
        for word in [value("ID"), value("ID_LIKE")].iter().flatten().flat_map(|text| text.split_whitespace()) {
            if !family.iter().any(|known| known == word) {
                family.push(word.to_lowercase());
            }
        }
        OsRelease { title: title(value("NAME"), value("VERSION_ID"), value("PRETTY_NAME")), family }
    }
}

/// The name without `GNU/Linux` and `Linux`, and the version; without a
/// version (a rolling release) the pretty name as it stands.
fn title(name: Option<String>, version: Option<String>, pretty: Option<String>) -> Option<String> {
    match (name, version) {
        (Some(name), Some(version)) => {
            let short = name.trim_end_matches("Linux").trim_end_matches("GNU/").trim_end();
            Some(format!("{} {version}", if short.is_empty() { &name } else { short }))
        }
        (name, _) => pretty.or(name),
    }
}

/// A value without its quotes and backslashes, as a shell would read it.
fn unquote(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote).and_then(|rest| rest.strip_suffix(*quote)))
        .unwrap_or(value);
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title_of(text: &str) -> Option<String> {
        OsRelease::parse(text).title
    }

    #[test]
    fn titles_are_short() {
        assert_eq!(
            title_of("NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""),
            Some("Debian 12".into())
        );
        assert_eq!(title_of("NAME=\"Ubuntu\"\nVERSION_ID='24.04'"), Some("Ubuntu 24.04".into()));
        assert_eq!(title_of("NAME=\"Fedora Linux\"\nVERSION_ID=41"), Some("Fedora 41".into()));
        assert_eq!(title_of("NAME=\"Arch Linux\"\nPRETTY_NAME=\"Arch Linux\""), Some("Arch Linux".into()));
        assert_eq!(title_of("# nothing\n"), None);
    }

    #[test]
    fn the_family_is_id_then_parents() {
        let release = OsRelease::parse("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n");
        assert_eq!(release.family, ["linuxmint", "ubuntu", "debian"]);
    }
}
