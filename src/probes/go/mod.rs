//! The Go toolchain and its settings.

mod architectures;
mod choice;
mod goflags;
mod gopaths;
mod goroots;
mod installations;
mod lone;
mod managers;
mod policy;
mod releases;
mod selections;
mod settings;
mod std_files;
mod toolchains;
mod trees;

pub use architectures::{Architectures, Emulation, GoArch};
pub use choice::Because;
pub use goflags::{FlagFault, GoFlags};
pub use gopaths::{Gopath, Gopaths, Overlap};
pub use goroots::{Goroot, Goroots};
pub use installations::{Installation, Installations, Origin};
pub use lone::LoneGo;
pub(crate) use managers::version_in;
pub use policy::{Policy, Switch, Toolchain};
pub use releases::{Releases, Support};
pub use selections::{Choice, Selection, Selections};
pub use settings::{EnvFile, EnvLine, Setting, SettingOrigin, Settings, View};
pub use toolchains::{GoCommand, Toolchains};
pub use trees::{GoTree, GoTrees, Stamp, Stray};
