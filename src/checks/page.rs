//! The explanation pages, which the program carries packed.

use std::sync::OnceLock;

use miniz_oxide::inflate::decompress_to_vec;

/// The pages as `assets/pack.rs` packs them.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/explain.deflate"));

/// In front of each page.
const SEPARATOR: char = '\u{1e}';

/// The explanation page of a check, in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// A file of `assets/explain`, such as `go/goroot-env-mismatch`.
    Asset(&'static str),
    /// The text itself.
    Text(&'static str),
}

impl Page {
    /// The page; empty when there is no such file.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Page::Text(text) => text,
            Page::Asset(name) => {
                let page = |page: &'static str| page.strip_prefix(name)?.strip_prefix('\n');
                unpacked().split(SEPARATOR).find_map(page).unwrap_or_default()
            }
        }
    }
}

fn unpacked() -> &'static str {
    static ALL: OnceLock<String> = OnceLock::new();
    ALL.get_or_init(|| {
        decompress_to_vec(PACKED).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    })
}
