use std::path::{Path, PathBuf};

use super::installations::root_version;
use super::settings::Settings;
use crate::collections::Handful;
use crate::host::Host;
use crate::model::GoVersion;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// What lies at the folders that GOROOT names, in any context.
#[derive(Debug)]
pub struct Goroots {
    found: Handful<PathBuf, Goroot>,
}

/// What lies at a folder that GOROOT names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goroot {
    /// Nothing.
    Nothing,
    /// Something, and it is no Go: there is no `src/runtime` in it.
    NotGo,
    /// A Go.
    Go {
        /// From its VERSION file.
        version: Option<GoVersion>,
        /// The folder with every link followed.
        real: PathBuf,
    },
    /// It could not be looked at.
    Unknown(Missing),
}

impl Fact for Goroots {
    const ID: &'static str = "goroot-folders";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let found = settings
            .values("GOROOT")
            .into_iter()
            .map(|(setting, _)| PathBuf::from(setting.value))
            .map(|root| (root.clone(), Goroot::read(host, &root)))
            .collect();
        Ok(Goroots { found })
    }
}

impl Goroot {
    fn read(host: &dyn Host, root: &Path) -> Goroot {
        match host.stat(&root.join("src/runtime")) {
            Ok(_) => {
                let real = host.canonical(root).unwrap_or_else(|_| root.to_owned());
                Goroot::Go { version: root_version(host, root), real }
            }
            Err(missing) if missing.is_absent() => match host.stat(root) {
                Ok(_) => Goroot::NotGo,
                Err(missing) if missing.is_absent() => Goroot::Nothing,
                Err(missing) => Goroot::Unknown(missing),
            },
            Err(missing) => Goroot::Unknown(missing),
        }
    }
}

impl Goroots {
    /// What lies at the folder that GOROOT names.
    #[must_use]
    pub fn at(&self, root: &str) -> Option<&Goroot> {
        self.found.get(Path::new(root))
    }
}
