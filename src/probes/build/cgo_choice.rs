//! What Go chooses where nobody says: its C compiler, and cgo or not.

use crate::host::Host;
use crate::model::Target;
use crate::probes::go::{SettingOrigin, View};
use crate::probes::lookup;

/// The first Go that decides about cgo by itself: without a C compiler it turns
/// it off and says nothing.
pub const CGO_DECIDED_SINCE: (u32, u32) = (1, 20);

/// Whether Go uses cgo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cgo {
    /// CGO_ENABLED=1 was set.
    On,
    /// CGO_ENABLED=0 was set, or the target is another platform.
    Off,
    /// Go decides, since Go 1.20: on when its own choice of a C compiler is on
    /// PATH, or when the environment, not the GOENV file, has CC.
    Decided {
        /// What it decides.
        on: bool,
    },
}

impl Cgo {
    /// What becomes of cgo in a build for a target, where Go has cgo for it.
    #[must_use]
    pub fn of(host: &dyn Host, view: &View, target: &Target) -> Cgo {
        let machine = host.machine();
        match view.get("CGO_ENABLED").map(|setting| setting.value).as_deref() {
            Some("0") => Cgo::Off,
            Some("1") => Cgo::On,
            // Go takes every other value for none.
            _ if !machine.is_platform(&target.goos, &target.goarch) => Cgo::Off,
            _ => {
                let named = view.get("CC").is_some_and(|setting| setting.origin == SettingOrigin::Environment);
                let is_there = || lookup(host, default_cc(&target.goos), view.environment()).is_some();
                Cgo::Decided { on: named || is_there() }
            }
        }
    }
}

/// The C compiler that Go calls for an operating system when nobody says
/// which.
#[must_use]
pub fn default_cc(goos: &str) -> &'static str {
    if is_clangs(goos) { "clang" } else { "gcc" }
}

/// The C++ compiler that Go calls for an operating system when nobody says
/// which.
#[must_use]
pub fn default_cxx(goos: &str) -> &'static str {
    if is_clangs(goos) { "clang++" } else { "g++" }
}

/// Go's own list (`clangos` of cmd/dist).
fn is_clangs(goos: &str) -> bool {
    matches!(goos, "darwin" | "ios" | "freebsd" | "openbsd")
}
