use super::super::inspect;
use super::super::reader::{Problem, Reader, Source};
use crate::host::{Binary, Format};

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn padded(text: &str, size: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(size, 0);
    bytes
}

/// A 64-bit program with a loader, a library and a search path.
fn thin(cpu: u32) -> Vec<u8> {
    let commands = [
        [words(&[0xe, 32, 12]), padded("/usr/lib/dyld", 20)].concat(),
        [words(&[0xc, 48, 24, 0, 0, 0]), padded("/usr/lib/libSystem.B", 24)].concat(),
        [words(&[0x8000_001c, 24, 12]), padded("@loader", 12)].concat(),
    ];
    let size: usize = commands.iter().map(Vec::len).sum();
    let header = words(&[0xfeed_facf, cpu, 0, 2, 3, size as u32, 0, 0]);
    [header, commands.concat()].concat()
}

/// A file with these architectures.
pub(in crate::host::live::binary) fn fat(cpus: &[u32]) -> Vec<u8> {
    let mut file = [0xcafe_babe_u32, cpus.len() as u32].iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<_>>();
    let start = 8 + 20 * cpus.len();
    let size = thin(0).len();
    for (index, cpu) in cpus.iter().enumerate() {
        let entry = [*cpu, 0, (start + index * size) as u32, size as u32, 0];
        file.extend(entry.iter().flat_map(|n| n.to_be_bytes()));
    }
    file.extend(cpus.iter().flat_map(|cpu| thin(*cpu)));
    file
}

fn read(file: &[u8], goarch: &str) -> Result<Binary, Problem> {
    inspect(&Reader::new(&file as &dyn Source).unwrap(), goarch)
}

const AMD64: u32 = 0x0100_0007;
const ARM64: u32 = 0x0100_000c;

#[test]
fn a_thin_program_tells_what_it_needs() {
    let binary = read(&thin(ARM64), "amd64").unwrap();
    assert_eq!(binary.format, Format::MachO);
    assert_eq!((binary.goos.as_deref(), binary.goarch.as_deref()), (Some("darwin"), Some("arm64")));
    assert_eq!(binary.interpreter.unwrap().to_str(), Some("/usr/lib/dyld"));
    assert_eq!(binary.needed, ["/usr/lib/libSystem.B"]);
    assert_eq!(binary.run_path, ["@loader"]);
}

#[test]
fn of_several_architectures_the_preferred_one_is_told() {
    let file = fat(&[AMD64, ARM64]);
    assert_eq!(read(&file, "arm64").unwrap().goarch.as_deref(), Some("arm64"));
    assert_eq!(read(&file, "riscv64").unwrap().goarch.as_deref(), Some("amd64"));
    assert!(matches!(read(&fat(&[]), "amd64"), Err(Problem::Damaged(_))));
}

#[test]
fn a_java_class_is_something_else() {
    assert_eq!(read(b"\xca\xfe\xba\xbe\0\0\0\x34class", "amd64").unwrap().format, Format::Other);
}

#[test]
fn a_file_that_was_cut_off_is_damaged_wherever_it_was_cut() {
    for file in [thin(AMD64), fat(&[AMD64])] {
        for length in 8..file.len() {
            assert!(matches!(read(&file[..length], "amd64"), Err(Problem::Damaged(_))), "cut at {length}");
        }
    }
}

#[test]
fn a_command_without_a_size_is_damage() {
    let mut file = thin(AMD64);
    file[32 + 4] = 0;
    assert!(matches!(read(&file, "amd64"), Err(Problem::Damaged(_))));
}
