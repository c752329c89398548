use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;

use crate::host::Host;
use crate::model::{Missing, Reason};

/// A typed value that a probe reads from the host.
pub trait Fact: Send + Sync + Sized + 'static {
    /// Kebab-case name of the probe, shown while it runs and in `--timings`.
    const ID: &'static str;

    /// When its probe starts.
    const START: Start = Start::AtOnce;

    /// Reads it.
    ///
    /// # Errors
    /// The reason why there is none. Parts that may be missing by themselves
    /// are better kept as `Result`s inside the fact.
    fn probe(probing: &Probing) -> Result<Self, Missing>;
}

/// When a probe starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// At once.
    AtOnce,
    /// When all others have started: what it waits for is slow, and must not
    /// stand in the way of what can be told soon.
    Last,
}

/// The name of a probe and the way to start it.
#[derive(Clone, Copy)]
pub struct ProbeRef {
    /// The probe's name.
    pub id: &'static str,
    /// When it starts.
    pub order: Start,
    start: fn(&Probing),
}

impl ProbeRef {
    /// The probe that yields `F`.
    #[must_use]
    pub const fn of<F: Fact>() -> Self {
        ProbeRef { id: F::ID, order: F::START, start: |probing| drop(probing.get::<F>()) }
    }

    /// Runs the probe, unless it ran or runs already, and waits for its end.
    pub fn settle(self, probing: &Probing) {
        (self.start)(probing);
    }
}

type Value = Result<Arc<dyn Any + Send + Sync>, Missing>;

/// A probe's beginning or end, for whoever watches.
#[derive(Debug, Clone)]
pub(crate) enum ProbeNews {
    /// It began.
    Began(&'static str),
    /// It ended, with or without a fact.
    Settled(&'static str, Option<Missing>, Duration),
}

/// The facts of one run: each probed at most once.
#[derive(Default)]
pub struct Facts {
    slots: Mutex<HashMap<&'static str, Arc<OnceLock<Value>>>>,
}

impl Facts {
    fn slot(&self, id: &'static str) -> Arc<OnceLock<Value>> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(id).or_default())
    }

    /// True when the probe has ended.
    #[must_use]
    pub fn is_settled(&self, id: &'static str) -> bool {
        self.slot(id).get().is_some()
    }

    /// The fact, or why there is none. Does not wait.
    ///
    /// # Errors
    /// The probe's own reason, or that it has not ended in time.
    pub fn get<F: Fact>(&self) -> Result<Arc<F>, Missing> {
        match self.slot(F::ID).get() {
            Some(value) => typed::<F>(value),
            None => Err(Missing::new(Reason::TimedOut, format!("the probe {} did not end in time", F::ID))),
        }
    }
}

fn typed<F: Fact>(value: &Value) -> Result<Arc<F>, Missing> {
    match value {
        Ok(any) => {
            Arc::clone(any).downcast::<F>().map_err(|_| Missing::failed(format!("two probes are named {}", F::ID)))
        }
        Err(missing) => Err(missing.clone()),
    }
}

/// What a probe works with: the host, and other probes' facts.
#[derive(Clone)]
pub struct Probing {
    host: Arc<dyn Host>,
    facts: Arc<Facts>,
    news: Option<UnboundedSender<ProbeNews>>,
}

impl Probing {
    /// Probing of a host, with no fact known yet.
    pub fn new(host: Arc<dyn Host>) -> Self {
        Probing { host, facts: Arc::default(), news: None }
    }

    pub(crate) fn watched(host: Arc<dyn Host>, news: UnboundedSender<ProbeNews>) -> Self {
        Probing { news: Some(news), ..Probing::new(host) }
    }

    /// The machine.
    #[must_use]
    pub fn host(&self) -> &dyn Host {
        &*self.host
    }

    /// The facts so far.
    #[must_use]
    pub fn facts(&self) -> &Arc<Facts> {
        &self.facts
    }

    /// Another probe's fact. Runs that probe here when nobody has yet; waits
    /// when somebody does.
    ///
    /// # Errors
    /// The reason why there is none. A probe that panicked has failed.
    pub fn get<F: Fact>(&self) -> Result<Arc<F>, Missing> {
        let slot = self.facts.slot(F::ID);
        let value = slot.get_or_init(|| {
            self.tell(|| ProbeNews::Began(F::ID));
            let began = Instant::now();
            let value: Value = match catch_unwind(AssertUnwindSafe(|| F::probe(self))) {
                Ok(Ok(fact)) => Ok(Arc::new(fact)),
                Ok(Err(missing)) => Err(missing),
                Err(_) => Err(Missing::failed(format!("the probe {} failed inside; please report it", F::ID))),
            };
            self.tell(|| ProbeNews::Settled(F::ID, value.as_ref().err().cloned(), began.elapsed()));
            value
        });
        typed::<F>(value)
    }

    fn tell(&self, news: impl FnOnce() -> ProbeNews) {
        if let Some(sender) = &self.news {
            // Nobody listens any more once the run is over.
            let _ = sender.send(news());
        }
    }
}
