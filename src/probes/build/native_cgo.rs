use super::{CgoPackages, CgoUse, ProjectPackages, Target};
use crate::host::Machine;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// What of the project uses C in a build for this machine, with cgo on. Much
/// is read for it: only what cannot be told otherwise asks for it.
#[derive(Debug)]
pub struct NativeCgo {
    /// The packages; None outside of modules, and where there is no Go.
    pub packages: Option<CgoPackages>,
}

impl Target {
    /// A build for this machine with cgo.
    pub(super) fn native(machine: &Machine) -> Target {
        Target { goos: machine.goos().to_owned(), goarch: machine.goarch().to_owned(), cgo: CgoUse::On }
    }
}

impl Fact for NativeCgo {
    const ID: &'static str = "native-cgo";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let project = match probing.get::<ProjectPackages>() {
            Ok(project) => project,
            Err(missing) if missing.is_absent() => return Ok(NativeCgo { packages: None }),
            Err(missing) => return Err(missing),
        };
        Ok(NativeCgo { packages: Some(project.cgo(host, &Target::native(host.machine()))) })
    }
}
