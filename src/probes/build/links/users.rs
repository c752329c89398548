//! What in a build uses C.

use crate::model::{CgoPackage, Missing};
use crate::probes::build::CgoPackages;

/// The packages with C in them.
#[derive(Debug, Clone, Default)]
pub struct CgoUsers {
    /// The first package of a module.
    pub own: Option<CgoPackage>,
    /// Those of the standard library.
    pub std: Vec<CgoPackage>,
    /// Why there may be more.
    pub missing: Option<Missing>,
}

impl From<CgoPackages> for CgoUsers {
    fn from(packages: CgoPackages) -> CgoUsers {
        CgoUsers {
            own: packages.found.into_iter().next(),
            std: packages.std,
            missing: packages.missing.into_values().next(),
        }
    }
}

impl CgoUsers {
    /// The package of the standard library that asks the C library for names
    /// of hosts or users.
    #[must_use]
    pub fn resolver(&self) -> Option<&CgoPackage> {
        self.std.iter().find(|package| ["net", "os/user"].contains(&package.package.as_str()))
    }
}
