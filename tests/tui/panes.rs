//! The pane and the boxes over it.

use gomedic::tui::{Effect, Message};

use crate::fixture;

const WIDE: (u16, u16) = (130, 40);

#[test]
fn the_diff_is_on_the_screen_before_any_key() {
    for size in [(80, 24), (100, 30), (120, 36), (200, 50)] {
        let stage = fixture::stage("mono", size);
        assert!(stage.text().contains("- export GOROOT=/opt/go1.20"), "{}", stage.text());
        assert!(stage.text().contains("+ # export GOROOT=/opt/go1.20"), "{}", stage.text());
    }
}

#[test]
fn the_page_is_set_from_markdown() {
    let stage = fixture::stage("mono", WIDE);
    let screen = stage.text();
    for text in [
        "What happens",
        "│ compile: version \"go1.20.14\"",
        "• Every package fails, also those",
        "  1. It never starts the compiler.",
        "See the release notes (https://go.dev/doc/go1.9).",
    ] {
        assert!(screen.contains(text), "'{text}' is not in\n{screen}");
    }
    assert!(!screen.contains("##") && !screen.contains("**"), "{screen}");
}

#[test]
fn evidence_is_aligned() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("2");
    let screen = stage.text();
    for text in [
        "~/.bashrc:12",
        "observed  export GOROOT=/opt/go1.20",
        "expected  no GOROOT",
        "seen in   a new terminal, a login shell",
    ] {
        assert!(screen.contains(text), "'{text}' is not in\n{screen}");
    }
}

#[test]
fn a_trace_is_asked_for_when_its_tab_is_open_and_only_once() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    stage.keys("4 j k");
    let effects = stage.take_effects();
    assert!(matches!(&effects[..], [Effect::Trace(subject)] if subject == "GOROOT"), "{effects:?}");
    assert!(stage.text().contains("Asking each context for GOROOT"), "{}", stage.text());
    stage.send(Message::Traced { subject: "GOROOT".into(), trace: fixture::trace() });
    let screen = stage.text();
    for part in ["≠ this session", "a new terminal, a login shell", "✔ ~/.bashrc:12", "? the editor", "✔ environment"]
    {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
}

#[test]
fn tabs_go_round_in_both_directions() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("shift-tab");
    assert!(stage.text().contains("Asking each context"), "{}", stage.text());
    stage.keys("tab tab");
    assert!(stage.text().contains("observed"), "{}", stage.text());
}

#[test]
fn the_pane_can_have_the_whole_screen() {
    let mut stage = fixture::stage("mono", (80, 24));
    stage.keys("enter G");
    let screen = stage.text();
    assert!(screen.contains("Explain: goroot-env-mismatch") && screen.contains("See the release notes"), "{screen}");
    stage.keys("2");
    assert!(stage.text().contains("Evidence: goroot-env-mismatch"), "{}", stage.text());
    stage.keys("esc");
    assert!(stage.text().contains("Findings"), "{}", stage.text());
}

#[test]
fn help_names_every_key_of_the_table() {
    let mut stage = fixture::stage("mono", (120, 80));
    stage.keys("?");
    let screen = stage.text();
    for line in gomedic::tui::keymap::markdown().lines().skip(2) {
        let does = line.trim_end_matches(" |").rsplit("| ").next().expect("a cell");
        assert!(screen.contains(does), "'{does}' is not in\n{screen}");
    }
}

#[test]
fn escape_takes_back_one_thing_at_a_time_and_then_ends() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    stage.keys("l / g i t enter ? esc esc esc");
    assert!(stage.take_effects().is_empty());
    assert!(!stage.line("Findings").contains("only"), "{}", stage.text());
    stage.keys("esc");
    assert!(matches!(stage.take_effects()[..], [Effect::Quit]));
}

#[test]
fn the_report_is_exported_as_it_stands() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    stage.keys("e");
    match &stage.take_effects()[..] {
        [Effect::Export(report)] => assert_eq!((report.checks.len(), report.summary.error), (20, 3)),
        other => panic!("{other:?}"),
    }
    stage.send(Message::Exported(Ok("gomedic-report.md".into())));
    assert!(stage.text().contains("the report was written: gomedic-report.md"), "{}", stage.text());
}
