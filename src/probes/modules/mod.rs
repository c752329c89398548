//! GOPATH, GOMODCACHE, module proxies and credentials.

mod caches;
mod credential_helpers;
mod downloads;
mod foreign;
mod git_address;
mod git_config;
mod git_fetch;
mod git_url;
mod goproxy;
mod netrc;
mod patterns;
mod programs;
mod route;
mod ssh;
mod torn;

pub use caches::{CacheFolder, Caches, Place, Role};
pub use credential_helpers::{CredentialHelpers, CredentialStore};
pub(crate) use downloads::escaped;
pub use downloads::{CacheContent, Content, Downloads, Needed};
pub use foreign::Foreign;
pub use git_address::{GitAddress, is_public_host, private_part};
pub use git_config::{GitConfig, GitEntry, GitLine, GitOrigin, GitView, Reach, Repository};
pub use git_fetch::{GitFetch, git_fetches};
pub use git_url::{GitUrl, Transport};
pub use goproxy::{GoProxy, GoProxyEntry, GoProxyFault};
pub use netrc::{Netrc, NetrcFile};
pub use patterns::{ModulePatterns, PatternFault};
pub use programs::{BinFolder, GoPrograms};
pub use route::{Route, public_match};
pub use ssh::{Agent, Lock, Ssh, SshKey};
pub use torn::{Tear, Torn};
