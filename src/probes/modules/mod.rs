//! GOPATH, GOMODCACHE, module proxies and credentials.

mod programs;

pub use programs::{BinFolder, GoPrograms};
