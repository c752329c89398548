//! What only one system knows how to do, behind one set of functions.
//!
//! [`unix`] is what Linux and macOS share, [`linux`] what only Linux has,
//! [`other`] what stands in where a system lacks it.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub mod supervise;

#[cfg(not(target_os = "linux"))]
pub use elsewhere::make_do;
#[cfg(target_os = "linux")]
pub use linux::make_do;

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::*;
#[cfg(target_os = "linux")]
pub(super) use linux::*;
#[cfg(unix)]
pub(super) use unix::*;
#[cfg(windows)]
pub(super) use windows::*;
