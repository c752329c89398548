//! Real binaries with bits turned and ends cut off.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::made::Workshop;
use super::{inspect, text};

/// One of each format and of both kinds of linkers.
const FILES: [&str; 9] = [
    "c/pie-plain",
    "c/musl-plain",
    "c/object-debug",
    "go/out/linux-amd64-whole",
    "go/out/linux-s390x-whole",
    "go/out/windows-amd64-whole",
    "go/out/darwin-arm64-whole",
    "go/out/linux-arm64.a",
    "go/out/old",
];
const ROUNDS: usize = 40;
/// What an inspection takes at most: a hundred times what it takes.
const LONG: Duration = Duration::from_secs(5);
const VERDICTS: [&str; 5] = ["runs", "does-not-run", "unknown", "damaged", "not-a-program"];

/// Turns a bit, looks, turns it back; then cuts the end off, piece by piece.
pub fn survive(workshop: &Workshop) {
    let copy = workshop.folder().join("damaged");
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for name in FILES {
        let whole = fs::read(workshop.folder().join(name)).expect("it was made");
        fs::write(&copy, &whole).expect("it can be written");
        let file = File::options().write(true).open(&copy).expect("it can be opened");
        for round in 0..ROUNDS {
            // Headers stand at the start, tables of ELF at the end.
            let at = match round % 4 {
                0 | 1 => numbers.below(whole.len().min(1024)),
                2 => whole.len() - 1 - numbers.below(whole.len().min(4096)),
                _ => numbers.below(whole.len()),
            };
            let turned = whole[at] ^ (1 << numbers.below(8));
            file.write_all_at(&[turned], at as u64).expect("it can be written");
            look(&copy, &format!("{name} with {turned:#x} at byte {at}"));
            file.write_all_at(&whole[at..=at], at as u64).expect("it can be written");
        }
        for part in (1..16).rev() {
            let size = whole.len() * part / 16;
            file.set_len(size as u64).expect("it can be cut off");
            look(&copy, &format!("{name} cut off at byte {size}"));
        }
    }
}

fn look(file: &Path, what: &str) {
    let began = Instant::now();
    let files = inspect(&[file], &[]);
    assert!(began.elapsed() < LONG, "{what} took {:?}", began.elapsed());
    let [file] = &files[..] else { panic!("{what}: {files:?}") };
    let verdict = text(file, "/verdict");
    assert!(VERDICTS.contains(&verdict), "{what}: {file}");
    assert!(verdict == "runs" || !text(file, "/reason").is_empty(), "{what}: {file}");
}

/// Numbers that look like chance and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("it is below")
    }
}
