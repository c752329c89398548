//! Any size, any keys, any text from the machine.

use gomedic::model::{Evidence, Finding, HostSummary, Missing, Severity};
use gomedic::tui::{Message, Theme};
use proptest::prelude::*;
use ratatui::layout::Size;

use crate::fixture::{self, checks, finished, settled, started};
use crate::support::screen::stage::{Stage, key_event};

const KEYS: [&str; 30] = [
    "up",
    "down",
    "g",
    "G",
    "pgup",
    "pgdn",
    "tab",
    "shift-tab",
    "1",
    "2",
    "3",
    "4",
    "enter",
    "f",
    "n",
    "u",
    "h",
    "r",
    "R",
    "/",
    "l",
    "o",
    "y",
    "e",
    "?",
    "esc",
    "space",
    "ctrl-l",
    "x",
    "backspace",
];

/// True for characters that a terminal would act on.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_size_and_any_keys(
        sizes in prop::collection::vec((1u16..250, 1u16..80), 1..4),
        keys in prop::collection::vec(prop::sample::select(&KEYS[..]), 0..40),
        theme in prop::sample::select(Theme::names().collect::<Vec<_>>()),
    ) {
        let mut stage = fixture::stage(theme, sizes[0]);
        for (at, key) in keys.iter().enumerate() {
            let (width, height) = sizes[at % sizes.len()];
            stage.send(Message::Resize(Size { width, height }));
            stage.send(Message::Key(key_event(key)));
            stage.buffer();
        }
    }

    #[test]
    fn no_text_of_the_machine_reaches_the_terminal_as_a_command(text in "(?s).{0,40}", size in (60u16..140, 16u16..40)) {
        let mut stage = Stage::new("mono", size, checks());
        let host = HostSummary { distro: Some(text.clone()), folder: Some(text.clone()), ..fixture::host() };
        stage.event(gomedic::model::Event::HostLearned(host)).event(started());
        let finding = Finding::new(text.clone(), Severity::Error, text.clone())
            .detail(text.clone())
            .about(text.clone())
            .evidence(Evidence::new(text.clone(), text.clone()).expected(text.clone()));
        stage.event(settled("disk-full", finding));
        stage.event(settled("cc-invalid", Missing::failed(text.clone()))).event(finished());
        for key in ["1", "2", "3", "4", "o", "G", "f", "?"] {
            stage.keys(key);
            for cell in stage.buffer().content() {
                prop_assert!(!cell.symbol().chars().any(is_control), "{:?}", cell.symbol());
            }
        }
    }
}

#[test]
fn a_window_that_is_too_small_says_so_and_can_be_left() {
    let mut stage = fixture::stage("mono", (59, 16));
    assert!(stage.text().contains("gomedic needs 60 × 16"), "{}", stage.text());
    assert!(stage.text().contains("✖ 3"), "{}", stage.text());
    stage.take_effects();
    stage.keys("q");
    assert!(matches!(stage.take_effects()[..], [gomedic::tui::Effect::Quit]));
    stage.resize((60, 16));
    assert!(stage.text().contains("Findings"), "{}", stage.text());
}
