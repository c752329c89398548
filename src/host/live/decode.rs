//! The output of programs as text.

use std::borrow::Cow;

/// Text from bytes: UTF-8, or UTF-16 with a byte-order mark, or UTF-16 that
/// looks it, as Windows programs write without a mark. Never fails; what is
/// neither is replaced.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => lossy(rest),
        _ if looks_little_endian(bytes) => utf16(bytes, u16::from_le_bytes),
        _ => lossy(bytes),
    }
}

fn lossy(bytes: &[u8]) -> String {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Of the first bytes every second one is NUL and no other one is: text in a
/// Latin script. `a\0` alone is too little to tell.
fn looks_little_endian(bytes: &[u8]) -> bool {
    let (pairs, _) = bytes[..bytes.len().min(80)].as_chunks::<2>();
    let latin = pairs.iter().filter(|[low, high]| *low != 0 && *high == 0).count();
    let reversed = pairs.iter().filter(|[low, _]| *low == 0).count();
    pairs.len() >= 2 && reversed == 0 && latin * 10 >= pairs.len() * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn text_comes_out_of_every_encoding() {
        assert_eq!(text("größe\n".as_bytes()), "größe\n");
        assert_eq!(text(b"\xef\xbb\xbfmark"), "mark");
        assert_eq!(text(&utf16_le("\u{feff}Größe €")), "Größe €");
        assert_eq!(text(&utf16_le("Ubuntu 24.04 läuft\r\n")), "Ubuntu 24.04 läuft\r\n");
        let big: Vec<u8> = "\u{feff}go".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&big), "go");
    }

    #[test]
    fn rubbish_is_replaced() {
        assert_eq!(text(b"go\xffversion"), "go\u{fffd}version");
        assert_eq!(text(b"\xff\xfe\x00\xd8"), "\u{fffd}");
        assert_eq!(text(b"A=1\0B=2\0"), "A=1\0B=2\0");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn what_wsl_prints_is_decoded() {
        let wide = include_bytes!("../../../tests/wsl-samples/wsl-exe-version.utf16le.bin");
        let plain = include_bytes!("../../../tests/wsl-samples/wsl-exe-version.utf8.txt");
        assert_eq!(text(wide), text(plain));
        // Other languages, and the forms of the same program.
        let chinese = include_str!("../../../tests/wsl-samples/wsl-exe-version-zh.utf8.txt");
        let list = include_str!("../../../tests/wsl-samples/wsl-exe-list-verbose.utf8.txt");
        let status = include_str!("../../../tests/wsl-samples/wsl-exe-status.utf8.txt");
        for sample in [chinese, list, status] {
            assert_eq!(text(sample.as_bytes()), sample);
            assert_eq!(text(&utf16_le(&format!("\u{feff}{sample}"))), sample);
        }
        for latin in [list, status] {
            assert_eq!(text(&utf16_le(latin)), latin);
        }
    }
}
