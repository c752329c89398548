//! The packages that use cgo, compared with what `go list -deps` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use gomedic::host::live::{Live, LiveOptions, Network, WindowsHost};
use gomedic::host::{Environment, User};
use gomedic::probes::Probing;
use gomedic::probes::build::{CgoUse, ProjectPackages, Target};
use serde_json::Value;
use tempfile::TempDir;

use crate::Case;
use crate::tools::{MIDDLE, NEW, OLD, go_root};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "cgo-packages-go", needs: &[OLD, MIDDLE, NEW], run: go_itself },
        Case { name: "cgo-packages-module", needs: &[OLD, MIDDLE, NEW], run: module },
        Case { name: "cgo-packages-vendor", needs: &[OLD, MIDDLE, NEW], run: vendor },
        Case { name: "cgo-packages-workspace", needs: &[OLD, MIDDLE, NEW], run: workspace },
    ]
}

const VERSIONS: [&str; 3] = ["1.21.13", "1.24.11", "1.27.3"];

const PLATFORMS: [(&str, &str); 7] = [
    ("linux", "amd64"),
    ("linux", "arm64"),
    ("windows", "amd64"),
    ("darwin", "arm64"),
    ("android", "386"),
    ("freebsd", "amd64"),
    ("js", "wasm"),
];

/// The packages with files that import C, as Go and as gomedic say, for each
/// platform with cgo on and off.
fn agree(home: &Path, folder: &Path, version: &str) {
    let root = go_root(version);
    let path = format!("{}:/usr/bin:/bin", root.join("bin").display());
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build").display().to_string();
    let shown = home.display().to_string();
    let variables = [
        ("PATH", path.as_str()),
        ("HOME", &shown),
        ("GOCACHE", &cache),
        ("GOTOOLCHAIN", "local"),
        ("GOPROXY", "off"),
        ("GOFLAGS", "-tags=mine"),
    ];
    let user =
        User { name: "kim".into(), uid: 1000, gid: 1000, home: Some(home.into()), shell: Some("/bin/sh".into()) };
    let options = LiveOptions {
        session: Some(Environment::from_iter(variables)),
        user: Some(user),
        network: Network::Offline,
        windows: WindowsHost::NotAsked,
        ..LiveOptions::new(folder)
    };
    let host = Arc::new(Live::new(options).expect("the folder is there"));
    let probing = Probing::new(host.clone());
    let packages = probing.get::<ProjectPackages>().expect("there is a module");
    for (goos, goarch) in PLATFORMS {
        for (cgo, value) in [(CgoUse::On, "1"), (CgoUse::Off, "0")] {
            let target = Target { goos: goos.into(), goarch: goarch.into(), cgo };
            let found = packages.cgo(&*host, &target);
            let mut command = Command::new(root.join("bin/go"));
            command.args(["list", "-e", "-deps", "-json=ImportPath,CgoFiles", "./..."]).current_dir(folder);
            command.env_clear().envs(variables).envs([("GOOS", goos), ("GOARCH", goarch), ("CGO_ENABLED", value)]);
            let output = command.output().expect("go runs");
            let listed = listed(&output.stdout);
            let all: BTreeSet<String> =
                found.found.iter().chain(&found.std).map(|package| package.package.clone()).collect();
            let what = format!("go{version} {goos}/{goarch} CGO_ENABLED={value} in {}", folder.display());
            assert_eq!(all, listed, "{what}: {:?} {}", found.missing, String::from_utf8_lossy(&output.stderr));
            assert!(found.missing.is_empty(), "{what}: {:?}", found.missing);
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

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("lab").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

fn write(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}

/// The go command and its fellows, and the standard library.
fn go_itself() {
    let home = folder();
    for version in VERSIONS {
        for part in ["src", "src/cmd"] {
            agree(home.path(), &go_root(version).join(part), version);
        }
    }
}

/// Files that a build takes or leaves.
const SHOP: &[(&str, &str)] = &[
    (
        "shop/main.go",
        "package main\n\nimport (\n\t_ \"net\"\n\t_ \"os/user\"\n\t_ \"plugin\"\n\t_ \"example.com/shop/db\"\n\t_ \"example.com/dep/c\"\n)\n\nfunc main() {}\n",
    ),
    ("shop/db/db.go", "package db\n\n/*\n#include <stdio.h>\n*/\nimport \"C\"\n"),
    ("shop/db/none.go", "//go:build !cgo\n\npackage db\n"),
    ("shop/unix/x.go", "//go:build unix && go1.21\n\npackage unix\n\nimport \"C\"\n"),
    ("shop/old/x.go", "// +build linux darwin\n// +build !arm64\n\npackage old\n\nimport \"C\"\n"),
    ("shop/new/x.go", "//go:build go1.24\n\npackage new\n\nimport \"C\"\n"),
    ("shop/new/y.go", "package new\n"),
    ("shop/tag/x.go", "//go:build mine\n\npackage tag\n\nimport \"C\"\n"),
    ("shop/name/x_windows_amd64.go", "package name\n\nimport \"C\"\n"),
    ("shop/name/x_test.go", "package name\n\nimport \"testing\"\n\nfunc Test(*testing.T) {}\n"),
    ("shop/testdata/x.go", "package x\n\nimport \"C\"\n"),
    ("shop/_x/x.go", "package x\n\nimport \"C\"\n"),
    ("shop/doc/x.go", "package documentation\n\nimport \"C\"\n"),
];

const DEP: &[(&str, &str)] = &[
    ("dep/go.mod", "module example.com/dep\n\ngo 1.21\n"),
    ("dep/c/c.go", "package c\n\nimport \"C\"\nimport _ \"example.com/dep/d\"\n"),
    ("dep/c/pure.go", "package c\n"),
    ("dep/d/d.go", "package d\n\nimport \"C\"\n"),
    ("dep/unused/u.go", "package unused\n\nimport \"C\"\n"),
];

fn module() {
    for version in VERSIONS {
        let home = folder();
        write(home.path(), SHOP);
        write(home.path(), DEP);
        let text = "module example.com/shop\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ../dep\n";
        write(home.path(), &[("shop/go.mod", text)]);
        agree(home.path(), &home.path().join("shop"), version);
    }
}

fn vendor() {
    for version in VERSIONS {
        let home = folder();
        write(home.path(), SHOP);
        let list = "# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep/c\nexample.com/dep/d\n";
        let text = "module example.com/shop\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n";
        write(home.path(), &[("shop/go.mod", text), ("shop/vendor/modules.txt", list)]);
        for (name, text) in DEP.iter().filter(|(name, _)| name.contains("/c/") || name.contains("/d/")) {
            write(home.path(), &[(&format!("shop/vendor/example.com/{name}"), *text)]);
        }
        agree(home.path(), &home.path().join("shop"), version);
    }
}

fn workspace() {
    for version in VERSIONS {
        let home = folder();
        write(home.path(), SHOP);
        write(home.path(), DEP);
        write(
            home.path(),
            &[
                ("shop/go.mod", "module example.com/shop\n\ngo 1.21\n"),
                ("go.work", "go 1.21\n\nuse (\n\t./shop\n\t./dep\n)\n"),
            ],
        );
        agree(home.path(), &home.path().join("shop"), version);
    }
}
