//! /etc/ld.so.cache: where ldconfig found every library.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::host::Host;

const FILE: &str = "/etc/ld.so.cache";
/// A cache with 20,000 libraries has 2 MiB.
const LIMIT: u64 = 16 * 1024 * 1024;
const MAGIC: &[u8] = b"glibc-ld.so.cache1.1";
/// The form of before glibc 2.2, which may stand before the present one.
const OLD_MAGIC: &[u8] = b"ld.so-1.7.0\0";
const HEADER: usize = 48;
const RECORD: usize = 24;

/// The cache by names.
#[derive(Debug, Default)]
pub(super) struct Cache(HashMap<String, Vec<PathBuf>>);

impl Cache {
    /// None where there is none that can be read.
    pub(super) fn read(host: &dyn Host) -> Option<Cache> {
        Cache::parse(&host.read(Path::new(FILE), LIMIT).ok()?)
    }

    /// Where a name was found, the loader's first choice first. Architectures
    /// are mixed.
    pub(super) fn paths(&self, name: &str) -> Vec<PathBuf> {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// Numbers are in the byte order of the machine: that of its size tells.
    fn parse(bytes: &[u8]) -> Option<Cache> {
        let bytes = if bytes.starts_with(OLD_MAGIC) { behind_old(bytes)? } else { bytes };
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let fits = |count: u32| {
            usize::try_from(count)
                .ok()
                .and_then(|count| count.checked_mul(RECORD))
                .is_some_and(|size| size < bytes.len())
        };
        let raw = *bytes.get(MAGIC.len()..)?.first_chunk::<4>()?;
        let is_little = fits(u32::from_le_bytes(raw));
        let number = |at: usize| {
            let raw = *bytes.get(at..)?.first_chunk::<4>()?;
            Some(if is_little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
        };
        let count = Some(number(MAGIC.len())?).filter(|count| fits(*count))?;
        let mut cache: HashMap<String, Vec<PathBuf>> = HashMap::new();
        // A path may end with the name that it has: no text is told more than
        // twice, unless the file lies.
        let mut left = 2 * bytes.len();
        let mut text = |at: u32| {
            let raw = text(bytes, at)?;
            left = left.checked_sub(raw.len())?;
            Some(String::from_utf8_lossy(raw).into_owned())
        };
        let mut for_some = Vec::new();
        for record in 0..count as usize {
            let at = HEADER + RECORD * record;
            let (name, path) = (text(number(at + 4)?)?, PathBuf::from(text(number(at + 8)?)?));
            // Builds for some processors only: those for all come first, for
            // which of them is chosen does not matter here.
            let (low, high) = (number(at + 16)?, number(at + 20)?);
            if low == 0 && high == 0 {
                cache.entry(name).or_default().push(path);
            } else {
                for_some.push((name, path));
            }
        }
        for (name, path) in for_some {
            cache.entry(name).or_default().push(path);
        }
        Some(Cache(cache))
    }
}

/// The present form begins behind the records of the old one, at a multiple
/// of 8.
fn behind_old(bytes: &[u8]) -> Option<&[u8]> {
    let count = u32::from_ne_bytes(*bytes.get(OLD_MAGIC.len()..)?.first_chunk::<4>()?);
    let end = usize::try_from(count).ok()?.checked_mul(12)?.checked_add(16)?;
    bytes.get(end.checked_next_multiple_of(8)?..)
}

fn text(bytes: &[u8], at: u32) -> Option<&[u8]> {
    let rest = bytes.get(usize::try_from(at).ok()?..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    Some(&rest[..end])
}

#[cfg(any(test, fuzzing))]
pub(crate) fn read_cache(bytes: &[u8]) {
    if let Some(cache) = Cache::parse(bytes) {
        let told: usize = cache.0.iter().map(|(name, paths)| name.len() * paths.len().max(1)).sum();
        // What is not UTF-8 grows threefold.
        assert!(told <= 6 * bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two libraries: one for all, one for some processors that stands first.
    fn cache() -> Vec<u8> {
        let names = b"libz.so.1\0/lib/fast/libz.so.1\0/lib/libz.so.1\0";
        let start = (HEADER + 2 * RECORD) as u32;
        let mut bytes = MAGIC.to_vec();
        bytes.extend([2_u32, names.len() as u32, 0, 0, 0, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
        for (path, hwcap) in [(10, 1_u64 << 62), (30, 0)] {
            bytes.extend([0x303_u32, start, start + path, 0].iter().flat_map(|n| n.to_le_bytes()));
            bytes.extend(hwcap.to_le_bytes());
        }
        bytes.extend(names);
        bytes
    }

    #[test]
    fn names_lead_to_paths() {
        let parsed = Cache::parse(&cache()).unwrap();
        assert_eq!(parsed.paths("libz.so.1"), [Path::new("/lib/libz.so.1"), Path::new("/lib/fast/libz.so.1")]);
        assert!(parsed.paths("libz").is_empty());
    }

    #[test]
    fn the_old_form_before_it_is_passed_over() {
        let mut bytes = OLD_MAGIC.to_vec();
        bytes.extend(1_u32.to_ne_bytes());
        bytes.extend([0; 12]);
        bytes.resize(32, 0);
        bytes.extend(cache());
        assert_eq!(Cache::parse(&bytes).unwrap().paths("libz.so.1").len(), 2);
    }

    #[test]
    fn a_broken_one_is_none() {
        let whole = cache();
        for length in 0..whole.len() {
            assert!(Cache::parse(&whole[..length]).is_none(), "cut at {length}");
        }
        let mut many = whole;
        many[20..24].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Cache::parse(&many).is_none());
    }
}
