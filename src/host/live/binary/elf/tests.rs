use super::super::inspect;
use super::super::reader::{Problem, Reader, Source};
use crate::host::{Binary, Format};

/// A program for Linux on amd64 with a loader, two libraries, a search path
/// and symbol versions. Loaded to 0x400000, everything at its file offset.
pub(in crate::host::live::binary) fn dynamic() -> Vec<u8> {
    const BASE: u64 = 0x40_0000;
    let names = b"\0libc.so.6\0libm.so.6\0/opt/lib:$ORIGIN\0GLIBC_2.4\0GLIBC_2.34\0GLIBC_PRIVATE\0";
    let (interp, dynamic, strings, versions) = (0x200_u64, 0x240_u64, 0x300_u64, 0x380_u64);
    let mut file = header(62, 3);
    for (kind, at, size) in [(1, 0, 0x480), (3, interp, 28), (2, dynamic, 0x70)] {
        program(&mut file, kind, 4, at, BASE + at, size);
    }
    place(&mut file, interp, b"/lib64/ld-linux-x86-64.so.2\0");
    let entries =
        [(1, 1), (1, 11), (29, 21), (5, BASE + strings), (0x6fff_fffe, BASE + versions), (0x6fff_ffff, 1), (0, 0)];
    let entries: Vec<u8> =
        entries.iter().flat_map(|(tag, value)| [u64::to_le_bytes(*tag), u64::to_le_bytes(*value)]).flatten().collect();
    place(&mut file, dynamic, &entries);
    place(&mut file, strings, names);
    // One library with three versions: 2.4, 2.34 and a private one.
    let mut needed = Vec::new();
    needed.extend([1_u16, 3].iter().flat_map(|n| n.to_le_bytes()));
    needed.extend([1_u32, 16, 0].iter().flat_map(|n| n.to_le_bytes()));
    for (name, next) in [(38_u32, 16_u32), (48, 16), (59, 0)] {
        needed.extend([0_u32, 0, name, next].iter().flat_map(|n| n.to_le_bytes()));
    }
    place(&mut file, versions, &needed);
    file.resize(0x480, 0);
    file
}

fn header(machine: u16, programs: u16) -> Vec<u8> {
    let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    file.extend([2_u16, machine].iter().flat_map(|n| n.to_le_bytes()));
    file.extend(1_u32.to_le_bytes());
    file.extend([0_u64, 64, 0].iter().flat_map(|n| n.to_le_bytes()));
    file.extend(0_u32.to_le_bytes());
    file.extend([64_u16, 56, programs, 64, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
    file
}

fn program(file: &mut Vec<u8>, kind: u32, flags: u32, offset: u64, address: u64, size: u64) {
    file.extend([kind, flags].iter().flat_map(|n| n.to_le_bytes()));
    file.extend([offset, address, address, size, size, 8].iter().flat_map(|n| n.to_le_bytes()));
}

fn place(file: &mut Vec<u8>, at: u64, content: &[u8]) {
    file.resize(at as usize, 0);
    file.extend(content);
}

fn read(file: &[u8]) -> Result<Binary, Problem> {
    inspect(&Reader::new(&file as &dyn Source).unwrap(), "amd64")
}

#[test]
fn a_dynamic_program_tells_what_it_needs() {
    let binary = read(&dynamic()).unwrap();
    assert_eq!(binary.format, Format::Elf);
    assert_eq!((binary.goos.as_deref(), binary.goarch.as_deref()), (Some("linux"), Some("amd64")));
    assert_eq!(binary.interpreter.unwrap().to_str(), Some("/lib64/ld-linux-x86-64.so.2"));
    assert_eq!(binary.needed, ["libc.so.6", "libm.so.6"]);
    assert_eq!(binary.run_path, ["/opt/lib", "$ORIGIN"]);
    assert_eq!(binary.glibc_required.as_deref(), Some("2.34"));
    assert_eq!(binary.go, None);
}

#[test]
fn a_static_program_needs_nothing() {
    let mut file = header(243, 1);
    program(&mut file, 1, 5, 0, 0x1_0000, 120);
    let binary = read(&file).unwrap();
    assert_eq!((binary.goos, binary.goarch.as_deref()), (None, Some("riscv64")));
    assert!(binary.needed.is_empty() && binary.interpreter.is_none());
}

#[test]
fn a_file_that_was_cut_off_is_damaged_wherever_it_was_cut() {
    let whole = dynamic();
    for length in 4..0x3b8 {
        assert!(matches!(read(&whole[..length]), Err(Problem::Damaged(_))), "cut at {length:#x}");
    }
}

#[test]
fn a_list_that_goes_round_ends() {
    let mut file = dynamic();
    // The only library of the version list names itself as the next, and
    // offsets that go round cannot be: it walks off the end instead.
    file[0x380 + 12] = 1;
    assert!(matches!(read(&file), Err(Problem::Damaged(_))));
}

/// A library with two versions of its own.
fn library() -> Vec<u8> {
    const BASE: u64 = 0x40_0000;
    let (dynamic, strings, versions) = (0x240_u64, 0x300_u64, 0x380_u64);
    let mut file = header(62, 2);
    for (kind, at, size) in [(1, 0, 0x480), (2, dynamic, 0x40)] {
        program(&mut file, kind, 4, at, BASE + at, size);
    }
    let entries = [(5, BASE + strings), (0x6fff_fffc, BASE + versions), (0x6fff_fffd, 3), (0, 0)];
    let entries: Vec<u8> =
        entries.iter().flat_map(|(tag, value)| [u64::to_le_bytes(*tag), u64::to_le_bytes(*value)]).flatten().collect();
    place(&mut file, dynamic, &entries);
    place(&mut file, strings, b"\0libc.so.6\0GLIBC_2.9\0GLIBC_2.36\0");
    let mut defined = Vec::new();
    for (name, next) in [(1_u32, 28_u32), (11, 28), (21, 0)] {
        defined.extend([1_u16, 0, 1, 1].iter().flat_map(|n| n.to_le_bytes()));
        defined.extend([0_u32, 20, next, name, 0].iter().flat_map(|n| n.to_le_bytes()));
    }
    place(&mut file, versions, &defined);
    file.resize(0x480, 0);
    file
}

#[test]
fn a_libc_tells_what_it_provides() {
    let binary = read(&library()).unwrap();
    assert_eq!((binary.glibc_provided.as_deref(), binary.glibc_required), (Some("2.36"), None));
    assert_eq!(read(&dynamic()).unwrap().glibc_provided, None);
}

#[test]
fn a_list_of_definitions_that_goes_round_ends() {
    let mut file = library();
    // Offsets that go round cannot be: the list walks off the end instead.
    file[0x380 + 16..0x380 + 20].copy_from_slice(&1_u32.to_le_bytes());
    assert!(matches!(read(&file), Err(Problem::Damaged(_))));
}
