use std::net::IpAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::format::{FailureTable, NetworkTable};
use crate::host::{Answer, Endpoint, NameAnswer, NetFailure, Rejection, Request, TimeAnswer};
use crate::model::{Missing, Reason};

impl NetworkTable {
    pub(super) fn connected(&self, endpoint: &Endpoint) -> Result<(), NetFailure> {
        if self.offline {
            return Err(NetFailure::offline());
        }
        let name = endpoint.to_string();
        let entry = self.connect.iter().rev().find(|entry| entry.to == name).ok_or_else(|| not_recorded(&name))?;
        entry.fails.as_ref().map_or(Ok(()), |failure| Err(failure.into()))
    }

    pub(super) fn fetched(&self, request: &Request, now: Timestamp) -> Result<Answer, NetFailure> {
        if self.offline {
            return Err(NetFailure::offline());
        }
        let entry = self
            .fetch
            .iter()
            .rev()
            .filter(|entry| entry.proxy.is_none() || entry.proxy == request.proxy)
            .find(|entry| request.url.starts_with(&entry.url))
            .ok_or_else(|| not_recorded(&request.url))?;
        if let Some(failure) = &entry.fails {
            return Err(match failure.certificate {
                Some(fault) => NetFailure::Rejected(Box::new(Rejection {
                    fault,
                    detail: failure.detail.clone(),
                    chain: entry.chain.clone(),
                })),
                None => failure.into(),
            });
        }
        Ok(Answer {
            status: entry.status,
            headers: entry.headers.clone(),
            body: entry.body.clone(),
            clock: entry.clock_ahead.map(|ahead| reading(now, ahead, Duration::from_secs(1))),
            redirected: entry.redirected.clone(),
            chain: entry.chain.clone(),
        })
    }

    pub(super) fn time_told(&self, server: &Endpoint, now: Timestamp) -> Result<TimeAnswer, NetFailure> {
        if self.offline {
            return Err(NetFailure::offline());
        }
        let name = server.to_string();
        let entry = self.time.iter().rev().find(|entry| entry.server == name).ok_or_else(|| not_recorded(&name))?;
        match (&entry.fails, entry.ahead) {
            (Some(failure), _) => Err(failure.into()),
            (None, Some(ahead)) => Ok(reading(now, ahead, Duration::from_millis(10))),
            (None, None) => Err(not_recorded(&name)),
        }
    }
}

impl NetworkTable {
    pub(super) fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, NetFailure> {
        if self.offline {
            return Err(NetFailure::offline());
        }
        let entry = self.names.iter().rev().find(|entry| entry.name == name).ok_or_else(|| not_recorded(name))?;
        entry.fails.as_ref().map_or(Ok(entry.addresses.clone()), |failure| Err(failure.into()))
    }

    pub(super) fn name_told(&self, server: &Endpoint) -> Result<NameAnswer, NetFailure> {
        if self.offline {
            return Err(NetFailure::offline());
        }
        let at = server.to_string();
        let entry = self.name_servers.iter().rev().find(|entry| entry.server == at).ok_or_else(|| not_recorded(&at))?;
        match (&entry.fails, entry.says) {
            (Some(failure), _) => Err(failure.into()),
            (None, Some(says)) => Ok(says),
            (None, None) => Err(not_recorded(&at)),
        }
    }
}

fn reading(now: Timestamp, ahead: f64, resolution: Duration) -> TimeAnswer {
    let theirs = now.checked_sub(SignedDuration::from_secs_f64(ahead)).unwrap_or(now);
    TimeAnswer { asked: now, theirs, answered: now, resolution }
}

fn not_recorded(what: &str) -> NetFailure {
    NetFailure::Missing(Missing::new(Reason::NotRecorded, format!("{what}: not recorded")))
}

impl From<&FailureTable> for NetFailure {
    fn from(table: &FailureTable) -> Self {
        NetFailure::at(table.stage, table.cause, table.detail.clone())
    }
}
