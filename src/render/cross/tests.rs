use super::*;
use crate::model::{Loss, Target};
use crate::render::Paint;

fn cell(target: &Target, cgo: CgoSwitch, result: BuildResult) -> Cell {
    let (missing, loses) = (Vec::new(), Vec::new());
    Cell { target: target.clone(), cgo, result, missing, loses, cc: None, tried: None }
}

fn matrix() -> Matrix {
    let (own, other) = (Target::new("linux", "amd64"), Target::new("darwin", "arm64"));
    let builds = |target: &Target| CgoSwitch::ALL.map(|cgo| cell(target, cgo, BuildResult::Builds));
    let mut cells: Vec<Cell> = builds(&own).into_iter().chain(builds(&other)).collect();
    let what = "names are looked up by Go".to_owned();
    cells[1].result = BuildResult::BuildsWithoutCgo;
    cells[1].loses = vec![Loss { package: "net".into(), what }];
    for at in [3, 4] {
        let what = "cgo for x.y/db\u{1b}[2J: build constraints exclude all Go files".to_owned();
        cells[at].result = BuildResult::Fails;
        cells[at].missing = vec![Need { short: "cgo".into(), what, command: Some("sudo get cgo".into()) }];
    }
    cells[5].cc = Some("zig cc -target x".into());
    cells[5].tried = Some(Tried::Failed("no".into()));
    let named = |target: Target, source: Option<&str>| NamedTarget {
        target,
        source: source.map(str::to_owned),
        programs: Vec::new(),
    };
    let targets = vec![named(own, Some("Makefile:3")), named(other, None)];
    Matrix { project: "~/shop".into(), go: "go1.27.3 on linux/amd64".into(), targets, cells, ..Matrix::default() }
}

#[test]
fn the_table_fits_80_columns_and_says_each_thing_once() {
    let text = cross(&matrix(), TextOptions { paint: Paint::Plain, width: 80 });
    let table = "\
~/shop with go1.27.3 on linux/amd64

 CGO_ENABLED   unset          0              1
 that the project names
 linux/amd64   ✔ builds       ▲ without cgo  ✔ builds
 others
 darwin/arm64  ✖ lacks cgo    ✖ lacks cgo    ≠ ✔ with CC
";
    assert!(text.starts_with(table), "{text}");
    assert!(text.lines().all(|line| line.width() <= 80), "{text}");
    assert!(text.contains("     unset, 0: darwin/arm64\n     sudo get cgo\n"), "{text}");
    assert!(text.contains("CGO_ENABLED=1 CC='zig cc -target x' GOOS=darwin GOARCH=arm64 go build ./..."), "{text}");
    assert!(text.contains("1 builds tried, 1 not as foretold."), "{text}");
    assert!(!text.contains('\u{1b}'), "nothing moves the cursor: {text}");
}

#[test]
fn json_has_the_fields_that_others_rely_on() {
    let json = cross_json(&matrix());
    let cell = &json["cells"][3];
    assert_eq!((cell["goos"].as_str(), cell["goarch"].as_str()), (Some("darwin"), Some("arm64")));
    assert_eq!((cell["cgo"].as_str(), cell["result"].as_str()), (Some("unset"), Some("fails")));
    assert!(cell["missing"][0].is_string() && cell["tried"].is_null());
    assert_eq!(json["cells"][1]["loses"][0], "net");
    assert_eq!(json["cells"][5]["tried"]["result"], "fails");
    assert_eq!(json["schema"], "gomedic/1");
}
