use std::path::PathBuf;

use super::{GoMod, Vendored};
use crate::model::{Missing, Reason};
use crate::probes::{Fact, Probing};

/// The vendor folder of the module.
#[derive(Debug)]
pub struct Vendor {
    /// The folder; None when the module has none.
    pub found: Option<VendorFolder>,
}

/// A vendor folder where it lies.
#[derive(Debug)]
pub struct VendorFolder {
    /// The folder.
    pub path: PathBuf,
    /// Its modules.txt for people.
    pub name: String,
    /// What modules.txt says; None when there is no such file.
    pub list: Result<Option<Vendored>, Missing>,
}

impl Fact for Vendor {
    const ID: &'static str = "vendor";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let Some(path) = module.found.as_ref().map(|file| file.folder.join("vendor")) else {
            return Ok(Vendor { found: None });
        };
        if !host.is_dir(&path) {
            return Ok(Vendor { found: None });
        }
        let file = path.join("modules.txt");
        let list = match host.read_text(&file) {
            Ok(text) => Ok(Some(Vendored::parse(&text))),
            Err(missing) if missing.reason == Reason::Absent => Ok(None),
            Err(missing) => Err(missing),
        };
        Ok(Vendor { found: Some(VendorFolder { name: host.machine().tilde(&file), path, list }) })
    }
}
