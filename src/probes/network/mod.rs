//! Proxies, the module proxy, the clock.

mod clocks;
pub(in crate::probes) mod go_url;
mod listeners;
mod module_proxy;
mod no_proxy;
mod proxy_answers;
mod proxy_fault;
mod proxy_list;
mod proxy_settings;
mod proxy_url;
mod rtc;
mod time_servers;

pub use clocks::{Clock, ClockReading, Clocks, TimeTool};
pub use module_proxy::{Asked, ModuleProxy, Next, Question};
pub use no_proxy::NoProxy;
pub(in crate::probes) use proxy_answers::answering;
pub use proxy_answers::{Answering, ProxyAnswers};
pub use proxy_fault::{FaultKind, ProxyFault};
pub use proxy_settings::{ProxySettings, ProxyValue, ProxyVariable, ProxyView, Targets};
pub use proxy_url::{ProxyUrl, Reading};
