//! The screen of what a project builds for.

use gomedic::model::{BuildResult, Cell, CgoSwitch, Loss, Matrix, NamedTarget, Need, Target};
use gomedic::tui::{Effect, Message};

use crate::fixture;

fn cell(target: &Target, cgo: CgoSwitch, result: BuildResult) -> Cell {
    let (missing, loses) = (Vec::new(), Vec::new());
    Cell { target: target.clone(), cgo, result, missing, loses, cc: None, tried: None }
}

/// Three columns: it builds, it does without C, it lacks a compiler.
fn matrix(count: usize) -> Matrix {
    let names = ["linux/amd64", "linux/arm64", "windows/amd64", "darwin/arm64", "freebsd/amd64"];
    let mut matrix = Matrix { project: "~/src/shop".into(), go: "go1.27.3 on linux/amd64".into(), ..Matrix::default() };
    for at in 0..count {
        let target = Target::parse(names[at % names.len()]).expect("it is a target");
        let [unset, mut off, mut on] = [
            (CgoSwitch::Unset, BuildResult::Builds),
            (CgoSwitch::Off, BuildResult::BuildsWithoutCgo),
            (CgoSwitch::On, BuildResult::Fails),
        ]
        .map(|(cgo, result)| cell(&target, cgo, result));
        off.loses = vec![Loss { package: "net".into(), what: "names are looked up by Go itself".into() }];
        on.missing = vec![Need {
            short: "gcc".into(),
            what: format!("a C compiler for {target}"),
            command: Some("sudo apt-get install gcc".into()),
        }];
        matrix.cells.extend([unset, off, on]);
        let source = (at == 0).then(|| ".goreleaser.yaml:3".to_owned());
        matrix.targets.push(NamedTarget { target, source, programs: Vec::new() });
    }
    matrix
}

#[test]
fn it_is_asked_for_once_and_each_cell_is_explained() {
    let mut stage = fixture::stage("mono", (80, 24));
    stage.take_effects();
    stage.keys("b");
    assert!(matches!(stage.take_effects()[..], [Effect::Cross]));
    assert!(stage.text().contains("Reading the packages of this project"), "{}", stage.text());
    stage.send(Message::Crossed(Ok(Box::new(matrix(5)))));
    let first = stage.text();
    for part in ["What ~/src/shop builds for", ".goreleaser.yaml:3 names this target.", "It builds."] {
        assert!(first.contains(part), "'{part}' is not in\n{first}");
    }
    stage.keys("l");
    assert!(stage.text().contains("• net: names are looked up by Go itself"), "{}", stage.text());
    stage.keys("l l j");
    let last = stage.text();
    for part in
        ["CGO_ENABLED=1 GOOS=linux GOARCH=arm64 go build", "• a C compiler for linux/arm64", "sudo apt-get install gcc"]
    {
        assert!(last.contains(part), "'{part}' is not in\n{last}");
    }
    stage.keys("y");
    let effects = stage.take_effects();
    assert!(matches!(&effects[..], [Effect::Copy(text)] if text == "sudo apt-get install gcc"), "{effects:?}");
    stage.keys("esc");
    assert!(!stage.text().contains("CGO_ENABLED"), "{}", stage.text());
}

#[test]
fn the_selected_target_stays_in_view_with_its_explanation() {
    let mut stage = fixture::stage("mono", (60, 16));
    stage.keys("b");
    stage.send(Message::Crossed(Ok(Box::new(matrix(40)))));
    for keys in ["G", "g", "j j j j j j j j j"] {
        stage.keys(keys);
        let screen = stage.text();
        assert!(screen.contains('▌') && screen.contains("It builds."), "{screen}");
    }
}

#[test]
fn no_answer_is_said_and_a_late_one_disturbs_nobody() {
    let mut stage = fixture::stage("mono", (80, 24));
    stage.keys("b");
    stage.send(Message::Crossed(Err("there is no Go module here".into())));
    assert!(stage.text().contains("there is no Go module here"), "{}", stage.text());
    stage.keys("j l y esc");
    let before = stage.text();
    stage.send(Message::Crossed(Ok(Box::new(matrix(2)))));
    assert_eq!(stage.text(), before);
}
