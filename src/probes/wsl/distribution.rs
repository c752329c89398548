use crate::host::WslClass;
use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

/// The distribution that this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// Under which WSL.
    pub class: WslClass,
    /// Its name on Windows, where the session tells it.
    pub name: Option<String>,
    /// How all this shows.
    pub evidence: Vec<Evidence>,
}

impl Fact for Distribution {
    const ID: &'static str = "wsl-distribution";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let machine = probing.host().machine();
        let Some(release) = machine.kernel.as_deref().filter(|release| !release.is_empty()) else {
            return Err(Missing::failed("the kernel does not say its release, by which WSL 1 and 2 differ"));
        };
        let wsl = &machine.wsl;
        let mut evidence = wsl.evidence.clone();
        if evidence.is_empty() {
            evidence.push(Evidence::new("/proc/sys/kernel/osrelease", release));
        }
        Ok(Distribution { class: wsl.class, name: wsl.distribution.clone(), evidence })
    }
}

impl Distribution {
    /// The name for a command: a placeholder where it is not known.
    #[must_use]
    pub fn named(&self) -> &str {
        self.name.as_deref().unwrap_or("DISTRIBUTION")
    }
}
