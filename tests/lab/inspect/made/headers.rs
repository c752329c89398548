//! Programs whose headers say something else, and those that were cut off.

use super::Workshop;

const OS_ABI: usize = 7;
const MACHINE: usize = 18;

/// Architectures by their numbers in ELF, of 64 bits and little-endian.
const MACHINES: [(&str, u8); 8] = [
    ("aarch64", 183),
    ("riscv", 243),
    ("ppc64", 21),
    ("mips", 8),
    ("loongarch", 2),
    ("bpf", 247),
    ("alpha", 41),
    ("unknown", 200),
];

pub(super) fn make(workshop: &Workshop) {
    for (name, number) in MACHINES {
        // LoongArch has a number of two bytes.
        let high = u8::from(name == "loongarch");
        workshop.changed("c/static-plain", &format!("headers/machine-{name}"), |content| {
            content[MACHINE] = number;
            content[MACHINE + 1] = high;
        });
    }
    for number in [0, 1, 2, 3, 6, 7, 9, 12, 97, 255] {
        workshop.changed("c/static-plain", &format!("headers/abi-{number}"), |content| content[OS_ABI] = number);
    }
    for (name, cut) in [("header", 40), ("programs", 100), ("code", 6000), ("half", 0), ("end", 1)] {
        workshop.changed("c/pie-plain", &format!("headers/cut-{name}"), |content| {
            let whole = content.len();
            content.truncate(match cut {
                0 => whole / 2,
                1 => whole - 1,
                cut => cut,
            });
        });
    }
    workshop.changed("c/pie-plain", "headers/closed", |_| {});
    let closed = std::fs::read(workshop.path("headers/closed")).expect("it was made");
    workshop.write("headers/closed", &closed, 0o644);
}
