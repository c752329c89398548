//! A GOPROXY list, read as Go reads it.

/// What is wrong with a GOPROXY list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFault {
    /// It holds a blank or a semicolon where a comma is meant.
    Separator(char),
    /// It has no entries.
    Empty,
    /// An entry that is neither a word Go knows nor an address.
    NoAddress(String),
    /// An entry whose scheme Go does not take.
    Scheme(String),
    /// Entries behind `direct` or `off`, which are never used.
    Unused(String),
}

/// The first thing in the list that Go rejects, or else what it never uses.
#[must_use]
pub fn first_fault(list: &str) -> Option<ListFault> {
    let entries: Vec<&str> = list.split([',', '|']).map(str::trim).filter(|entry| !entry.is_empty()).collect();
    if entries.is_empty() {
        return Some(ListFault::Empty);
    }
    for entry in &entries {
        if let Some(separator) = entry.chars().find(|c| *c == ';' || c.is_whitespace()) {
            return Some(ListFault::Separator(separator));
        }
        if matches!(*entry, "direct" | "off" | "noproxy") {
            continue;
        }
        match entry.split_once("://") {
            Some(("http" | "https" | "file", rest)) if !rest.is_empty() => {}
            Some(_) => return Some(ListFault::Scheme((*entry).to_owned())),
            // Go adds https before what looks like a host.
            None if entry.contains('.') && !entry.contains(':') => {}
            None if entry.contains('.') && entry.contains(':') && !entry.starts_with(':') => {}
            None => return Some(ListFault::NoAddress((*entry).to_owned())),
        }
    }
    let end = entries.iter().position(|entry| matches!(*entry, "direct" | "off"))?;
    entries.get(end + 1).map(|entry| ListFault::Unused((*entry).to_owned()))
}

/// The list with commas where they are meant; None when that does not mend it.
#[must_use]
pub fn mended(list: &str) -> Option<String> {
    let entries: Vec<&str> =
        list.split(|c: char| c == ';' || c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty()).collect();
    let list = entries.join(",");
    (!list.contains('|') && first_fault(&list).is_none()).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_takes_is_taken() {
        for list in [
            "https://proxy.golang.org,direct",
            "https://goproxy.cn|https://proxy.golang.org|direct",
            "direct",
            "off",
            "proxy.example.com,direct",
            "file:///srv/modules",
            "https://a.example , direct",
        ] {
            assert_eq!(first_fault(list), None, "{list}");
        }
    }

    #[test]
    fn what_go_rejects_is_named() {
        assert_eq!(first_fault("none"), Some(ListFault::NoAddress("none".into())));
        assert_eq!(first_fault("ftp://a.example"), Some(ListFault::Scheme("ftp://a.example".into())));
        assert_eq!(first_fault("https://a.example;direct"), Some(ListFault::Separator(';')));
        assert_eq!(first_fault("https://a.example direct"), Some(ListFault::Separator(' ')));
        assert_eq!(first_fault(","), Some(ListFault::Empty));
        assert_eq!(first_fault("direct,https://a.example"), Some(ListFault::Unused("https://a.example".into())));
    }

    #[test]
    fn a_wrong_separator_is_mended_and_a_wrong_word_is_not() {
        assert_eq!(mended("https://a.example; direct").as_deref(), Some("https://a.example,direct"));
        assert_eq!(mended("none"), None);
    }
}
