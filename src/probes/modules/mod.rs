//! GOPATH, GOMODCACHE, module proxies and credentials.

mod gopath_entries;
mod places;
mod programs;
pub mod proxy_list;

pub use gopath_entries::{EntryFault, GopathEntries, WrongEntry};
pub use places::{Place, PlaceKind, Places};
pub use programs::{BinFolder, GoPrograms};
