//! The pictures in `screenshots/`: the real dashboard over the recorded demo
//! machine. `GOMEDIC_BLESS=1 cargo test --test screenshots` draws them anew.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gomedic::checks;
use gomedic::cross;
use gomedic::engine::{self, Options};
use gomedic::host::Host;
use gomedic::host::recorded::Recorded;
use gomedic::model::Event;
use gomedic::probes::{self, Probing};
use gomedic::tui::{Effect, Message};
use support::screen::stage::Stage;
use support::screen::svg::{DARK, LIGHT, Palette, svg};

const NEWCOMER: &str = "assets/machines/onboarding.md";
const WSL: &str = "assets/machines/wsl-broken.md";

fn demo(machine: &str) -> Arc<dyn Host> {
    Arc::new(Recorded::open(Path::new(machine)).expect("the demo machine can be read"))
}

/// A dashboard that has looked at the newcomer's machine.
fn stage(theme: &str, size: (u16, u16)) -> Stage {
    stage_of(NEWCOMER, theme, size)
}

/// A dashboard that has looked at a demo machine.
fn stage_of(machine: &str, theme: &str, size: (u16, u16)) -> Stage {
    let host = demo(machine);
    let mut stage = Stage::new(theme, size, checks::all());
    let options = Options::within(Duration::from_secs(60));
    let mut events = engine::start(Arc::clone(&host), checks::all(), options);
    while let Some(event) = events.blocking_recv() {
        stage.event(match event {
            // How long it took here and now is no part of the picture.
            Event::Finished { timings, .. } => Event::Finished { took: Duration::from_millis(212), timings },
            event => event,
        });
    }
    stage
}

/// Presses keys, and answers what is asked for then.
fn with_keys(stage: Stage, keys: &str) -> Stage {
    with_keys_of(NEWCOMER, stage, keys)
}

fn with_keys_of(machine: &str, mut stage: Stage, keys: &str) -> Stage {
    stage.take_effects();
    stage.keys(keys);
    for effect in stage.take_effects() {
        let probing = Probing::new(demo(machine));
        match effect {
            Effect::Trace(subject) => {
                let trace = probes::trace(&probing, &subject);
                stage.send(Message::Traced { subject, trace });
            }
            Effect::Cross => {
                let matrix = cross::matrix(&probing, &[]).map(Box::new).map_err(|missing| missing.detail);
                stage.send(Message::Crossed(matrix));
            }
            _ => {}
        }
    }
    stage
}

#[test]
fn the_dashboard() {
    holds("dashboard", &stage("dark", (120, 36)), &DARK);
    holds("dashboard-light", &stage("light", (120, 36)), &LIGHT);
    holds("dashboard-narrow", &stage("dark", (80, 24)), &DARK);
    holds("dashboard-wide", &stage("dark", (200, 50)), &DARK);
    holds("dashboard-without-colour", &stage("mono", (120, 36)), &DARK);
}

#[test]
fn the_tabs() {
    holds("fix", &with_keys(stage("dark", (120, 36)), "3"), &DARK);
    holds("trace", &with_keys(stage("dark", (120, 36)), "4"), &DARK);
    holds("evidence", &with_keys(stage("dark", (120, 36)), "2"), &DARK);
}

#[test]
fn what_the_project_builds_for() {
    // The build for arm64 with cgo is selected.
    holds("cross", &with_keys(with_keys(stage("dark", (120, 24)), "b"), "j l l"), &DARK);
}

#[test]
fn a_machine_on_windows() {
    holds("wsl", &stage_of(WSL, "dark", (120, 36)), &DARK);
    holds("wsl-trace", &with_keys_of(WSL, stage_of(WSL, "dark", (120, 36)), "4"), &DARK);
}

#[test]
fn the_boxes() {
    holds("help", &with_keys(stage("dark", (120, 60)), "?"), &DARK);
    holds("everything", &with_keys(stage("dark", (120, 60)), "o"), &DARK);
}

/// Holds a picture; `GOMEDIC_BLESS=1` draws it anew.
fn holds(name: &str, stage: &Stage, palette: &Palette) {
    let path = PathBuf::from("screenshots").join(format!("{name}.svg"));
    let drawn = svg(&stage.buffer(), palette);
    if fs::read_to_string(&path).is_ok_and(|known| known == drawn) {
        return;
    }
    if std::env::var_os("GOMEDIC_BLESS").is_some() {
        fs::create_dir_all("screenshots").expect("a folder");
        return fs::write(&path, drawn).expect("a picture can be written");
    }
    panic!("{} is stale; run GOMEDIC_BLESS=1 cargo test --test screenshots and look at it", path.display());
}
