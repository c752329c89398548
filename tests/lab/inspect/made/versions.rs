//! Programs that ask for versions of symbols that no library here has.

use super::Workshop;

/// A version that the program has, and what it becomes; of the same length.
const CHANGES: [(&str, &str); 4] = [
    ("GLIBC_2.34", "GLIBC_2.99"),
    ("GLIBC_2.34", "GLIBC_9.34"),
    ("GLIBC_2.34", "OTHER_2.34"),
    ("GLIBC_2.34", "GLIBC_2.17"),
];

pub(super) fn make(workshop: &Workshop) {
    for kind in ["pie", "fixed"] {
        for (from, to) in CHANGES {
            workshop.changed(&format!("c/{kind}-plain"), &format!("versions/{kind}-{to}"), |content| {
                replace(content, format!("\0{from}\0").as_bytes(), format!("\0{to}\0").as_bytes());
                // The loader compares these before the names.
                replace(content, &hash(from).to_le_bytes(), &hash(to).to_le_bytes());
            });
        }
    }
}

fn replace(content: &mut [u8], from: &[u8], to: &[u8]) {
    let at = content.windows(from.len()).position(|window| window == from).expect("it is there");
    content[at..at + to.len()].copy_from_slice(to);
}

/// The hash of names that ELF has defined from its beginning.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0_u32, |hash, byte| {
        let hash = (hash << 4).wrapping_add(byte.into());
        (hash ^ ((hash & 0xf000_0000) >> 24)) & 0x0fff_ffff
    })
}
