use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::host::{Certificate, NetFailure};

/// How far one request came. ureq has errors of its own; ours travel here.
#[derive(Debug, Default)]
pub(super) struct Trip(Mutex<Progress>);

#[derive(Debug, Default)]
struct Progress {
    failure: Option<NetFailure>,
    asked: Option<Timestamp>,
    chain: Vec<Certificate>,
}

impl Trip {
    /// It could not be dialled.
    pub(super) fn fail(&self, failure: NetFailure) {
        self.edit(|progress| progress.failure = Some(failure));
    }

    /// The connection stands, encrypted where it has to be; the request goes
    /// out next.
    pub(super) fn arrive(&self) {
        self.edit(|progress| progress.asked = Some(Timestamp::now()));
    }

    /// Why it could not be dialled.
    pub(super) fn failure(&self) -> Option<NetFailure> {
        self.edit(|progress| progress.failure.clone())
    }

    /// When the request was sent; None when it never was.
    pub(super) fn asked(&self) -> Option<Timestamp> {
        self.edit(|progress| progress.asked)
    }

    /// The server showed these certificates.
    pub(super) fn see(&self, chain: Vec<Certificate>) {
        self.edit(|progress| progress.chain = chain);
    }

    /// The certificates that the server showed.
    pub(super) fn chain(&self) -> Vec<Certificate> {
        self.edit(|progress| progress.chain.clone())
    }

    fn edit<T>(&self, edit: impl FnOnce(&mut Progress) -> T) -> T {
        edit(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
