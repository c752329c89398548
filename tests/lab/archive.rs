//! A zip archive, as module proxies hand modules out.

/// A zip archive of these files, each stored as it is.
pub fn zip(files: &[(String, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = size(archive.len());
        let mut common = Vec::new();
        // Needs version 2.0; no flags, stored, at midnight of 1980-01-01.
        for field in [20_u16, 0, 0, 0, 0x21] {
            common.extend(field.to_le_bytes());
        }
        for field in [checksum(content), size(content.len()), size(content.len())] {
            common.extend(field.to_le_bytes());
        }
        common.extend(u16::try_from(name.len()).expect("a name is short").to_le_bytes());
        common.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&common);
        archive.extend(name.as_bytes());
        archive.extend(*content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        // No comment, one disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length) = (size(archive.len()), size(directory.len()));
    let count = u16::try_from(files.len()).expect("there are few files").to_le_bytes();
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    archive.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    archive.extend([0, 0]);
    archive
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("an archive of the lab is small")
}

/// CRC-32, as zip has it.
fn checksum(content: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in content {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}
