//! Every file is survived: cut off anywhere, with any bit turned.

use std::cell::RefCell;
use std::fs::File;
use std::io;

use super::reader::{Problem, Reader, Source};
use super::{archive, elf, inspect, mach_o, pe};
use crate::model::Binary;

/// A file of which some bits are turned and the end is cut off; it notes what
/// is read of it.
struct Changed<'a> {
    whole: &'a dyn Source,
    size: u64,
    turned: Vec<(u64, u8)>,
    read: RefCell<Vec<(u64, u64)>>,
}

impl<'a> Changed<'a> {
    fn none(whole: &'a dyn Source) -> Self {
        let size = whole.size().unwrap();
        Changed { whole, size, turned: Vec::new(), read: RefCell::default() }
    }

    fn inspect(&self) -> Result<Binary, Problem> {
        inspect(&Reader::new(self).unwrap(), "amd64")
    }
}

impl Source for Changed<'_> {
    fn size(&self) -> io::Result<u64> {
        Ok(self.size)
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let count = buffer.len().min(usize::try_from(self.size.saturating_sub(offset)).unwrap());
        self.read.borrow_mut().push((offset, count as u64));
        let count = self.whole.read_at(&mut buffer[..count], offset)?;
        for (at, bit) in &self.turned {
            if let Some(byte) = at.checked_sub(offset).and_then(|at| buffer[..count].get_mut(at as usize)) {
                *byte ^= bit;
            }
        }
        Ok(count)
    }
}

/// Numbers that look like chance and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

/// Turns bits of what is read of a file, and cuts it off before, in and
/// behind every piece of that. Returns how often it was found damaged.
fn torment(whole: &dyn Source, rounds: usize) -> usize {
    let clean = Changed::none(whole);
    clean.inspect().unwrap();
    let places = clean.read.take();
    let mut damaged = 0;
    let mut count = |answer: Result<Binary, Problem>| match answer {
        Ok(_) | Err(Problem::NotUnderstood(_)) => {}
        Err(Problem::Damaged(what)) => {
            assert!(!what.is_empty());
            damaged += 1;
        }
        Err(Problem::Io(error)) => panic!("{error}"),
    };
    for (offset, size) in &places {
        for size in [*offset, offset + 1, offset + size / 2, offset + size - 1, offset + size] {
            count(Changed { size, ..Changed::none(whole) }.inspect());
        }
    }
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..rounds {
        let turned = (0..=round % 4).map(|_| {
            let (offset, size) = places[numbers.below(places.len() as u64) as usize];
            (offset + numbers.below(size.min(1024)), 1 << numbers.below(8))
        });
        count(Changed { turned: turned.collect(), ..Changed::none(whole) }.inspect());
    }
    damaged
}

#[test]
fn made_files_of_every_format_are_survived() {
    let files = [
        elf::tests::dynamic(),
        pe::tests::program(),
        mach_o::tests::fat(&[0x0100_0007, 0x0100_000c]),
        archive::tests::library(),
    ];
    for file in files {
        assert!(torment(&file.as_slice(), 4000) > 0);
    }
}

/// A real one: the program that this test is in.
#[test]
fn a_real_program_is_survived() {
    let program = File::open(std::env::current_exe().unwrap()).unwrap();
    assert!(torment(&program, 600) > 0);
}

/// Counts of 4 billion, and lists whose entries are each other.
#[test]
fn counts_that_lie_are_damage_or_nothing() {
    let mut elf = elf::tests::dynamic();
    elf[56..58].fill(0xff);
    assert!(matches!(inspect(&Reader::new(&elf.as_slice()).unwrap(), "amd64"), Err(Problem::Damaged(_))));
    let mut elf = elf::tests::dynamic();
    // As many sections as there can be, in a file that has no end.
    elf[58..60].copy_from_slice(&64_u16.to_le_bytes());
    elf[60..62].fill(0xff);
    elf[40..48].copy_from_slice(&64_u64.to_le_bytes());
    elf.resize(64 + 64 * 0xffff, 7);
    assert!(inspect(&Reader::new(&elf.as_slice()).unwrap(), "amd64").is_ok());
    // A file with two architectures, both of which are the file itself.
    let mut fat = mach_o::tests::fat(&[1, 2]);
    for entry in [8, 28] {
        fat[entry + 8..entry + 12].fill(0);
    }
    assert!(matches!(inspect(&Reader::new(&fat.as_slice()).unwrap(), "amd64"), Err(Problem::Damaged(_))));
}
