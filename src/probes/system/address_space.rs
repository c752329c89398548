use std::path::Path;

use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

const MAPS: &str = "/proc/self/maps";

/// How large the address space is that the kernel gives to a program. The
/// race detector of some architectures works with one size alone.
#[derive(Debug)]
pub struct AddressSpace {
    /// The size in bits, and where it was seen; None where no file tells.
    pub bits: Option<(u32, Evidence)>,
}

impl Fact for AddressSpace {
    const ID: &'static str = "address-space";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        match host.read_text(Path::new(MAPS)) {
            Ok(text) => Ok(AddressSpace { bits: bits(&text) }),
            Err(missing) if missing.is_absent() => Ok(AddressSpace { bits: None }),
            Err(missing) => Err(missing),
        }
    }
}

/// The size by the place of the stack, which lies at the upper end: so the
/// race detector itself finds out.
fn bits(maps: &str) -> Option<(u32, Evidence)> {
    let line = maps.lines().find(|line| line.ends_with("[stack]"))?;
    let (_, end) = line.split_whitespace().next()?.split_once('-')?;
    let end = u64::from_str_radix(end, 16).ok()?.checked_sub(1)?;
    let bits = u64::BITS - end.leading_zeros();
    Some((bits, Evidence::new(MAPS, line.split_whitespace().collect::<Vec<_>>().join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stack_tells_the_size() {
        let size = |text: &str| bits(text).map(|(bits, _)| bits);
        assert_eq!(size("0-1 r\nffffc0a3c000-ffffc0a5d000 rw-p 00000000 00:00 0    [stack]\n"), Some(48));
        assert_eq!(size("7fd0a3c000-7fd0a5d000 rw-p 00000000 00:00 0 [stack]\n"), Some(39));
        assert_eq!(size("7ffedec40000-7ffedec61000 rw-p 00000000 00:00 0 [stack]"), Some(47));
        for odd in ["", "[stack]", "x-y [stack]", "0-0 [stack]", "0-1 r\n"] {
            assert_eq!(size(odd), None, "{odd}");
        }
    }
}
