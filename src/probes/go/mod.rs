//! The Go toolchain and its settings.

pub mod goflags;
mod gopaths;
mod goroots;
mod installations;
mod managers;
mod settings;
mod toolchains;

pub use gopaths::{Gopaths, Overlap, OverlapKind};
pub use goroots::{Goroot, Goroots};
pub use installations::{Installation, Installations, Origin};
pub use settings::{EnvFile, EnvLine, Setting, SettingOrigin, Settings, View};
pub use toolchains::{GoCommand, Toolchains};
