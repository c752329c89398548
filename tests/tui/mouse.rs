//! Clicks do what keys do.

use gomedic::tui::Effect;

use crate::fixture;

#[test]
fn a_click_selects_a_row() {
    let mut stage = fixture::stage("mono", (120, 36));
    stage.click("proxy.golang.org");
    assert!(stage.line("▌").contains("proxy.golang.org"), "{}", stage.text());
}

#[test]
fn a_click_opens_a_tab() {
    for size in [(80, 24), (120, 36)] {
        let mut stage = fixture::stage("mono", size);
        stage.click("Evidence ");
        assert!(stage.text().contains("observed"), "{}", stage.text());
    }
}

#[test]
fn a_click_shows_a_layer_alone_and_another_all() {
    for (size, network) in [((80, 24), "Network ✖"), ((120, 36), "Network    ✖2")] {
        let mut stage = fixture::stage("mono", size);
        stage.click(network);
        assert!(stage.line("Findings").contains("only Network"), "{}", stage.text());
        stage.click(network);
        assert!(!stage.line("Findings").contains("only"), "{}", stage.text());
    }
}

#[test]
fn a_click_on_a_key_presses_it() {
    let mut stage = fixture::stage("mono", (120, 36));
    stage.take_effects();
    stage.click("q quit");
    assert!(matches!(stage.take_effects()[..], [Effect::Quit]));
}

#[test]
fn below_a_box_nothing_is_clicked() {
    let mut stage = fixture::stage("mono", (120, 36));
    stage.keys("?");
    stage.click("Layers");
    stage.click("esc back");
    assert!(!stage.line("Findings").contains("only"), "{}", stage.text());
}

#[test]
fn the_wheel_scrolls_what_is_below_the_pointer() {
    let mut stage = fixture::stage("mono", (80, 24));
    let before = stage.line("▌");
    stage.wheel_down("~/.bashrc:12");
    assert!(!stage.text().contains("GOROOT is set to"), "{}", stage.text());
    assert_eq!(stage.line("▌"), before);
}
