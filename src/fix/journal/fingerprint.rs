use serde::{Deserialize, Serialize};

/// What tells a content from another one: against damage, not against malice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// How many bytes there are.
    pub(super) bytes: u64,
    /// Their FNV-1a sum, in hexadecimal.
    sum: String,
}

impl Fingerprint {
    /// That of a content.
    pub(in crate::fix) fn of(content: &[u8]) -> Self {
        Fingerprint { bytes: content.len() as u64, sum: sum(content) }
    }

    /// True for the content that it is of.
    pub(in crate::fix) fn fits(&self, content: &[u8]) -> bool {
        content.len() as u64 == self.bytes && sum(content) == self.sum
    }
}

/// FNV-1a, 64 bits.
fn sum(bytes: &[u8]) -> String {
    let sum = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{sum:016x}")
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn the_sum_is_fnv_1a() {
        assert_eq!(sum(b""), "cbf29ce484222325");
        assert_eq!(sum(b"foobar"), "85944171f73967e8");
    }
}
