use super::super::inspect;
use super::super::reader::{Problem, Reader, Source};
use crate::host::{Binary, Format};

/// A 64-bit program that imports one library. Its only section stands at
/// 0x200 in the file and is loaded to 0x1000.
pub(in crate::host::live::binary) fn program() -> Vec<u8> {
    let mut file = b"MZ".to_vec();
    file.resize(0x3c, 0);
    file.extend(0x40_u32.to_le_bytes());
    file.extend(b"PE\0\0");
    file.extend([0x8664_u16, 1].iter().flat_map(|n| n.to_le_bytes()));
    file.extend([0; 12]);
    file.extend([128_u16, 0x22].iter().flat_map(|n| n.to_le_bytes()));
    let mut optional = vec![0; 128];
    optional[..2].copy_from_slice(&0x20b_u16.to_le_bytes());
    optional[24..32].copy_from_slice(&0x1_4000_0000_u64.to_le_bytes());
    optional[120..124].copy_from_slice(&0x1000_u32.to_le_bytes());
    file.extend(optional);
    file.extend(b".data\0\0\0");
    file.extend([0x100_u32, 0x1000, 0x100, 0x200, 0, 0, 0, 0xc000_0040].iter().flat_map(|n| n.to_le_bytes()));
    file.resize(0x200, 0);
    // One import, the end of the imports, and the name.
    file.extend([0_u32, 0, 0, 0x1040, 0, 0, 0, 0, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
    file.resize(0x240, 0);
    file.extend(b"kernel32.dll\0");
    file.resize(0x300, 0);
    file
}

fn read(file: &[u8]) -> Result<Binary, Problem> {
    inspect(&Reader::new(&file as &dyn Source).unwrap(), "amd64")
}

#[test]
fn a_windows_program_tells_what_it_needs() {
    let binary = read(&program()).unwrap();
    assert_eq!(binary.format, Format::Pe);
    assert_eq!((binary.goos.as_deref(), binary.goarch.as_deref()), (Some("windows"), Some("amd64")));
    assert_eq!(binary.needed, ["kernel32.dll"]);
}

#[test]
fn a_program_for_dos_is_something_else() {
    let mut file = program();
    file[0x40] = b'N';
    assert_eq!(read(&file).unwrap().format, Format::Other);
}

#[test]
fn a_file_that_was_cut_off_is_damaged() {
    let whole = program();
    for length in [2, 0x20, 0x3e, 0x50, 0x60, 0x100, 0x210, 0x245, 0x24b] {
        assert!(
            matches!(read(&whole[..length]), Err(Problem::Damaged(_)) | Ok(Binary { format: Format::Other, .. })),
            "cut at {length:#x}"
        );
    }
}
