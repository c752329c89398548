use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::reader::{Reader, Source};
use super::{build_info, elf, inspect, mach_o, pe, plan9, xcoff};
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

#[test]
fn programs_of_other_formats_tell_their_build_info() {
    let info = build_info::tests::inline("path\texample.org/x\nmod\texample.org/x\tv1.2.3\n");
    for (file, goos) in [(plan9::tests::program(&info), "plan9"), (xcoff::tests::program(&info), "aix")] {
        let file = file.as_slice();
        let binary = inspect(&Reader::new(&file as &dyn Source).unwrap(), "amd64").unwrap();
        assert_eq!(binary.goos.as_deref(), Some(goos));
        assert_eq!(binary.go.unwrap().go_version, "go1.24.1");
    }
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
        b"\0\0\x8a\x97".to_vec(),
        [&b"\x01\xf7\0\x02"[..], &[0; 12], &[0, 120]].concat(),
        Vec::new(),
    ])
}

/// Programs with everything that is looked at.
fn programs() -> [Vec<u8>; 5] {
    let info = build_info::tests::inline("path\texample.org/x\n");
    [
        elf::tests::dynamic(),
        mach_o::tests::fat(&[0x0100_0007, 0x0100_000c]),
        pe::tests::program(),
        plan9::tests::program(&info),
        xcoff::tests::program(&info),
    ]
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
        which in 0..5_usize,
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
