use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::reader::{Reader, Source};
use super::{elf, inspect, mach_o, pe};
use crate::host::Format;

fn read(file: &[u8]) -> Option<Format> {
    inspect(&Reader::new(&file as &dyn Source).unwrap(), "amd64").ok().map(|binary| binary.format)
}

#[test]
fn scripts_and_other_files_are_told() {
    let interpreter = |text: &[u8]| inspect(&Reader::new(&text as &dyn Source).unwrap(), "amd64").unwrap().interpreter;
    assert_eq!(interpreter(b"#! /usr/bin/env bash\necho").unwrap().to_str(), Some("/usr/bin/env"));
    assert_eq!(interpreter(b"#!/bin/sh\r\necho").unwrap().to_str(), Some("/bin/sh\r"));
    assert_eq!(interpreter(b"#!\n"), None);
    assert_eq!(read(b"#!/bin/sh"), Some(Format::Script));
    assert_eq!(read(b""), Some(Format::Other));
    assert_eq!(read(b"\0asm\x01\0\0\0"), Some(Format::Other));
}

fn magic() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![
        b"\x7fELF\x02\x01\x01".to_vec(),
        b"\x7fELF\x01\x02\x01".to_vec(),
        b"MZ".to_vec(),
        b"\xca\xfe\xba\xbe\0\0\0\x02".to_vec(),
        b"\xcf\xfa\xed\xfe".to_vec(),
        b"\xfe\xed\xfa\xce".to_vec(),
        b"#!".to_vec(),
        Vec::new(),
    ])
}

/// Programs with everything that is looked at.
fn programs() -> [Vec<u8>; 3] {
    [elf::tests::dynamic(), mach_o::tests::fat(&[0x0100_0007, 0x0100_000c]), pe::tests::program()]
}

proptest! {
    /// Whatever follows a magic number, the answer comes, without a panic.
    #[test]
    fn rubbish_is_survived(
        start in magic(),
        rest in vec(prop_oneof![Just(0_u8), Just(1), Just(0xff), any::<u8>()], 0..2048),
    ) {
        let file = [start, rest].concat();
        prop_assert_eq!(read(&file), read(&file));
    }

    /// Any bytes of a program may be wrong, and its end may be missing.
    #[test]
    fn a_changed_program_is_survived(
        which in 0..3_usize,
        changes in vec((any::<Index>(), prop_oneof![Just(0_u8), Just(0xff), any::<u8>()]), 1..12),
        cut in any::<Index>(),
    ) {
        let mut file = programs()[which].clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        prop_assert_eq!(read(&file), read(&file));
        file.truncate(cut.index(file.len()));
        prop_assert_eq!(read(&file), read(&file));
    }
}
