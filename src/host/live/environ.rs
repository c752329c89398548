//! Environments as blocks of `NAME=value`.

use crate::host::Environment;

/// The environment that this process was started with.
pub(super) fn of_this_process() -> Environment {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .collect()
}

/// The variables of a block in which each ends with a NUL, as `env -0` prints
/// it and `/proc/PID/environ` holds it. Entries without a name are left out;
/// of two with one name the first counts, as it does for `getenv`.
pub(super) fn of_block(block: &[u8]) -> Environment {
    let mut environment = Environment::default();
    for entry in block.split(|byte| *byte == 0) {
        let Some(equals) = entry.iter().position(|byte| *byte == b'=').filter(|at| *at > 0) else { continue };
        let name = String::from_utf8_lossy(&entry[..equals]);
        if environment.raw(&name).is_none() {
            environment.insert(name, String::from_utf8_lossy(&entry[equals + 1..]));
        }
    }
    environment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_keeps_empty_values_newlines_and_the_first_of_two() {
        let block = of_block(b"A=1\0EMPTY=\0LINES=x\ny=z\0=nameless\0noise\0A=2\0BAD=\xff\0");
        let pairs: Vec<_> = block.iter().collect();
        assert_eq!(pairs, [("A", "1"), ("BAD", "\u{fffd}"), ("EMPTY", ""), ("LINES", "x\ny=z")]);
    }
}
