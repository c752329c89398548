//! Benchmarks: `cargo bench`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use gomedic::engine::{self, Fold, Options};
use gomedic::host::Host;
use gomedic::host::recorded::Recorded;
use gomedic::model::Event;
use gomedic::tui::{self, Message, Model, Theme, update, view};
use gomedic::{checks, render};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const MACHINE: &str = "assets/machines/onboarding.md";

fn recorded(criterion: &mut Criterion) {
    criterion.bench_function("open a machine file", |bencher| {
        bencher.iter(|| Recorded::open(Path::new(MACHINE)).expect("the demo machine can be read"));
    });
    let host: Arc<dyn Host> = Arc::new(Recorded::open(Path::new(MACHINE)).expect("the demo machine can be read"));
    criterion.bench_function("full check over a recorded machine", |bencher| {
        bencher.iter(|| full_check(&host));
    });
    let report = full_check(&host).report();
    criterion.bench_function("report as JSON", |bencher| bencher.iter(|| render::json(&report)));
}

fn full_check(host: &Arc<dyn Host>) -> Fold {
    let options = Options::within(Duration::from_secs(60));
    let mut events = engine::start(Arc::clone(host), checks::all(), options);
    let mut fold = Fold::default();
    while let Some(event) = events.blocking_recv() {
        fold.apply(event);
    }
    fold
}

fn dashboard(criterion: &mut Criterion) {
    let window = Rect::new(0, 0, 120, 36);
    let opened = || Model::new(Theme::named("dark").expect("a theme"), window.as_size(), checks::all());
    criterion.bench_function("first frame", |bencher| {
        bencher.iter(|| {
            let mut buffer = Buffer::empty(window);
            view(&opened(), &mut buffer);
            buffer
        });
    });
    let mut model = opened();
    drop(tui::start(&mut model));
    let host: Arc<dyn Host> = Arc::new(Recorded::open(Path::new(MACHINE)).expect("the demo machine can be read"));
    for check in full_check(&host).checks {
        drop(update(&mut model, Message::Run { run: 1, event: Event::CheckSettled(check) }));
    }
    criterion.bench_function("a key and its frame", |bencher| {
        bencher.iter(|| {
            let key = KeyEvent::new(KeyCode::Down, KeyModifiers::NONE);
            drop(update(&mut model, Message::Key(key)));
            let mut buffer = Buffer::empty(window);
            view(&model, &mut buffer);
            buffer
        });
    });
}

criterion_group!(benches, recorded, dashboard);
criterion_main!(benches);
