//! Dockerfiles, read as BuildKit reads them and no further than it takes to
//! judge how they build Go programs.

mod image;
mod instructions;
mod linking;
mod parse;
mod run;
mod scope;
mod shipments;
mod stages;
mod supplies;

pub use image::{Image, Libc};
pub use linking::Linking;
pub use run::{Run, Unknown};
pub use scope::{Argument, Scope};
pub use shipments::Shipment;
pub use stages::{Base, Copy, Dockerfile, Stage, Step};
