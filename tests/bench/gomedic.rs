//! Benchmarks: `cargo bench`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use gomedic::engine::{self, Fold, Options};
use gomedic::host::Host;
use gomedic::host::recorded::Recorded;
use gomedic::{checks, render};

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
    let options = Options { deadline: Duration::from_secs(60) };
    let mut events = engine::start(Arc::clone(host), checks::all(), options);
    let mut fold = Fold::default();
    while let Some(event) = events.blocking_recv() {
        fold.apply(event);
    }
    fold
}

criterion_group!(benches, recorded);
criterion_main!(benches);
