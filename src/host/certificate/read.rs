//! A certificate's head, read from DER.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::Certificate;
use super::der::{GENERALIZED_TIME, INTEGER, OID, Reader, SEQUENCE, UTC_TIME, Value};

/// Reads a certificate; None when it is none.
pub(super) fn certificate(der: &[u8]) -> Option<Certificate> {
    let mut whole = Reader::new(Reader::new(der).expect(SEQUENCE)?);
    let mut body = Reader::new(whole.expect(SEQUENCE)?);
    // The version: [0].
    body.optional(0xa0);
    let serial = body.expect(INTEGER)?;
    body.expect(SEQUENCE)?;
    let issuer = name(body.expect(SEQUENCE)?);
    let mut validity = Reader::new(body.expect(SEQUENCE)?);
    let (not_before, not_after) = (time(validity.next()?)?, time(validity.next()?)?);
    let subject = name(body.expect(SEQUENCE)?);
    let negative_serial = serial.first().is_some_and(|first| first & 0x80 != 0);
    Some(Certificate { subject, issuer, sha256: fingerprint(der), not_before, not_after, negative_serial })
}

fn fingerprint(der: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, der);
    let pairs: Vec<String> = digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

/// A name as Go writes it: `CN=…,O=…,C=…`, the narrowest first. Parts that
/// have no short name are left out.
fn name(content: &[u8]) -> String {
    let mut parts = Vec::new();
    let mut sets = Reader::new(content);
    while let Some((_, set)) = sets.next() {
        let mut pairs = Reader::new(set);
        while let Some((_, pair)) = pairs.next() {
            let mut pair = Reader::new(pair);
            if let (Some(kind), Some((tag, value))) = (pair.expect(OID).and_then(short), pair.next()) {
                parts.push(format!("{kind}={}", text(tag, value)));
            }
        }
    }
    parts.reverse();
    if parts.is_empty() { "(no name)".to_owned() } else { parts.join(",") }
}

/// The short names below the X.500 attribute types, `2.5.4`.
fn short(oid: &[u8]) -> Option<&'static str> {
    match oid.strip_prefix(&[0x55, 0x04])? {
        [3] => Some("CN"),
        [6] => Some("C"),
        [7] => Some("L"),
        [8] => Some("ST"),
        [10] => Some("O"),
        [11] => Some("OU"),
        _ => None,
    }
}

fn text(tag: u8, value: &[u8]) -> String {
    const BMP_STRING: u8 = 0x1e;
    if tag == BMP_STRING {
        let units: Vec<u16> = value.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    String::from_utf8_lossy(value).into_owned()
}

fn time((tag, content): Value<'_>) -> Option<Timestamp> {
    let digits = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (year, rest) = match tag {
        UTC_TIME if digits.len() == 12 => {
            let year = number(digits, 0, 2)?;
            (if year < 50 { 2000 + year } else { 1900 + year }, digits.get(2..)?)
        }
        GENERALIZED_TIME if digits.len() == 14 => (number(digits, 0, 4)?, digits.get(4..)?),
        _ => return None,
    };
    let part = |at: usize| number(rest, at, 2).and_then(|number| i8::try_from(number).ok());
    let date = DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?, 0).ok()?;
    date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn number(digits: &str, at: usize, length: usize) -> Option<i16> {
    let digits = digits.get(at..at + length)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_time_are_read() {
        let read = |tag, text: &str| time((tag, text.as_bytes())).map(|time| time.to_string());
        assert_eq!(read(UTC_TIME, "260102030405Z").as_deref(), Some("2026-01-02T03:04:05Z"));
        assert_eq!(read(UTC_TIME, "500102030405Z").as_deref(), Some("1950-01-02T03:04:05Z"));
        assert_eq!(read(GENERALIZED_TIME, "20600102030405Z").as_deref(), Some("2060-01-02T03:04:05Z"));
        for bad in ["", "Z", "260102030405", "261302030405Z", "-60102030405Z", "26010203040éZ"] {
            assert_eq!(read(UTC_TIME, bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_written_as_go_does() {
        let pair = |kind: u8, tag: u8, value: &[u8]| {
            let inner = [&[6, 3, 0x55, 4, kind, tag, u8::try_from(value.len()).unwrap()], value].concat();
            let length = u8::try_from(inner.len()).unwrap();
            [vec![0x31, length + 2, 0x30, length], inner].concat()
        };
        let whole = [pair(10, 12, b"Corp"), pair(3, 0x1e, &[0, 0x52, 0, 0x31]), pair(99, 12, b"x")].concat();
        assert_eq!(name(&whole), "CN=R1,O=Corp");
        assert_eq!(name(&[]), "(no name)");
        assert_eq!(name(&[0x31, 9, 1]), "(no name)");
    }

    #[test]
    fn rubbish_is_no_certificate() {
        for bytes in [&[][..], b"-----BEGIN", &[0x30, 0], &[0x30, 2, 0x30, 0]] {
            assert_eq!(certificate(bytes), None);
        }
    }
}
