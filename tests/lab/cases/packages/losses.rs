//! What is left of packages without cgo, compared with real builds.

use gomedic::probes::build::{CgoUse, LeftOut, Loss, Rest, Target};

use super::project::{Project, VERSIONS};
use super::{folder, write};

const PACKAGES: &[(&str, &str)] = &[
    ("shop/go.mod", "module lab.example/shop\n\ngo 1.21\n"),
    ("shop/twin/c.go", "package twin\n\nimport \"C\"\n\nfunc F() {}\n"),
    ("shop/twin/none.go", "//go:build !cgo\n\npackage twin\n\nfunc F() {}\n"),
    ("shop/all/c.go", "package all\n\nimport \"C\"\n\nfunc F() {}\n"),
    ("shop/part/c.go", "package part\n\nimport \"C\"\n\nfunc F() {}\n"),
    ("shop/handle/h.go", "package handle\n\nimport \"runtime/cgo\"\n\nfunc F() { cgo.NewHandle(1) }\n"),
    ("shop/part/p.go", "package part\n\nfunc G() {}\n"),
    ("shop/std/s.go", "package std\n\nimport (\n\t_ \"net\"\n\t_ \"os/user\"\n\t_ \"plugin\"\n)\n"),
];

/// A program, whether it builds without cgo, and what Go says if not.
const PROGRAMS: [(&str, &str, Result<(), &str>); 5] = [
    ("twin", "F", Ok(())),
    ("all", "F", Err("build constraints exclude all Go files")),
    ("part", "F", Err("undefined: part.F")),
    ("part", "G", Ok(())),
    ("handle", "F", Err("_cgo_init")),
];

pub fn builds() {
    for version in VERSIONS {
        for (package, function, expected) in PROGRAMS {
            let home = folder();
            let main = format!(
                "package main\n\nimport (\n\t\"lab.example/shop/{package}\"\n\t_ \"lab.example/shop/std\"\n)\n\nfunc main() {{ {package}.{function}() }}\n"
            );
            write(home.path(), PACKAGES);
            write(home.path(), &[("shop/main.go", &main)]);
            let project = Project::new(home.path(), &home.path().join("shop"), version);
            let output = project.go(&["build", "-o", "/dev/null", "."], &[("CGO_ENABLED", "0")]);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.success(), expected.is_ok(), "go{version} {package}.{function}: {said}");
            assert!(expected.is_ok() || expected.is_err_and(|words| said.contains(words)), "go{version}: {said}");
            is_told(&project, package);
        }
    }
}

/// What gomedic says of these packages where one of them is imported.
fn is_told(project: &Project, imported: &str) {
    let target = Target { goos: "linux".into(), goarch: "amd64".into(), cgo: CgoUse::Off };
    let found = project.cgo(&target);
    let of = |package: &str| -> &LeftOut {
        let is_it = |left_out: &&LeftOut| left_out.package.package == package;
        found.left_out.iter().find(is_it).unwrap_or_else(|| panic!("{package}: {:?}", found.left_out))
    };
    let twin = of("lab.example/shop/twin");
    assert_eq!(twin.rest, Rest::Builds);
    assert!(matches!(&twin.loss, Loss::StandIn(file) if file.ends_with("twin/none.go")), "{twin:?}");
    let all = of("lab.example/shop/all");
    assert_eq!(all.rest, if imported == "all" { Rest::Breaks } else { Rest::PassedOver });
    assert_eq!(all.loss, Loss::Everything);
    assert_eq!(of("lab.example/shop/part").loss, Loss::Declarations);
    assert!(matches!(of("net").loss, Loss::Limits(_)) && matches!(of("os/user").loss, Loss::Limits(_)));
    let handle = of("runtime/cgo");
    assert_eq!((&handle.loss, handle.rest), (&Loss::NotLinked, Rest::Breaks));
    assert!(matches!(of("plugin").loss, Loss::FailsInUse("plugin: not implemented")));
}
