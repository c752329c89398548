//! The list: order, filters, search.

use gomedic::model::{Finding, Severity};

use crate::fixture::{self, checks, finished, settled, started};
use crate::support::screen::stage::Stage;

const NARROW: (u16, u16) = (80, 30);

/// The lines of the list from the one with `first` on.
fn rows(stage: &Stage, first: &str, count: usize) -> Vec<String> {
    let screen = stage.text();
    screen.lines().skip_while(|line| !line.contains(first)).take(count).map(str::to_owned).collect()
}

#[test]
fn effects_hang_under_their_cause() {
    let stage = fixture::stage("mono", NARROW);
    let rows = rows(&stage, "Nothing answers", 3);
    assert!(rows[0].starts_with(" ✖ Nothing answers at the proxy"), "{rows:#?}");
    assert!(rows[1].starts_with(" ├ ✖ proxy.golang.org"), "{rows:#?}");
    assert!(rows[2].starts_with(" └ ▲ The clock"), "{rows:#?}");
}

#[test]
fn each_finding_tells_what_can_be_done() {
    let stage = fixture::stage("mono", NARROW);
    for (row, hint) in [
        ("GOROOT belongs to another Go  ", "f fix"),
        ("Nothing answers", "f fix…"),
        ("git is missing", "f root…"),
        ("gopls was built", "y copy"),
    ] {
        assert!(stage.line(row).trim_end_matches([' ', '┃', '│']).ends_with(hint), "{}", stage.line(row));
    }
    assert!(!stage.line("~/go/bin holds").contains("f fix"), "{}", stage.line("~/go/bin holds"));
}

#[test]
fn unknown_is_shown_with_its_reason_and_the_rest_on_demand() {
    let mut stage = fixture::stage("mono", (100, 80));
    assert!(stage.line("A C compiler for cgo").contains("gcc did not answer within 5 s"));
    assert!(!stage.text().contains("Room for the build cache"));
    stage.keys("o");
    let screen = stage.text();
    assert!(screen.contains("─ Passed (10)") && screen.contains("✔ Room for the build cache"), "{screen}");
    assert!(screen.contains("– vendor agrees with go.mod  the project has no vendor folder"), "{screen}");
    stage.keys("o");
    assert!(!stage.text().contains("Room for the build cache"));
}

#[test]
fn search_narrows_while_typing_and_escape_widens_again() {
    let mut stage = fixture::stage("mono", NARROW);
    stage.keys("/ g i t backspace");
    assert!(stage.line("Findings").contains("/gi▏"), "{}", stage.text());
    stage.keys("t");
    assert!(!stage.text().contains("✖ GOROOT belongs"), "{}", stage.text());
    stage.keys("enter");
    assert!(stage.line("Findings").contains("/git"), "{}", stage.text());
    stage.keys("esc");
    assert!(stage.text().contains("GOROOT belongs"), "{}", stage.text());
    assert!(stage.line("▌").contains("git is missing"), "what was found stays selected:\n{}", stage.text());
}

#[test]
fn search_looks_into_ids_and_evidence_and_keeps_the_cause_of_what_it_finds() {
    let mut stage = fixture::stage("mono", NARROW);
    stage.keys("/ c o n n e c t i o n");
    let screen = stage.text();
    assert!(screen.contains("proxy.golang.org cannot be reached"), "{screen}");
    assert!(screen.contains("Nothing answers at the proxy"), "{screen}");
    assert!(!screen.contains("The clock is"), "{screen}");
    stage.keys("esc / c l o c k - s k e w");
    assert!(stage.text().contains("The clock is"), "{}", stage.text());
}

#[test]
fn letters_of_keys_are_text_while_searching() {
    let mut stage = fixture::stage("mono", NARROW);
    stage.take_effects();
    stage.keys("/ q u f");
    assert!(stage.take_effects().is_empty());
    assert!(stage.line("Findings").contains("/quf"), "{}", stage.text());
}

#[test]
fn layers_with_problems_are_shown_one_after_the_other() {
    let mut stage = fixture::stage("mono", NARROW);
    stage.keys("l");
    assert!(stage.line("Findings").contains("only System"), "{}", stage.text());
    assert!(!stage.text().contains("✖ GOROOT belongs"), "{}", stage.text());
    stage.keys("l l");
    assert!(stage.line("Findings").contains("only Go"), "{}", stage.text());
    stage.keys("l");
    assert!(stage.line("Findings").contains("only Network"), "a layer without problems is shown:\n{}", stage.text());
    stage.keys("l l l");
    assert!(!stage.line("Findings").contains("only"), "{}", stage.text());
}

#[test]
fn a_long_list_scrolls_with_the_selection() {
    let mut stage = Stage::new("mono", (80, 24), checks());
    stage.event(started());
    let findings: Vec<Finding> =
        (0..40).map(|at| Finding::new(format!("{at}"), Severity::Warning, format!("finding number {at}"))).collect();
    stage.event(settled("disk-full", findings)).event(finished());
    stage.keys("G");
    assert!(stage.line("▌").contains("finding number 39"), "{}", stage.text());
    stage.keys("g");
    assert!(stage.line("▌").contains("finding number 0 "), "{}", stage.text());
    stage.wheel_down("▲ finding number 0 ");
    assert!(!stage.text().contains("▲ finding number 0 "), "{}", stage.text());
    stage.keys("j");
    assert!(stage.line("▌").contains("finding number 1 "), "{}", stage.text());
}
