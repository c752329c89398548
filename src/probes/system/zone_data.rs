use std::path::{Path, PathBuf};

use crate::host::{FileKind, Host};
use crate::model::{Context, Missing};
use crate::probes::go::Toolchains;
use crate::probes::{Fact, Probing};

/// Where Go programs find the rules of time zones.
#[derive(Debug)]
pub struct ZoneData {
    /// The places that have them.
    pub found: Vec<PathBuf>,
    /// The places that were looked at, for people.
    pub looked_at: Vec<String>,
    /// Why a place could not be looked at.
    pub problem: Option<Missing>,
}

/// The folders that Go's runtime looks into on Unix, in order.
const FOLDERS: [&str; 4] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo"];

impl Fact for ZoneData {
    const ID: &'static str = "zone-data";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let toolchains = probing.get::<Toolchains>()?;
        let session = host.environment(Context::Session).ok();
        let named = session.and_then(|session| session.get("ZONEINFO").map(PathBuf::from));
        let mut archives: Vec<PathBuf> = Vec::new();
        for (_, go) in toolchains.actives() {
            let archive = go.root.as_ref().map(|root| root.join("lib/time/zoneinfo.zip"));
            archives.extend(archive.filter(|archive| !archives.contains(archive)));
        }
        let mut data = ZoneData { found: Vec::new(), looked_at: Vec::new(), problem: None };
        for place in named.into_iter().chain(FOLDERS.map(PathBuf::from)).chain(archives) {
            data.look(host, &place);
        }
        Ok(data)
    }
}

impl ZoneData {
    fn look(&mut self, host: &dyn Host, place: &Path) {
        self.looked_at.push(host.machine().tilde(place));
        match host.stat(place) {
            // Some images keep the folder and take its files out.
            Ok(stat) if stat.kind == FileKind::Folder => match host.read_dir(place) {
                Ok(entries) if entries.is_empty() => {}
                Ok(_) => self.found.push(place.to_owned()),
                Err(missing) => self.problem = Some(missing),
            },
            Ok(_) => self.found.push(place.to_owned()),
            Err(missing) if missing.is_absent() => {}
            Err(missing) => self.problem = Some(missing),
        }
    }
}
