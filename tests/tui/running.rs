//! A run on the screen: from the first frame to the end.

use std::time::Duration;

use gomedic::model::{Event, Missing, ProbeStatus};
use gomedic::tui::{Effect, Message, Scope};

use crate::fixture::{self, checks, finished, goroot, settled, started};
use crate::support::screen::stage::Stage;

const WIDE: (u16, u16) = (120, 36);

#[test]
fn the_first_frame_has_every_layer_and_check_pending() {
    let mut stage = Stage::new("mono", WIDE, checks());
    let effects = stage.take_effects();
    assert!(matches!(effects[0], Effect::Start { scope: Scope::All, .. }), "{effects:?}");
    let screen = stage.text();
    assert!(screen.contains("checking 0/20"), "{screen}");
    for layer in ["System", "Shell", "Go", "Modules", "Network", "Editor", "Build", "Project"] {
        assert!(screen.contains(layer), "{layer} is not in\n{screen}");
    }
    assert!(!screen.contains("WSL"), "a layer without checks is shown:\n{screen}");
    assert!(screen.contains("Looking at this machine"), "{screen}");
}

#[test]
fn a_hung_probe_is_named_with_its_age_and_blocks_no_key() {
    let mut stage = fixture::hung("mono", WIDE);
    assert!(stage.line("checking").contains("checking 8/20 · shell start 1.2 s"), "{}", stage.text());
    stage.at(3540).keys("j 2");
    assert!(stage.line("checking").contains("shell start 3.5 s"), "{}", stage.text());
    assert!(stage.line("▌").contains("Delve can start"), "{}", stage.text());
    assert!(stage.model.is_moving());
}

#[test]
fn probes_that_run_are_listed_while_nothing_is_found() {
    let mut stage = Stage::new("mono", WIDE, checks());
    stage.event(started()).event(Event::ProbeStarted { probe: "shell-start" }).at(700);
    assert!(stage.text().contains("Nothing wrong so far."), "{}", stage.text());
    assert!(stage.line("⠧  shell start").contains("0.7 s"), "{}", stage.text());
    let status = ProbeStatus::Missing(Missing::failed("no"));
    stage.event(Event::ProbeSettled { probe: "shell-start", status, took: Duration::from_millis(700) });
    assert!(!stage.text().contains("shell start"), "{}", stage.text());
}

#[test]
fn before_a_choice_the_first_row_is_selected_and_after_it_the_chosen_one() {
    let mut stage = Stage::new("mono", WIDE, checks());
    stage.event(started()).event(settled("git-missing", fixture::git_missing()));
    assert!(stage.line("▌").contains("git is missing"));
    stage.event(settled("goroot-env-mismatch", goroot()));
    assert!(stage.line("▌").contains("GOROOT belongs"), "{}", stage.text());
    stage.keys("j");
    assert!(stage.line("▌").contains("git is missing"));
    stage.event(settled("proxy-dead", gomedic::model::Finding::new("p", gomedic::model::Severity::Error, "x")));
    assert!(stage.line("▌").contains("git is missing"), "the selection moved by itself:\n{}", stage.text());
}

#[test]
fn the_end_is_told_with_its_time_and_nothing_moves_any_more() {
    let stage = fixture::stage("mono", WIDE);
    assert!(stage.line("gomedic").contains("checked 20 in 0.2 s"), "{}", stage.text());
    assert!(!stage.model.is_moving());
}

#[test]
fn a_run_that_ends_without_its_end_is_not_taken_for_health() {
    let mut stage = Stage::new("mono", WIDE, checks());
    let run = match stage.take_effects()[0] {
        Effect::Start { run, .. } => run,
        _ => panic!("a run is started first"),
    };
    stage.send(Message::RunClosed { run });
    assert!(stage.text().contains("the run ended early"), "{}", stage.text());
    assert!(!stage.text().contains("healthy"), "{}", stage.text());
}

#[test]
fn a_second_run_replaces_outcome_by_outcome() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("R");
    assert!(matches!(stage.effects.last(), Some(Effect::Start { run: 2, scope: Scope::All })), "{:?}", stage.effects);
    stage.event(started());
    let screen = stage.text();
    assert!(screen.contains("checking 0/20") && screen.contains("git is missing"), "{screen}");
    stage.event(settled("git-missing", gomedic::model::Outcome::Passed));
    assert!(!stage.text().contains("git is missing"), "{}", stage.text());
    stage.event(finished());
    assert!(stage.text().contains("checked 20"));
}

#[test]
fn what_an_abandoned_run_tells_is_not_listened_to() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("R").event(started());
    stage.send(Message::Run { run: 1, event: settled("git-missing", gomedic::model::Outcome::Passed) });
    assert!(stage.text().contains("git is missing"), "{}", stage.text());
}

#[test]
fn one_check_is_run_again_with_what_is_linked_to_it() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("r");
    let around = Scope::Around("goroot-env-mismatch");
    assert!(
        matches!(stage.effects.last(), Some(Effect::Start { scope, .. }) if *scope == around),
        "{:?}",
        stage.effects
    );
    stage.event(settled("goroot-env-mismatch", gomedic::model::Outcome::Passed)).event(finished());
    let screen = stage.text();
    assert!(!screen.contains("GOROOT belongs to another Go"), "{screen}");
    assert!(screen.contains("checked 20 in 0.2 s"), "{screen}");
}
