use std::path::PathBuf;

use super::Profile;
use super::config::{ConfigFile, Dialect};
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// WSL's two files of settings, and what was meant to be one.
#[derive(Debug, Clone)]
pub struct ConfigFiles {
    /// /etc/wsl.conf, of this distribution.
    pub wsl_conf: ConfigFile,
    /// .wslconfig of the Windows user, for all distributions; or why it
    /// cannot be looked for.
    pub wslconfig: Result<ConfigFile, Missing>,
    /// Files that WSL never reads.
    pub misplaced: Vec<Misplaced>,
}

/// A file that has the wrong name or place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// Where it lies.
    pub path: PathBuf,
    /// The file for people.
    pub name: String,
    /// Where WSL would read it.
    pub right: String,
}

const WSL_CONF: &str = "/etc/wsl.conf";

impl Fact for ConfigFiles {
    const ID: &'static str = "wsl-config-files";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let machine = host.machine();
        let profile = probing.get::<Profile>();
        let wslconfig = match &profile {
            Ok(profile) => Ok(ConfigFile::read(host, profile.folder.join(".wslconfig"), Dialect::WslConfig)),
            Err(missing) => Err(missing.clone()),
        };
        let wslconfig_name = match &wslconfig {
            Ok(file) => file.name.clone(),
            Err(_) => "%UserProfile%\\.wslconfig".to_owned(),
        };

        let mut wrong: Vec<(PathBuf, &str)> = vec![
            ("/etc/wsl.conf.txt".into(), WSL_CONF),
            ("/etc/wsl.config".into(), WSL_CONF),
            ("/etc/.wslconfig".into(), &wslconfig_name),
            ("/etc/wslconfig".into(), &wslconfig_name),
        ];
        if let Some(home) = &machine.user.home {
            wrong.push((home.join(".wslconfig"), &wslconfig_name));
            wrong.push((home.join("wsl.conf"), WSL_CONF));
            wrong.push((home.join(".wsl.conf"), WSL_CONF));
        }
        if let Ok(profile) = &profile {
            let names = [".wslconfig.txt", "wslconfig", "wslconfig.txt", ".wslconfig.ini"];
            wrong.extend(names.map(|name| (profile.folder.join(name), wslconfig_name.as_str())));
        }
        let misplaced = wrong
            .into_iter()
            .filter(|(path, _)| host.is_file(path))
            .map(|(path, right)| Misplaced { name: machine.tilde(&path), path, right: right.to_owned() })
            .collect();
        Ok(ConfigFiles { wsl_conf: ConfigFile::read(host, WSL_CONF.into(), Dialect::WslConf), wslconfig, misplaced })
    }
}

impl ConfigFiles {
    /// The files that can be looked at.
    pub fn known(&self) -> impl Iterator<Item = &ConfigFile> {
        std::iter::once(&self.wsl_conf).chain(&self.wslconfig)
    }

    /// Why one of the files could not be looked at.
    #[must_use]
    pub fn problem(&self) -> Option<Missing> {
        let of_files = self.known().find_map(ConfigFile::problem).cloned();
        of_files.or_else(|| self.wslconfig.as_ref().err().cloned())
    }
}
