//! The Windows host around WSL: asked once, by one PowerShell, and read from
//! files where a file can tell.

mod answer;
mod clock;
mod facts;
mod failure;
mod go;
mod question;

pub use answer::HostAnswer;
pub use clock::HostClock;
pub use facts::{HostFacts, WindowsProxy, WindowsVariable};
pub use failure::{Failure, FailureClass};
pub use go::{GoOnWindows, WindowsGo};
