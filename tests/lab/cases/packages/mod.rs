//! The packages that use cgo, compared with what `go list -deps` says.

mod cached;
mod large;
mod losses;
mod project;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use self::project::{Project, VERSIONS};
use crate::Case;
use crate::tools::{MIDDLE, NEW, OLD, go_root};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "cgo-packages-go", needs: &[OLD, MIDDLE, NEW], run: go_itself },
        Case { name: "cgo-packages-module", needs: &[OLD, MIDDLE, NEW], run: module },
        Case { name: "cgo-packages-vendor", needs: &[OLD, MIDDLE, NEW], run: vendor },
        Case { name: "cgo-packages-workspace", needs: &[OLD, MIDDLE, NEW], run: workspace },
        Case { name: "cgo-packages-cache", needs: &[OLD, MIDDLE, NEW], run: cached::modules },
        Case { name: "cgo-packages-cache-vendor", needs: &[OLD, MIDDLE, NEW], run: cached::vendored },
        Case { name: "cgo-packages-cache-workspace", needs: &[OLD, MIDDLE, NEW], run: cached::workspace },
        Case { name: "cgo-packages-cache-cut", needs: &[NEW], run: cached::without_a_module },
        Case { name: "cgo-packages-losses", needs: &[OLD, MIDDLE, NEW], run: losses::builds },
        Case { name: "cgo-packages-large", needs: &[NEW], run: large::several_hundred },
    ]
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
            Project::new(home.path(), &go_root(version).join(part), version).agree();
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
        Project::new(home.path(), &home.path().join("shop"), version).agree();
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
        Project::new(home.path(), &home.path().join("shop"), version).agree();
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
        Project::new(home.path(), &home.path().join("shop"), version).agree();
    }
}
