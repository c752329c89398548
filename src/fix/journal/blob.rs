use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::fix::disk::Disk;
use crate::fix::io_text;

/// A content that is kept in a file of its own beside the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// The name of that file.
    file: String,
    /// How many bytes it holds.
    bytes: u64,
    /// Their FNV-1a sum, in hexadecimal: against damage, not against malice.
    sum: String,
}

impl Blob {
    /// A blob of this name and content, not yet written.
    pub(super) fn new(file: String, content: &[u8]) -> Self {
        Blob { file, bytes: content.len() as u64, sum: sum(content) }
    }

    /// The name of its file.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// Reads the content.
    ///
    /// # Errors
    /// Why it cannot be had as it was written.
    pub(super) fn load(&self, disk: &dyn Disk, folder: &Path) -> Result<Vec<u8>, String> {
        if self.file.contains(['/', '\\']) || self.file.starts_with('.') {
            return Err(format!("{:?} is not the name of a kept content", self.file));
        }
        let content = disk
            .read(&folder.join(&self.file), self.bytes)
            .map_err(|error| format!("{}: {}", self.file, io_text(&error)))?;
        if content.len() as u64 == self.bytes && sum(&content) == self.sum {
            Ok(content)
        } else {
            Err(format!("{} is not what was written", self.file))
        }
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
