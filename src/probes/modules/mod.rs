//! GOPATH, GOMODCACHE, module proxies and credentials.

mod caches;
mod foreign;
mod git_config;
mod goproxy;
mod programs;

pub use caches::{CacheFolder, Caches, Place, Role};
pub use foreign::Foreign;
pub use git_config::{GitConfig, GitEntry, GitLine, GitOrigin, GitView, Reach, Repository};
pub use goproxy::{GoProxy, GoProxyEntry, GoProxyFault};
pub use programs::{BinFolder, GoPrograms};
