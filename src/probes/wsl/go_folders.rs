use std::collections::BTreeMap;
use std::path::Path;

use super::Drives;
use crate::model::Missing;
use crate::probes::go::Settings;
use crate::probes::{Fact, Probing};

/// Which of Go's folders lie on Windows.
#[derive(Debug, Clone, Default)]
pub struct GoFoldersOnWindows {
    places: BTreeMap<String, String>,
}

/// The settings that name folders.
const NAMES: [&str; 5] = ["GOCACHE", "GOMODCACHE", "GOTMPDIR", "GOPATH", "GOBIN"];

impl Fact for GoFoldersOnWindows {
    const ID: &'static str = "go-folders-on-windows";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let drives = probing.get::<Drives>()?;
        let settings = probing.get::<Settings>()?;
        let mut places = BTreeMap::new();
        for (setting, _) in NAMES.iter().flat_map(|name| settings.values(name)) {
            for entry in setting.value.split(':').filter(|entry| entry.starts_with('/')) {
                if let Some(drive) = drives.holding_real(host, Path::new(entry)) {
                    let windows = drives.windows_path(Path::new(entry));
                    let kind = format!("{} of {}", drive.kind, drive.windows.as_deref().unwrap_or("Windows"));
                    places.insert(entry.to_owned(), windows.unwrap_or(kind));
                }
            }
        }
        Ok(GoFoldersOnWindows { places })
    }
}

impl GoFoldersOnWindows {
    /// How Windows names this folder of a setting, when it lies there.
    #[must_use]
    pub fn place(&self, folder: &str) -> Option<&str> {
        self.places.get(folder).map(String::as_str)
    }
}
