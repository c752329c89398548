use super::*;
use BuildResult::{Builds, BuildsWithoutCgo, Fails, Unknown};

fn uses(using: &[&str], reduced: &[&str], emptied: &[&str]) -> Packages {
    let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let loss = |name: &&str| Loss { package: (*name).to_owned(), what: "something".into() };
    let reduced = reduced.iter().map(loss).collect();
    Packages { using: list(using), reduced, emptied: list(emptied), ..Packages::default() }
}

fn need(short: &str) -> Need {
    Need { short: short.into(), what: short.into(), command: None }
}

fn cells(target: &str, unset: Use, packages: &Packages, compiler: &Choice) -> [Cell; 3] {
    let target = Target::parse(target).unwrap();
    let has_none = matches!(target.goos.as_str(), "js" | "plan9" | "wasip1");
    let support = if has_none { CgoSupport::None } else { CgoSupport::There };
    let lacks = &Lacks::default();
    let known = Known { target: &target, unset, support, packages, compiler, lacks };
    CgoSwitch::ALL.map(|cgo| known.cell(cgo))
}

#[test]
fn every_cell_follows_from_what_is_known() {
    let pure = uses(&[], &[], &[]);
    let net = uses(&["net", "runtime/cgo"], &["net"], &[]);
    let sqlite = uses(&["x.y/sqlite", "runtime/cgo"], &[], &["x.y/sqlite"]);
    let (own, other) = (Choice::Own, Choice::Other("aarch64-linux-gnu-gcc".into()));
    let none = Choice::None(need("gcc"));
    let (with, without) = (Use::With, Use::Without);
    for (target, unset, packages, compiler, expected) in [
        ("linux/amd64", with, &pure, &own, [Builds, Builds, Builds]),
        ("linux/amd64", with, &net, &own, [Builds, BuildsWithoutCgo, Builds]),
        ("linux/amd64", with, &sqlite, &own, [Builds, Fails, Builds]),
        // Without a C compiler Go turns cgo off, unless it is forced on.
        ("linux/amd64", without, &pure, &none, [Builds, Builds, Builds]),
        ("linux/amd64", without, &net, &none, [BuildsWithoutCgo, BuildsWithoutCgo, Fails]),
        ("linux/amd64", without, &sqlite, &none, [Fails, Fails, Fails]),
        ("linux/arm64", without, &net, &other, [BuildsWithoutCgo, BuildsWithoutCgo, Builds]),
        ("linux/arm64", without, &sqlite, &other, [Fails, Fails, Builds]),
        ("linux/arm64", with, &sqlite, &other, [Builds, Fails, Builds]),
        ("js/wasm", without, &pure, &none, [Builds, Builds, Builds]),
        ("plan9/amd64", without, &sqlite, &own, [Fails, Fails, Fails]),
        ("android/arm64", without, &pure, &none, [Builds, Builds, Builds]),
        ("android/amd64", without, &pure, &none, [Fails, Fails, Fails]),
        ("ios/arm64", without, &pure, &none, [Fails, Fails, Fails]),
    ] {
        let found = cells(target, unset, packages, compiler).map(|cell| cell.result);
        assert_eq!(found, expected, "{target} {packages:?} {compiler:?}");
    }
}

#[test]
fn a_cell_says_what_it_needs_and_what_it_loses() {
    let net = uses(&["net"], &["net"], &[]);
    let [unset, _, on] = cells("linux/arm64", Use::Without, &net, &Choice::Other("aarch64-linux-gnu-gcc".into()));
    assert_eq!(unset.loses.iter().map(|loss| loss.package.as_str()).collect::<Vec<_>>(), ["net"]);
    assert_eq!((on.cc.as_deref(), on.loses.len()), (Some("aarch64-linux-gnu-gcc"), 0));
    let [_, _, on] = cells("linux/arm64", Use::Without, &net, &Choice::None(need("a compiler")));
    assert_eq!(on.missing, [need("a compiler")]);
}

#[test]
fn what_is_not_known_is_not_foretold() {
    let blind = Packages { unknown: [None, Some(need("the module cache"))], ..uses(&["net"], &[], &[]) };
    let results = cells("linux/amd64", Use::With, &blind, &Choice::Own).map(|cell| cell.result);
    assert_eq!(results, [Builds, Unknown, Builds]);
    let doubt = Packages { doubtful: vec![need("one")], ..uses(&["net"], &[], &[]) };
    let results = cells("linux/amd64", Use::With, &doubt, &Choice::Own).map(|cell| cell.result);
    assert_eq!(results, [Builds, Unknown, Builds]);
    let results = cells("linux/amd64", Use::With, &blind, &Choice::Unknown(need("cc"))).map(|cell| cell.result);
    assert_eq!(results, [Unknown, Unknown, Unknown]);
}

#[test]
fn a_library_that_is_missing_fails_where_c_is_called() {
    let target = Target::new("linux", "arm64");
    let packages = uses(&["x.y/gui"], &["x.y/gui"], &[]);
    let result = |lacks: &Lacks| {
        let (unset, support, compiler) = (Use::Without, CgoSupport::There, &Choice::Other("cc".into()));
        let known = Known { target: &target, unset, support, packages: &packages, compiler, lacks };
        CgoSwitch::ALL.map(|cgo| known.cell(cgo).result)
    };
    let certain = Lacks { certain: vec![need("z")], doubtful: vec![need("gtk")] };
    assert_eq!(result(&certain), [BuildsWithoutCgo, BuildsWithoutCgo, Fails]);
    let doubtful = Lacks { doubtful: vec![need("gtk")], ..Lacks::default() };
    assert_eq!(result(&doubtful), [BuildsWithoutCgo, BuildsWithoutCgo, Unknown]);
}

#[test]
fn what_has_no_file_for_a_platform_fails_there() {
    let excluded = Packages { excluded: [vec!["x.y/a".into()], vec!["x.y/a".into()]], ..Packages::default() };
    let nothing = Packages { is_empty: [true, true], ..Packages::default() };
    for packages in [excluded, nothing] {
        let results = cells("linux/amd64", Use::With, &packages, &Choice::Own).map(|cell| cell.result);
        assert_eq!(results, [Fails; 3], "{packages:?}");
    }
}

/// What really came of 576 builds with gcc for x86-64 alone, by Go 1.21.13,
/// 1.24.11 and 1.27.3 alike: for each target the projects `pure`, `cgo`,
/// `twin` and `net`, for each of them CGO_ENABLED unset, 0 and 1.
const MEASURED: [(&str, &str); 16] = [
    ("linux/amd64", "+++ +-+ +++ +++"),
    ("linux/arm64", "+++ --- ++- ++-"),
    ("linux/386", "+++ --- ++- ++-"),
    ("linux/arm", "+++ --- ++- ++-"),
    ("linux/riscv64", "+++ --- ++- ++-"),
    ("windows/amd64", "+++ --- ++- +++"),
    ("windows/arm64", "+++ --- ++- +++"),
    ("darwin/arm64", "+++ --- ++- +++"),
    ("darwin/amd64", "+++ --- ++- +++"),
    ("freebsd/amd64", "+++ --- ++- ++-"),
    ("openbsd/amd64", "+++ --- ++- ++-"),
    ("js/wasm", "+++ --- ++- +++"),
    ("wasip1/wasm", "+++ --- ++- +++"),
    ("plan9/amd64", "+++ --- ++- +++"),
    ("android/arm64", "+++ --- ++- ++-"),
    ("ios/arm64", "--- --- --- ---"),
];

/// The one thing in which Go 1.21 differs.
const MEASURED_BY_1_21: [(&str, &str); 2] = [("darwin/arm64", "+++ --- ++- ++-"), ("darwin/amd64", "+++ --- ++- ++-")];

/// Whether the package net has C in it for a target, read from its files.
fn net_calls_c(target: &str, is_1_21: bool) -> bool {
    let goos = target.split('/').next().unwrap();
    matches!(goos, "linux" | "freebsd" | "openbsd" | "android" | "ios") || goos == "darwin" && is_1_21
}

fn agrees(target: &str, measured: &str, is_1_21: bool) {
    let (unset, compiler) = match target {
        "linux/amd64" => (Use::With, Choice::Own),
        _ => (Use::Without, Choice::None(need("a C compiler"))),
    };
    let net = if net_calls_c(target, is_1_21) { uses(&["net"], &["net"], &[]) } else { uses(&[], &[], &[]) };
    let projects = [uses(&[], &[], &[]), uses(&["p"], &[], &["p"]), uses(&["p"], &["p"], &[]), net];
    let foretold = projects.map(|packages| {
        let cells = cells(target, unset, &packages, &compiler);
        cells.map(|cell| if cell.result == Fails { '-' } else { '+' }).iter().collect::<String>()
    });
    assert_eq!(foretold.join(" "), measured, "{target} by 1.21: {is_1_21}");
}

#[test]
fn what_is_foretold_is_what_was_measured() {
    for (target, measured) in MEASURED {
        agrees(target, measured, false);
        let old = MEASURED_BY_1_21.iter().find(|(other, _)| *other == target);
        agrees(target, old.map_or(measured, |(_, measured)| *measured), true);
    }
}
