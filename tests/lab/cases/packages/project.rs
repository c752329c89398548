//! A project with a Go, asked what uses cgo.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use gomedic::host::live::{Live, LiveOptions, Network, WindowsHost};
use gomedic::host::{Environment, User};
use gomedic::probes::Probing;
use gomedic::probes::build::{CgoPackages, CgoUse, ProjectPackages, Target};
use serde_json::Value;

use crate::tools::go_root;

/// The versions of Go that are compared with.
pub const VERSIONS: [&str; 3] = ["1.21.13", "1.24.11", "1.27.3"];

const PLATFORMS: [(&str, &str); 8] = [
    ("linux", "amd64"),
    ("linux", "arm64"),
    ("windows", "amd64"),
    ("darwin", "arm64"),
    ("android", "386"),
    ("freebsd", "amd64"),
    ("illumos", "amd64"),
    ("js", "wasm"),
];

/// A project with a Go and a home.
pub struct Project {
    version: String,
    folder: PathBuf,
    variables: Vec<(String, String)>,
}

impl Project {
    /// The project in this folder, for a user with this home.
    pub fn new(home: &Path, folder: &Path, version: &str) -> Project {
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build");
        let variables = [
            ("PATH", format!("{}:/usr/bin:/bin", go_root(version).join("bin").display())),
            ("HOME", home.display().to_string()),
            ("GOCACHE", cache.display().to_string()),
            ("GOTOOLCHAIN", "local".to_owned()),
            ("GOPROXY", "off".to_owned()),
            ("GOFLAGS", "-tags=mine".to_owned()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Project { version: version.to_owned(), folder: folder.to_owned(), variables }
    }

    /// What Go says, with more variables.
    pub fn go(&self, arguments: &[&str], more: &[(&str, &str)]) -> Output {
        let mut command = Command::new(go_root(&self.version).join("bin/go"));
        command.args(arguments).current_dir(&self.folder).env_clear().envs(self.variables.iter().cloned());
        command.envs(more.iter().copied()).output().expect("go runs")
    }

    /// The machine as gomedic reads it.
    pub fn live(&self) -> Arc<Live> {
        let home = self.variables.iter().find(|(name, _)| name == "HOME").map(|(_, home)| home.into());
        let user = User { name: "kim".into(), uid: 1000, gid: 1000, home, shell: Some("/bin/sh".into()) };
        let options = LiveOptions {
            session: Some(Environment::from_iter(
                self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())),
            )),
            user: Some(user),
            network: Network::Offline,
            windows: WindowsHost::NotAsked,
            ..LiveOptions::new(&self.folder)
        };
        Arc::new(Live::new(options).expect("the folder is there"))
    }

    /// What gomedic finds for a target.
    pub fn cgo(&self, target: &Target) -> CgoPackages {
        let host = self.live();
        let probing = Probing::new(host.clone());
        probing.get::<ProjectPackages>().expect("there is a module").cgo(&*host, target)
    }

    /// Fails where the packages with files that import C are not those that
    /// Go lists, for a platform with cgo on or off.
    pub fn agree(&self) {
        let host = self.live();
        let probing = Probing::new(host.clone());
        let packages = probing.get::<ProjectPackages>().expect("there is a module");
        for (goos, goarch) in PLATFORMS {
            for (cgo, value) in [(CgoUse::On, "1"), (CgoUse::Off, "0")] {
                let found = packages.cgo(&*host, &Target { goos: goos.into(), goarch: goarch.into(), cgo });
                let variables = [("GOOS", goos), ("GOARCH", goarch), ("CGO_ENABLED", value)];
                let output = self.go(&["list", "-e", "-deps", "-json=ImportPath,CgoFiles", "./..."], &variables);
                let all: BTreeSet<String> =
                    found.found.iter().chain(&found.std).map(|package| package.package.clone()).collect();
                let what = format!("go{} {variables:?} in {}", self.version, self.folder.display());
                let said = String::from_utf8_lossy(&output.stderr);
                assert_eq!(all, listed(&output.stdout), "{what}: {:?} {said}", found.missing);
                assert!(found.missing.is_empty(), "{what}: {:?}", found.missing);
            }
        }
    }
}

fn listed(json: &[u8]) -> BTreeSet<String> {
    let values = serde_json::Deserializer::from_slice(json).into_iter::<Value>();
    let values = values.map(|value| value.expect("go list writes JSON"));
    values
        .filter(|value| value["CgoFiles"].as_array().is_some_and(|files| !files.is_empty()))
        // One that is built once more for a profile has that in brackets.
        .filter_map(|value| value["ImportPath"].as_str()?.split(' ').next().map(str::to_owned))
        .collect()
}
