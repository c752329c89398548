//! ar archives: static libraries, and the packages that Go compiles.

use super::by_magic;
use super::reader::{Problem, Reader};
use crate::model::binary::Kind;
use crate::model::{Binary, Format};

const MAGIC: &[u8; 8] = b"!<arch>\n";
/// Of an archive whose members are files beside it.
const THIN: &[u8; 8] = b"!<thin>\n";
const HEADER: u64 = 60;
/// How many members are looked at for one that tells the platform.
const MEMBERS: usize = 16;

pub(super) fn is_magic(start: &[u8]) -> bool {
    start.starts_with(MAGIC) || start.starts_with(THIN)
}

/// The platform is that of the first member that tells one.
pub(super) fn inspect(reader: &Reader<'_>, goarch: &str) -> Result<Binary, Problem> {
    let mut archive = Binary { kind: Kind::Object, ..Binary::of(Format::Archive) };
    if !reader.up_to(0, 8)?.starts_with(MAGIC) {
        return Ok(archive);
    }
    let mut at = MAGIC.len() as u64;
    for _ in 0..MEMBERS {
        if at >= reader.size() {
            break;
        }
        let header = reader.bytes(at, HEADER)?;
        let wrong = || Problem::damaged(format!("the header of a member at byte {at} is wrong"));
        if &header[58..60] != b"`\n" {
            return Err(wrong());
        }
        let size = std::str::from_utf8(&header[48..58]).ok().and_then(|text| text.trim().parse::<u64>().ok());
        let member = reader.part(at + HEADER, size.ok_or_else(wrong)?)?;
        if let Some((goos, goarch)) = platform(&member, goarch)? {
            (archive.goos, archive.goarch) = (goos, Some(goarch));
            break;
        }
        // Members begin at even places.
        at += HEADER + member.size().next_multiple_of(2);
    }
    Ok(archive)
}

/// A member's operating system, where it says, and its architecture.
fn platform(member: &Reader<'_>, goarch: &str) -> Result<Option<(Option<String>, String)>, Problem> {
    let start = member.up_to(0, 64)?;
    if is_magic(&start) {
        return Ok(None);
    }
    if let Some(rest) = start.strip_prefix(b"go object ") {
        let text = String::from_utf8_lossy(rest);
        let mut words = text.split(' ').map(str::to_owned);
        return Ok(words.next().zip(words.next()).map(|(goos, goarch)| (Some(goos), goarch)));
    }
    // What a member is that is no object is not the archive's fault.
    let Ok(binary) = by_magic(member, &start, goarch) else { return Ok(None) };
    Ok(binary.goarch.map(|arch| (binary.goos, arch)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::elf;
    use super::super::reader::Source;
    use super::*;

    fn member(name: &str, content: &[u8]) -> Vec<u8> {
        let mut member = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, "100644", content.len());
        if content.len() % 2 == 1 {
            member.push('\0');
        }
        let (header, padding) = member.split_at(60);
        [header.as_bytes(), content, padding.as_bytes()].concat()
    }

    /// A table of names and an object.
    pub(in crate::host::live::binary) fn library() -> Vec<u8> {
        [&MAGIC[..], &member("//", b"odd"), &member("a.o/", &elf::tests::dynamic())].concat()
    }

    fn read(file: &[u8]) -> Result<Binary, Problem> {
        inspect(&Reader::new(&file as &dyn Source).unwrap(), "amd64")
    }

    #[test]
    fn the_platform_is_that_of_its_objects() {
        let archive = read(&library()).unwrap();
        assert_eq!((archive.format, archive.kind), (Format::Archive, Kind::Object));
        assert_eq!((archive.goos.as_deref(), archive.goarch.as_deref()), (Some("linux"), Some("amd64")));
        let package = member("__.PKGDEF", b"go object windows arm64 go1.27.3 X:none\n");
        let archive = read(&[&MAGIC[..], &package].concat()).unwrap();
        assert_eq!((archive.goos.as_deref(), archive.goarch.as_deref()), (Some("windows"), Some("arm64")));
    }

    #[test]
    fn a_wrong_member_is_damage_and_an_empty_archive_is_not() {
        assert_eq!(read(MAGIC).unwrap().goarch, None);
        let whole = [&MAGIC[..], &member("a/", b"text")].concat();
        assert!(matches!(read(&whole[..40]), Err(Problem::Damaged(_))));
        assert!(matches!(read(&whole[..70]), Err(Problem::Damaged(_))));
        let large = [&MAGIC[..], &member("a/", b"").replace_size("99999999999999999999")].concat();
        assert!(matches!(read(&large), Err(Problem::Damaged(_))));
    }

    trait ReplaceSize {
        fn replace_size(self, size: &str) -> Vec<u8>;
    }

    impl ReplaceSize for Vec<u8> {
        fn replace_size(mut self, size: &str) -> Vec<u8> {
            self[48..58].copy_from_slice(&size.as_bytes()[..10]);
            self
        }
    }
}
