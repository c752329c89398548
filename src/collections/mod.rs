//! Small collections, and sorting by one instance of the standard sort.
//!
//! The standard maps and sorts are compiled anew for every type that they
//! hold; a program with hundreds of small types pays for each in size.

mod handful;
pub(crate) mod order;
pub(crate) mod parallel;

pub(crate) use handful::Handful;
