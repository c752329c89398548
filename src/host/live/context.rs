//! What a shell is given before it reads its first file.
//!
//! Not our own environment: that is what the files made of it some time ago,
//! and a file that was repaired since would still look broken.

mod base;
mod etc;

pub(super) use base::base;
