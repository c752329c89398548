//! Benchmarks: `cargo bench`.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use gomedic::engine::{self, Fold, Options};
use gomedic::host::Host;
use gomedic::host::live::{Live, LiveOptions};
use gomedic::host::recorded::Recorded;
use gomedic::model::Event;
use gomedic::probes::inspect::Inspector;
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

/// This program, once grown to 100 MiB and once under a thousand names.
fn binaries(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let own = std::env::current_exe().expect("this program has a path");
    let large = folder.path().join("large");
    fs::copy(&own, &large).expect("it can be copied");
    let file = fs::File::options().write(true).open(&large).expect("it can be opened");
    file.set_len(100 << 20).expect("it can grow");
    let names = (0..1000).map(|number| folder.path().join(number.to_string()));
    let names: Vec<String> = names
        .inspect(|name| fs::hard_link(&large, name).expect("it gets another name"))
        .map(|name| name.display().to_string())
        .collect();
    let live = Live::new(LiveOptions::new(folder.path())).expect("this machine can be read");
    criterion.bench_function("inspect a binary of 100 MiB", |bencher| {
        bencher.iter(|| Inspector::new(&live).inspect(&names[0]));
    });
    criterion.bench_function("inspect 1,000 binaries", |bencher| {
        bencher.iter(|| {
            let inspector = Inspector::new(&live);
            names.iter().map(|name| inspector.inspect(name).libraries.len()).sum::<usize>()
        });
    });
}

criterion_group!(benches, recorded, dashboard, binaries);
criterion_main!(benches);
