//! Whether the libraries that were found define the versions of symbols that
//! are asked of them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::folders::Object;
use crate::collections::order;
use crate::model::binary::{Asked, compare};
use crate::model::inspect::LackingVersion;

/// The versions that nothing defines. A library without any versions is taken
/// as it is, as the loader does.
pub(super) fn lacking(all: &[Arc<Object>], loaded: &BTreeMap<String, Option<PathBuf>>) -> Vec<LackingVersion> {
    let mut found: Vec<LackingVersion> = Vec::new();
    for (object, asked) in
        all.iter().flat_map(|object| object.binary.versions_needed.iter().map(move |it| (object, it)))
    {
        let path = loaded.get(&asked.library).and_then(Option::as_ref);
        let Some(library) = path.and_then(|path| all.iter().find(|object| object.path == *path)) else { continue };
        let defined = &library.binary.versions_defined;
        if asked.weak || defined.is_empty() || defined.contains(&asked.version) {
            continue;
        }
        let newest = object.binary.glibc_required.as_ref().map(|version| format!("GLIBC_{version}"));
        let symbol = object.binary.glibc_symbol.clone().filter(|_| newest.as_ref() == Some(&asked.version));
        let lack = LackingVersion {
            library: asked.library.clone(),
            version: asked.version.clone(),
            symbol,
            newest: newest_alike(asked, defined),
        };
        if !found.iter().any(|other| other.library == lack.library && other.version == lack.version) {
            found.push(lack);
        }
    }
    // The newest tells the most.
    order::sort_by(&mut found, |one, other| compare(number(&other.version).1, number(&one.version).1));
    found
}

/// The newest version of the same family.
fn newest_alike(asked: &Asked, defined: &[String]) -> Option<String> {
    let family = number(&asked.version).0;
    let alike = defined.iter().filter(|version| {
        let (own, rest) = number(version);
        own == family && rest.starts_with(|c: char| c.is_ascii_digit())
    });
    alike.max_by(|one, other| compare(number(one).1, number(other).1)).cloned()
}

/// `GLIBC_2.34` as family and number.
fn number(version: &str) -> (&str, &str) {
    version.rsplit_once('_').unwrap_or((version, ""))
}

/// The newest version of the glibc among what is loaded.
pub(super) fn glibc(all: &[Arc<Object>]) -> Option<String> {
    all.iter().find(|object| object.name == "libc.so.6").and_then(|libc| libc.binary.glibc_provided.clone())
}
