//! What was applied, with what it takes to undo it.
//!
//! In the state folder, one folder per entry: `entry.json`, and beside it the
//! contents of files before and after, byte for byte. Nobody else can read
//! them, for rc files hold secrets.

mod blob;
mod entry;
mod error;
mod fingerprint;
mod id;
mod lock;
mod read;
mod state;
mod write;

pub use entry::{About, Entry, Phase, Progress, Recorded};
pub use error::JournalError;
pub use fingerprint::Fingerprint;
pub use id::EntryId;
pub use lock::{Lock, LockError};
pub use read::{Damaged, History};
pub use state::StateFolder;
