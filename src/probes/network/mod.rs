//! Proxies, the module proxy, the clock.

mod addresses;
mod certificates;
mod checksum_database;
mod clocks;
mod git_proxies;
pub(in crate::probes) mod go_url;
mod listeners;
mod module_proxy;
mod name_servers;
mod no_proxy;
mod plan;
mod proxy_answers;
mod proxy_fault;
mod proxy_list;
mod proxy_settings;
mod proxy_url;
mod routes;
mod rtc;
mod time_servers;
mod time_sync;
mod web_page;

pub use addresses::{Addresses, V6};
pub use certificates::{Certificates, ServerCertificate, Waiting};
pub use checksum_database::{ChecksumDatabase, Database, DatabaseAddress, DatabaseQuestion};
pub use clocks::{Clock, ClockReading, Clocks, TimeTool};
pub use git_proxies::{GitProxies, GitProxy};
pub use module_proxy::{Asked, ModuleProxy, Next, Question};
pub use name_servers::{Lookup, NameServer, NameServers, RESOLV_CONF, ResolvConf};
pub use no_proxy::{NoProxy, Useless, useless_entries};
pub(in crate::probes) use proxy_answers::answering;
pub use proxy_answers::{Answering, ProxyAnswers};
pub use proxy_fault::{FaultKind, ProxyFault};
pub use proxy_settings::{ProxySettings, ProxyValue, ProxyVariable, ProxyView, Targets};
pub use proxy_url::{ProxyUrl, Reading};
pub use time_sync::{Sync, TimeService, TimeSync};
pub use web_page::web_page;
