//! A zip archive, as module proxies send it.

use std::path::PathBuf;

/// Makes an archive of small text files, stored without compression
/// (APPNOTE.TXT of PKWARE, 4.3.7, 4.3.12 and 4.3.16).
pub fn zip(files: &[(PathBuf, &str)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let name = path.display().to_string();
        let offset = small(archive.len());
        let common = header(&name, text);
        archive.extend(b"PK\x03\x04");
        archive.extend(&common);
        archive.extend(name.bytes().chain(text.bytes()));

        // Made by and for version 2.0; no comment, first disk, no attributes.
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.bytes());
    }
    let count = u16::try_from(files.len()).expect("there are few files").to_le_bytes();
    let (at, length) = (small(archive.len()).to_le_bytes(), small(directory.len()).to_le_bytes());
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    archive.extend([length, at].concat());
    archive.extend([0; 2]);
    archive
}

/// The fields that stand before a file and in the directory alike: version,
/// flags, method and time, checksum, both sizes, lengths of name and extra.
fn header(name: &str, text: &str) -> Vec<u8> {
    // 1 January 1980, midnight.
    let start = [0x14, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
    let size = small(text.len()).to_le_bytes();
    let name = u16::try_from(name.len()).expect("names are short").to_le_bytes();
    [&start[..], &checksum(text.as_bytes()).to_le_bytes(), &size, &size, &name, &[0, 0]].concat()
}

fn small(length: usize) -> u32 {
    length.try_into().expect("the files are small")
}

/// CRC-32 as in IEEE 802.3.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}
