//! What the screens look like: glyphs and styles.

use gomedic::tui::{FixOutcome, FixReport, Message};

use crate::fixture::{self, checks};
use crate::support::screen::snapshot::snapshot;
use crate::support::screen::stage::Stage;

fn assert_looks(name: &str, (width, height): (u16, u16), stage: &Stage) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), snapshot(&stage.buffer()));
    });
}

const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (120, 36), (200, 50)];

#[test]
fn the_start() {
    for size in SIZES {
        assert_looks("starting", size, &Stage::new("dark", size, checks()));
    }
}

#[test]
fn a_run_with_a_hung_probe() {
    for size in SIZES {
        assert_looks("hung", size, &fixture::hung("dark", size));
    }
}

#[test]
fn findings_with_their_causes() {
    for size in SIZES {
        assert_looks("findings", size, &fixture::stage("dark", size));
    }
}

#[test]
fn a_fix_in_full() {
    for size in SIZES {
        assert_looks("fix", size, fixture::stage("dark", size).keys("3"));
    }
}

#[test]
fn the_question_before_a_fix() {
    for size in SIZES {
        assert_looks("confirm", size, fixture::stage("dark", size).keys("/ g i t space i s enter f"));
    }
}

#[test]
fn the_keys() {
    for size in SIZES {
        assert_looks("help", size, fixture::stage("dark", size).keys("?"));
    }
}

#[test]
fn a_healthy_machine() {
    for size in SIZES {
        assert_looks("healthy", size, &fixture::healthy("dark", size));
    }
}

#[test]
fn without_colour() {
    for size in SIZES {
        let stage = fixture::stage("mono", size);
        assert_looks("mono", size, &stage);
        let colours = stage.buffer().content().iter().filter(|cell| cell.fg != ratatui::style::Color::Reset).count();
        assert_eq!(colours, 0);
    }
}

#[test]
fn in_the_sixteen_colours() {
    assert_looks("ansi", (80, 24), &fixture::stage("ansi", (80, 24)));
}

#[test]
fn a_fix_that_was_applied() {
    let mut stage = fixture::stage("dark", (120, 36));
    stage.keys("f");
    let request = stage.effects.iter().rev().find_map(|effect| match effect {
        gomedic::tui::Effect::Apply { request, .. } => Some(request.clone()),
        _ => None,
    });
    let report = FixReport { outcome: FixOutcome::Resolved, entry: Some("7".into()) };
    stage.send(Message::Applied { request: request.expect("a fix was asked for"), report });
    stage.event(fixture::started());
    stage.event(fixture::settled("goroot-env-mismatch", gomedic::model::Outcome::Passed));
    stage.event(fixture::finished());
    assert_looks("fixed", (120, 36), &stage);
}
