//! The Go toolchain and its settings.

mod architectures;
mod cache_programs;
mod choice;
mod env_file_lines;
mod env_files;
mod experiments;
mod godebug;
mod goflags;
mod gopaths;
mod goroots;
mod installations;
mod known_settings;
mod lone;
mod look_alike;
mod managers;
mod path_toolchains;
mod per_root;
mod platforms;
mod policy;
mod race_platforms;
mod releases;
mod running;
mod selections;
mod setting_names;
mod settings;
mod std_files;
mod toolchains;
mod trees;

pub use architectures::{Architectures, Emulation, GoArch};
mod unknown_names;

pub use cache_programs::{CacheProgram, CachePrograms};
pub use choice::Because;
pub use env_file_lines::{FaultyLine, LineFault};
pub use env_files::{EnvFileContent, EnvFileState, EnvFileText, EnvFiles};
pub use experiments::Experiments;
pub use godebug::{DebugSettings, KnownDebug};
pub use goflags::{FlagFault, GoFlags};
pub use gopaths::{Gopath, Gopaths, Overlap};
pub use goroots::{Goroot, Goroots};
pub(in crate::probes) use installations::root_version;
pub use installations::{Installation, Installations, Origin};
pub use lone::LoneGo;
pub use look_alike::look_alike;
pub(crate) use managers::version_in;
pub use managers::{
    BrokenShim, InUse, Installed, Lack, Manager, Pick, Pin, PinnedBy, Program, Through, VersionManagers,
};
pub use path_toolchains::{PathToolchain, PathToolchains, Provided};
pub use platforms::{ARCHITECTURES, SYSTEMS, is_platform_word};
pub use policy::{Policy, Switch, Toolchain};
pub use race_platforms::has_race_detector;
pub use releases::{Releases, Support};
pub use running::{RunningGo, RunningGos};
pub use selections::{Choice, Selection, Selections};
pub use setting_names::SETTING_NAMES;
pub use settings::{EnvFile, EnvLine, Setting, SettingOrigin, Settings, View};
pub use toolchains::{GoCommand, GorootUse, Toolchains};
pub use trees::{GoTree, GoTrees, Stamp, Stray};
pub use unknown_names::{NamePlace, UnknownName, UnknownNames};
