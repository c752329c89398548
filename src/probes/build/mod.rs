//! cgo, C tools, targets.

mod c_use;
mod cgo_need;
mod compilers;
mod go_file;
mod headers;
mod libc;
mod libc_mix;
mod native_cgo;
mod packages;
mod pkg_config;
mod race_gaps;
mod race_use;

pub use c_use::CUse;
pub use cgo_need::CgoNeed;
pub use compilers::{CallFault, Cgo, Compiler, Compilers};
pub(crate) use go_file::imports;
pub use headers::{HeaderGap, LibcHeaders};
pub use libc::Libc;
pub use libc_mix::{LibcGap, LibcMix, LibcPart};
pub use native_cgo::NativeCgo;
pub use packages::{CgoPackages, CgoUse, LeftOut, ProjectPackages, Rest, Target, packages_for};
pub use pkg_config::{PcAsk, PcLack, PcMissing, PkgConfig};
pub use race_gaps::{RaceAsk, RaceGap, RaceGaps, RaceObstacle};
pub use race_use::{RaceLine, RacePlace, RaceUse};
