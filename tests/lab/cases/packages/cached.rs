//! Projects whose modules lie in a real module cache.

use std::fs;

use gomedic::probes::build::{CgoUse, Target};
use tempfile::TempDir;

use super::project::{Project, VERSIONS};
use super::{folder, write};
use crate::modproxy::ModProxy;

/// The project: modules of both kinds of graphs, direct and not, with
/// versions that others raise, replaced ones, and one with capitals.
const SHOP: &[(&str, &str)] = &[
    (
        "shop/main.go",
        "package main\n\nimport (\n\t_ \"lab.example/direct\"\n\t_ \"lab.example/Loud/x\"\n\t_ \"lab.example/moved/y\"\n\t_ \"lab.example/near\"\n\t_ \"lab.example/nest/inner\"\n\t_ \"lab.example/old\"\n)\n\nfunc main() {}\n",
    ),
    (
        "shop/main_test.go",
        "package main\n\nimport (\n\t\"testing\"\n\n\t_ \"lab.example/tested\"\n)\n\nfunc Test(*testing.T) {}\n",
    ),
    ("shop/only_windows.go", "package main\n\nimport _ \"lab.example/windows\"\n"),
    ("near/go.mod", "module lab.example/near\n\ngo 1.21\n"),
    ("near/near.go", "package near\n\nimport \"C\"\n"),
];

const SHOP_MOD: &str = "module lab.example/shop\n\ngo GO\n\nrequire (\n\tlab.example/direct v1.0.0\n\tlab.example/Loud v1.0.0\n\tlab.example/moved v1.0.0\n\tlab.example/near v1.0.0\n\tlab.example/nest v1.0.0\n\tlab.example/nest/inner v1.0.0\n\tlab.example/old v1.0.0\n\tlab.example/tested v1.0.0\n\tlab.example/windows v1.0.0\n)\n\nreplace lab.example/near => ../near\n\nreplace lab.example/moved v1.0.0 => lab.example/fork v1.2.0\n\nexclude lab.example/below v1.9.0\n";

/// A module with these files, each of which is a name and a text.
fn add(proxy: &ModProxy, module: &str, version: &str, requires: &[&str], files: &[(&str, &str)]) {
    let lines: String = requires.iter().map(|line| format!("require lab.example/{line}\n")).collect();
    // A module without a go line has a graph that is read to its end.
    let go = if module.ends_with("old") { "" } else { "go 1.21\n" };
    let text = format!("module lab.example/{module}\n\n{go}\n{lines}");
    let all: Vec<(&str, &str)> = [("go.mod", text.as_str())].into_iter().chain(files.iter().copied()).collect();
    proxy.add(&format!("lab.example/{module}"), version, &all);
}

fn proxy() -> ModProxy {
    let proxy = ModProxy::start();
    let add =
        |module, version, requires: &[&str], files: &[(&str, &str)]| add(&proxy, module, version, requires, files);
    add("below", "v1.0.0", &[], &[("b.go", "package below\n")]);
    add(
        "below",
        "v1.1.0",
        &[],
        &[
            ("b.go", "package below\n\nimport _ \"lab.example/below/deep\"\n"),
            ("deep/d.go", "package deep\n\nimport \"C\"\n"),
        ],
    );
    add("below", "v1.9.0", &[], &[("b.go", "package below\n\nimport \"C\"\n"), ("deep/d.go", "package deep\n")]);
    add(
        "direct",
        "v1.0.0",
        &["below v1.0.0"],
        &[
            ("d.go", "package direct\n\nimport _ \"lab.example/below\"\n"),
            ("d_linux_arm64.go", "package direct\n\n/*\nint x;\n*/\nimport \"C\"\n"),
            ("d_cgo.go", "//go:build cgo && (windows || darwin)\n\npackage direct\n\nimport \"C\"\n"),
            ("mine.go", "//go:build mine && freebsd\n\npackage direct\n\nimport \"C\"\n"),
            ("d_test.go", "package direct\n\nimport _ \"lab.example/tested\"\n"),
            ("unused/u.go", "package unused\n\nimport \"C\"\n"),
        ],
    );
    add(
        "old",
        "v1.0.0",
        &["below v1.1.0", "older v1.0.0"],
        &[("o.go", "package old\n\nimport _ \"lab.example/older\"\n")],
    );
    add(
        "older",
        "v1.0.0",
        &["below v1.9.0"],
        &[("o.go", "// +build !windows\n\npackage older\n\nimport \"C\"\n"), ("p.go", "package older\n")],
    );
    add(
        "Loud",
        "v1.0.0",
        &[],
        &[("x/x.go", "package x\n\nimport _ \"net\"\n"), ("x/c.go", "package x\n\nimport \"C\"\n")],
    );
    add(
        "fork",
        "v1.2.0",
        &[],
        &[("y/y.go", "//go:build go1.24\n\npackage y\n\nimport \"C\"\n"), ("y/z.go", "package y\n")],
    );
    add("moved", "v1.0.0", &[], &[("y/y.go", "package y\n")]);
    add("nest", "v1.0.0", &[], &[("n.go", "package nest\n")]);
    add("nest/inner", "v1.0.0", &[], &[("i.go", "package inner\n\nimport \"C\"\n")]);
    add("tested", "v1.0.0", &[], &[("t.go", "package tested\n\nimport \"C\"\n")]);
    add("windows", "v1.0.0", &[], &[("w.go", "package windows\n\nimport \"C\"\n")]);
    proxy
}

/// A home with the project and all that Go fetched for it.
fn fetched(version: &str, go: &str) -> (TempDir, Project) {
    let home = folder();
    write(home.path(), SHOP);
    write(home.path(), &[("shop/go.mod", &SHOP_MOD.replace("GO", go))]);
    let project = Project::new(home.path(), &home.path().join("shop"), version);
    works(&project, &proxy(), &["mod", "tidy"]);
    (home, project)
}

fn works(project: &Project, proxy: &ModProxy, arguments: &[&str]) {
    let output = project.go(
        arguments,
        &[("GOPROXY", &format!("file://{}", proxy.folder().display())), ("GONOSUMDB", "*"), ("GOFLAGS", "-modcacherw")],
    );
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// With a graph that is read to its end, and with one that is not.
pub fn modules() {
    for version in VERSIONS {
        for go in ["1.16", "1.21"] {
            let (_home, project) = fetched(version, go);
            project.agree();
        }
    }
}

pub fn vendored() {
    for version in VERSIONS {
        let (_home, project) = fetched(version, "1.21");
        works(&project, &proxy(), &["mod", "vendor"]);
        project.agree();
    }
}

/// A second module of the workspace asks for a newer version.
pub fn workspace() {
    for version in VERSIONS {
        let (home, project) = fetched(version, "1.21");
        let other = "module lab.example/other\n\ngo 1.21\n\nrequire lab.example/below v1.1.0\n";
        let files = [
            ("other/go.mod", other),
            ("other/o.go", "package other\n\nimport _ \"lab.example/below\"\n"),
            ("go.work", "go 1.21\n\nuse (\n\t./other\n\t./shop\n)\n"),
        ];
        write(home.path(), &files);
        works(&project, &proxy(), &["list", "-deps", "./...", "lab.example/other"]);
        project.agree();
    }
}

/// A module that is not in the cache is named, and the rest is found.
pub fn without_a_module() {
    let (home, project) = fetched(VERSIONS[2], "1.21");
    let cache = home.path().join("go/pkg/mod/lab.example");
    fs::remove_dir_all(cache.join("direct@v1.0.0")).expect("it is there");
    let target = Target { goos: "linux".into(), goarch: "amd64".into(), cgo: CgoUse::On };
    let found = project.cgo(&target);
    let [(import, missing)] = found.missing.iter().collect::<Vec<_>>()[..] else { panic!("{:?}", found.missing) };
    assert_eq!(import, "lab.example/direct");
    assert!(missing.detail.contains("lab.example/direct@v1.0.0"), "{missing:?}");
    assert!(found.found.iter().any(|package| package.package == "lab.example/older"), "{:?}", found.found);
}
