//! This machine.

mod options;

pub use options::{LiveOptions, Network};

/// This machine.
#[derive(Debug)]
pub enum Live {}

impl Live {
    /// Opens this machine.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn new(_options: LiveOptions) -> Result<Live, std::io::Error> {
        Err(std::io::Error::other("not here yet"))
    }
}
