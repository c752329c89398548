//! binfmt_misc: programs that the kernel starts files of other formats with.

use std::path::PathBuf;

use crate::host::Host;
use crate::probes::system::{HandlerTable, Listing, TableState};

/// A handler that is enabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handler {
    /// The program that gets the file.
    pub(super) interpreter: PathBuf,
    offset: usize,
    magic: Vec<u8>,
    mask: Vec<u8>,
}

/// Those that are enabled and go by a file's content. None where there is no
/// such folder, or the kernel does not use what is in it.
pub(super) fn read(host: &dyn Host) -> Vec<Handler> {
    let listing = Listing::read(host).ok().filter(|listing| listing.state == TableState::On);
    let names = listing.map(|listing| listing.names).unwrap_or_default();
    names.iter().filter_map(|name| Handler::parse(&host.read_text(&HandlerTable::entry(name)).ok()?)).collect()
}

impl Handler {
    /// Parses what the kernel says of one: words, line by line.
    fn parse(text: &str) -> Option<Handler> {
        let mut lines = text.lines();
        if lines.next() != Some("enabled") {
            return None;
        }
        let mut handler = Handler { interpreter: PathBuf::new(), offset: 0, magic: Vec::new(), mask: Vec::new() };
        for (name, value) in lines.filter_map(|line| line.split_once(' ')) {
            match name {
                "interpreter" => handler.interpreter = value.into(),
                "offset" => handler.offset = value.parse().ok()?,
                "magic" => handler.magic = bytes(value)?,
                "mask" => handler.mask = bytes(value)?,
                _ => {}
            }
        }
        (!handler.magic.is_empty()).then_some(handler)
    }

    /// Whether it takes a file that begins like this.
    pub(super) fn takes(&self, start: &[u8]) -> bool {
        let Some(there) = start.get(self.offset..).and_then(|rest| rest.get(..self.magic.len())) else { return false };
        let mask = self.mask.iter().chain(std::iter::repeat(&0xff));
        there.iter().zip(&self.magic).zip(mask).all(|((there, magic), mask)| (there ^ magic) & mask == 0)
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const QEMU: &str = "enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: F\noffset 0\n\
        magic 7f454c460201010000000000000000000200b700\nmask ffffffffffffff00fffffffffffffffffeffffff\n";

    fn header(kind: u8, machine: u8) -> Vec<u8> {
        let mut start = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
        start.extend([kind, 0, machine, 0, 1, 0]);
        start
    }

    #[test]
    fn the_mask_leaves_the_type_open() {
        let handler = Handler::parse(QEMU).unwrap();
        assert_eq!(handler.interpreter, Path::new("/usr/bin/qemu-aarch64"));
        assert!(handler.takes(&header(2, 0xb7)) && handler.takes(&header(3, 0xb7)));
        assert!(!handler.takes(&header(2, 0x3e)) && !handler.takes(b"\x7fELF"));
    }

    #[test]
    fn what_is_disabled_or_goes_by_name_is_passed_over() {
        assert_eq!(Handler::parse(&QEMU.replace("enabled", "disabled")), None);
        assert_eq!(Handler::parse("enabled\ninterpreter /usr/bin/jexec\nflags: \nextension .jar\n"), None);
        assert_eq!(Handler::parse(&QEMU.replace("7f45", "7x45")), None);
        assert_eq!(Handler::parse(""), None);
    }
}
