//! Kernel, distribution, limits, disks.

mod address_space;
mod commands;
mod go_packages;
mod handler_table;
mod homes;
mod inotify;
mod limits;
mod memory;
mod processor;
mod root_certificates;
mod sudo;
mod sudoers;
mod users;
mod zone_data;

pub use address_space::AddressSpace;
pub use commands::Commands;
pub use go_packages::{GoPackage, GoPackages};
pub(super) use handler_table::Listing;
pub use handler_table::{HandlerTable, TableState};
pub use homes::{Home, Homes};
pub use inotify::{Inotify, Usage};
pub use limits::{Limit, Limits, ProcessLimits};
pub use memory::{Bound, Memory};
pub use processor::Processor;
pub use root_certificates::{CertificatePlaces, RootCertificates};
pub use sudo::{SecurePath, Standing, Sudo};
pub use users::Users;
pub use zone_data::ZoneData;
