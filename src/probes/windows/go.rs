use super::HostAnswer;
use crate::model::{GoVersion, Missing};
use crate::probes::go::root_version;
use crate::probes::wsl::Drives;
use crate::probes::{Fact, Probing, Start};

/// The Go of Windows.
#[derive(Debug, Clone)]
pub struct WindowsGo {
    /// The one that is found first there; None when there is none.
    pub go: Option<GoOnWindows>,
}

/// A Go on Windows.
#[derive(Debug, Clone)]
pub struct GoOnWindows {
    /// Its command, as Windows names it.
    pub path: String,
    /// Its version, when its files can be read from here.
    pub version: Option<GoVersion>,
}

impl Fact for WindowsGo {
    const ID: &'static str = "windows-go";
    const START: Start = Start::Last;

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let answer = probing.get::<HostAnswer>()?;
        let drives = probing.get::<Drives>()?;
        let go = answer.facts()?.go.first().map(|path| {
            let root = drives.linux_path(path).and_then(|path| Some(path.parent()?.parent()?.to_owned()));
            GoOnWindows { path: path.clone(), version: root.and_then(|root| root_version(host, &root)) }
        });
        Ok(WindowsGo { go })
    }
}
