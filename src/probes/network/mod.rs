//! Proxies, the module proxy, the clock.

mod go_url;
mod no_proxy;
mod proxy_fault;
mod proxy_settings;
mod proxy_url;

pub use no_proxy::NoProxy;
pub use proxy_fault::{FaultKind, ProxyFault};
pub use proxy_settings::{ProxySettings, ProxyValue, ProxyVariable, ProxyView, Targets};
pub use proxy_url::{ProxyUrl, Reading};
