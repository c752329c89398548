use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// How this distribution was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boot {
    /// The name of process 1: `systemd`, or `init` for WSL's own.
    pub init: Result<String, Missing>,
    /// When the virtual machine started, by our clock.
    pub time: Result<Timestamp, Missing>,
}

impl Fact for Boot {
    const ID: &'static str = "wsl-boot";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let init = host.read_text(Path::new("/proc/1/comm")).map(|text| text.trim().to_owned());
        let time = host.read_text(Path::new("/proc/uptime")).and_then(|text| {
            let seconds: Option<f64> = text.split_whitespace().next().and_then(|word| word.parse().ok());
            let up = seconds.and_then(|seconds| SignedDuration::try_from_secs_f64(seconds).ok());
            let start = up.and_then(|up| host.now().checked_sub(up).ok());
            start.ok_or_else(|| Missing::failed("/proc/uptime cannot be read"))
        });
        Ok(Boot { init, time })
    }
}
