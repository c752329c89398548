//! Cause before symptom, over all checks at once:
//! `tests/scenarios/causes/<name>.md` is a machine with one fault, and the
//! tree of all that is found there. `GOMEDIC_BLESS=1 cargo test --test causes`
//! writes the tree that there is now into the files, to be read in the diff.

mod support;

use std::fs;

use gomedic::checks;
use gomedic::host::recorded::{Recorded, blocks};
use gomedic::model::{Branch, forest, text};
use support::{machine_files, run_checks};

#[test]
fn one_fault_stands_above_what_it_explains() {
    let bless = std::env::var_os("GOMEDIC_BLESS").is_some();
    let mut failures = Vec::new();
    let files = machine_files("tests/scenarios/causes");
    assert!(!files.is_empty(), "no machine was found");
    for path in files {
        let text = fs::read_to_string(&path).expect("a machine file can be read");
        let all = blocks(&text);
        let machine: Vec<_> = all.iter().filter(|block| block.info == "toml").copied().collect();
        let expected = all.iter().find(|block| block.info == "tree");
        let expected = expected.unwrap_or_else(|| panic!("{} expects nothing", path.display()));
        let found = tree(Recorded::from_blocks(&machine, &path).unwrap_or_else(|error| panic!("{error}")));
        if found == expected.text {
            continue;
        }
        if bless {
            let range = expected.offset..expected.offset + expected.text.len();
            let mut blessed = text.clone();
            blessed.replace_range(range, &found);
            fs::write(&path, blessed).expect("a machine file can be written");
        }
        let diff = similar::TextDiff::from_lines(expected.text, &found);
        failures.push(format!("{}\n{}", path.display(), diff.unified_diff().header("expected", "actual")));
    }
    assert!(failures.is_empty() || bless, "{}", failures.join("\n\n"));
}

/// Everything that is found, each cause before its effects.
fn tree(machine: Recorded) -> String {
    let report = run_checks(machine, checks::all());
    let mut out = String::new();
    for branch in forest(&report.checks) {
        draw(&branch, 0, &mut out);
    }
    out
}

fn draw(branch: &Branch<'_>, depth: usize, out: &mut String) {
    let (indent, id, finding) = ("  ".repeat(depth), branch.check.id, branch.finding);
    let summary = text::plain(&finding.summary);
    out.push_str(&format!("{indent}{id} ({}): {summary}\n", finding.severity.id()));
    for effect in &branch.effects {
        draw(effect, depth + 1, out);
    }
}
