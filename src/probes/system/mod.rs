//! Kernel, distribution, limits, disks.

mod commands;
mod go_packages;
mod homes;
mod processor;
mod root_certificates;
mod users;

pub use commands::Commands;
pub use go_packages::{GoPackage, GoPackages};
pub use homes::{Home, Homes};
pub use processor::Processor;
pub use root_certificates::{CertificatePlaces, RootCertificates};
pub use users::Users;
