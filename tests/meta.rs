//! Tests about the repository itself: what belongs together stays together.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gomedic::checks;
use support::check_files;

fn ids() -> BTreeSet<String> {
    checks::all().iter().map(|check| check.id.to_owned()).collect()
}

fn place(layer: &str, id: &str, root: &str, extension: &str) -> PathBuf {
    Path::new(root).join(layer).join(format!("{id}.{extension}"))
}

#[test]
fn ids_are_unique_kebab_case() {
    let all = checks::all();
    assert_eq!(ids().len(), all.len(), "two checks have one id");
    for check in all {
        let is_kebab = check.id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(is_kebab, "'{}' is not kebab-case", check.id);
    }
}

#[test]
fn every_check_has_its_rule_page_and_scenario_and_no_file_stands_alone() {
    for check in checks::all() {
        let layer = check.layer.id();
        let rule = check.id.replace('-', "_");
        for path in [
            place(layer, &rule, "src/checks", "rs"),
            place(layer, check.id, "assets/explain", "md"),
            place(layer, check.id, "tests/scenarios", "md"),
        ] {
            assert!(path.is_file(), "{} is missing", path.display());
        }
        let page = fs::read_to_string(place(layer, check.id, "assets/explain", "md")).expect("a page can be read");
        assert_eq!(page, check.page.text(), "{}: the page belongs to another check", check.id);
    }
    let known = ids();
    for (root, extension) in [("assets/explain", "md"), ("tests/scenarios", "md")] {
        for (id, path) in check_files(root, extension) {
            assert!(known.contains(&id), "{} belongs to no check", path.display());
        }
    }
    for (file, path) in check_files("src/checks", "rs").filter(|(file, _)| file != "mod") {
        assert!(known.contains(&file.replace('_', "-")), "{} belongs to no check", path.display());
    }
}

#[test]
fn pages_have_a_title_and_say_what_happens() {
    for check in checks::all() {
        assert!(check.page.text().starts_with("# "), "{}: the page has no title", check.id);
        assert!(check.page.text().contains("\n## What happens\n"), "{}: the page does not say what happens", check.id);
        assert!(check.page.text().lines().count() >= 15, "{}: the page is too short to explain anything", check.id);
        assert!(!check.title.is_empty() && !check.title.ends_with('.'), "{}: the title is a phrase", check.id);
    }
}

#[test]
fn causes_are_names_of_checks_and_go_in_no_circle() {
    let known = ids();
    for check in checks::all() {
        for cause in check.causes {
            assert!(known.contains(*cause), "{}: there is no check {cause}", check.id);
        }
        let mut seen = vec![check.id];
        let mut next: Vec<&str> = check.causes.to_vec();
        while let Some(id) = next.pop() {
            assert_ne!(id, check.id, "{} explains itself by way of {seen:?}", check.id);
            if let Some(cause) = checks::find(id).filter(|cause| !seen.contains(&cause.id)) {
                seen.push(cause.id);
                next.extend(cause.causes);
            }
        }
    }
}

/// Each folder of src, with what its files must not name.
const WALLS: &[(&str, &[&str])] = &[
    (
        "src/checks",
        &[
            "std::fs",
            "std::process",
            "std::env",
            "std::net",
            "tokio::",
            "rustix::",
            "crate::host::Host",
            "dyn Host",
            "Timestamp::now",
        ],
    ),
    (
        "src/render",
        &["std::fs", "std::process", "std::env", "crate::host", "crate::probes", "crate::checks", "crate::engine"],
    ),
    (
        "src/model",
        &[
            "std::fs",
            "std::process",
            "std::env",
            "crate::host",
            "crate::probes",
            "crate::checks",
            "crate::engine",
            "crate::tui",
            "crate::fix",
        ],
    ),
    (
        "src/probes",
        &[
            "std::fs::",
            "std::process",
            "std::env::",
            "rustix::",
            "host::live",
            "crate::checks",
            "crate::fix",
            "crate::tui",
        ],
    ),
    ("src/host", &["crate::probes", "crate::checks", "crate::engine", "crate::fix", "crate::tui", "crate::cli"]),
    ("src/tui", &["dyn Host", "crate::host::live", "crate::probes"]),
];

#[test]
fn dependencies_point_one_way() {
    let mut broken = Vec::new();
    for (folder, forbidden) in WALLS {
        for path in sources(Path::new(folder)) {
            let text = fs::read_to_string(&path).expect("a source file can be read");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                broken.extend(
                    forbidden
                        .iter()
                        .filter(|name| line.contains(**name))
                        .map(|name| format!("{}: {name} in: {}", path.display(), line.trim())),
                );
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a source folder can be listed").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn the_top_level_holds_what_it_should() {
    let allowed =
        ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "src", "assets", "tests", "screenshots", "target"];
    for entry in fs::read_dir(".").expect("the repository can be listed").filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} does not belong at the top level");
    }
}

#[test]
fn the_readme_lists_every_check() {
    let table = gomedic::cli::check_table();
    agree_with_readme("checks", &table);
}

#[test]
fn the_readme_lists_every_key() {
    agree_with_readme("keys", &gomedic::tui::keymap::markdown());
}

/// Holds a generated part of the README; `GOMEDIC_BLESS=1` writes it.
fn agree_with_readme(name: &str, expected: &str) {
    let readme = fs::read_to_string("README.md").expect("the README can be read");
    let start = readme.find(&format!("<!-- {name}:")).expect("the README has the part");
    let from = start + readme[start..].find("-->\n").expect("the mark ends") + "-->\n".len();
    let to = readme.find(&format!("<!-- /{name} -->")).expect("the part ends");
    if readme[from..to].trim() == expected.trim() {
        return;
    }
    if std::env::var_os("GOMEDIC_BLESS").is_some() {
        let whole = format!("{}\n{}\n\n{}", &readme[..from], expected.trim(), &readme[to..]);
        fs::write("README.md", whole).expect("the README can be written");
        return;
    }
    panic!("the part '{name}' of the README is stale; run GOMEDIC_BLESS=1 cargo test --test meta");
}

#[test]
fn probes_have_names_of_their_own() {
    let mut names: Vec<String> = Vec::new();
    for path in sources(Path::new("src/probes")) {
        let text = fs::read_to_string(&path).expect("a source file can be read");
        let marks = text.lines().filter_map(|line| line.trim().strip_prefix("const ID: &'static str = \""));
        names.extend(marks.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    let unique: BTreeSet<&String> = names.iter().collect();
    assert!(names.len() > 10, "the names of probes were not found");
    assert_eq!(unique.len(), names.len(), "two probes have one name: {names:?}");
}
