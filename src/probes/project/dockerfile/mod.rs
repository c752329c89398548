//! Dockerfiles, read as BuildKit reads them and no further than it takes to
//! judge how they build Go programs.

mod go_call;
mod image;
mod instructions;
mod linking;
mod run;
mod scope;
mod shell;
mod shipments;
mod stages;
mod text;
mod words;

pub use go_call::GoCall;
pub use image::{Image, Libc};
pub use linking::Linking;
pub use run::{Run, Unknown};
pub use scope::{Argument, Scope};
pub use shipments::Shipment;
pub use stages::{Base, Copy, Dockerfile, Stage, Step};
