//! A project of several hundred packages.

use std::fmt::Write;

use super::project::{Project, VERSIONS};
use super::{folder, write};

const MODULES: usize = 30;
const PACKAGES: usize = 20;
const FILES: usize = 6;

/// Modules beside the project, each with packages that import some of the
/// module before and of their own; every tenth package uses cgo.
pub fn several_hundred() {
    let home = folder();
    let mut requires = String::from("module lab.example/shop\n\ngo 1.21\n\n");
    let mut main = String::from("package main\n\nimport (\n");
    for module in 0..MODULES {
        let name = format!("lab.example/m{module}");
        write!(requires, "require {name} v1.0.0\n\nreplace {name} => ../m{module}\n\n").expect("a string takes it");
        let needs = if module == 0 { String::new() } else { format!("\nrequire lab.example/m{} v1.0.0\n", module - 1) };
        write(home.path(), &[(&format!("m{module}/go.mod"), &format!("module {name}\n\ngo 1.21\n{needs}"))]);
        for package in 0..PACKAGES {
            writeln!(main, "\t_ \"{name}/p{package}\"").expect("a string takes it");
            for file in 0..FILES {
                let path = format!("m{module}/p{package}/f{file}.go");
                write(home.path(), &[(&path, &source(module, package, file))]);
            }
        }
    }
    write(home.path(), &[("shop/go.mod", &requires), ("shop/main.go", &(main + ")\n\nfunc main() {}\n"))]);
    Project::new(home.path(), &home.path().join("shop"), VERSIONS[2]).agree();
}

fn source(module: usize, package: usize, file: usize) -> String {
    let constraint =
        ["", "", "", "//go:build unix\n\n", "//go:build windows || (linux && !mine)\n\n", "//go:build !cgo\n\n"][file];
    let mut text = format!("// Some words about a licence.\n\n{constraint}package p{package}\n\nimport (\n\t\"fmt\"\n");
    if module > 0 && file < 3 {
        writeln!(text, "\t_ \"lab.example/m{}/p{}\"", module - 1, (package + file) % PACKAGES)
            .expect("a string takes it");
    }
    text.push_str(")\n\n");
    if file == 2 && (module * PACKAGES + package).is_multiple_of(10) {
        text.push_str("/*\n#include <stdlib.h>\n*/\nimport \"C\"\n\n");
    }
    for function in 0..40 {
        writeln!(text, "func f{file}x{function}() {{ fmt.Println(\"import\", {function}) }}\n")
            .expect("a string takes it");
    }
    text
}
