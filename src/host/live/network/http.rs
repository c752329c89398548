//! One HTTP request and its answer, of any status.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::Deadline;
use super::dial::{Dial, NoLookup};
use super::route::Route;
use super::tls::RootStores;
use super::trip::Trip;
use super::words::{self, Said};
use crate::host::live::command::Runner;
use crate::host::{Answer, NetCause, NetFailure, Request, Stage, TimeAnswer};

/// How much of a body is read.
const BODY: u64 = 64 * 1024;

/// What requests are sent with.
pub(super) struct Client<'a> {
    pub(super) runner: &'a Runner,
    pub(super) stores: &'a Arc<RootStores>,
}

/// Sends one GET. Redirects are not followed: where they lead is an answer.
pub(super) fn fetch(client: &Client<'_>, request: &Request, deadline: Deadline) -> Result<Answer, NetFailure> {
    let route = Route::of(request)?;
    let trip = Arc::new(Trip::default());
    let dial = Dial {
        runtime: client.runner.handle().map_err(NetFailure::Missing)?.clone(),
        route: route.clone(),
        deadline,
        trip: Arc::clone(&trip),
        stores: Arc::clone(client.stores),
        trust: request.trust.clone(),
    };
    let mut get = agent(dial).get(&route.url);
    if let Some(authorization) = &route.authorization {
        get = get.header("Authorization", authorization);
    }
    match get.call() {
        Ok(response) => answer(response, &trip, deadline),
        Err(error) => Err(trip.failure().unwrap_or_else(|| failure(&error, deadline))),
    }
}

fn agent(dial: Dial) -> Agent {
    let config = Agent::config_builder()
        // The caller decides on proxies, and never this process's environment.
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("gomedic/", env!("CARGO_PKG_VERSION")))
        .build();
    Agent::with_parts(config, dial, NoLookup)
}

fn answer(mut response: Response<Body>, trip: &Trip, deadline: Deadline) -> Result<Answer, NetFailure> {
    let answered = Timestamp::now();
    let headers = headers(response.headers());
    let clock = trip.asked().and_then(|asked| clock(&headers, asked, answered));
    let mut body = Vec::new();
    response
        .body_mut()
        .as_reader()
        .take(BODY)
        .read_to_end(&mut body)
        .map_err(|error| words::io(&error, deadline).at(Stage::Http))?;
    let body = String::from_utf8_lossy(&body).into_owned();
    let status = response.status().as_u16();
    Ok(Answer { status, headers, body, clock, redirected: None, chain: trip.chain() })
}

/// Names in lower case; the values of one that comes twice are joined.
fn headers(map: &HeaderMap) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in map {
        let value = String::from_utf8_lossy(value.as_bytes());
        headers
            .entry(name.as_str().to_owned())
            .and_modify(|known| {
                known.push_str(", ");
                known.push_str(&value);
            })
            .or_insert_with(|| value.clone().into_owned());
    }
    headers
}

/// The server's clock. An answer out of a cache tells how old it is.
fn clock(headers: &BTreeMap<String, String>, asked: Timestamp, answered: Timestamp) -> Option<TimeAnswer> {
    let date = rfc2822::parse(headers.get("date")?).ok()?.timestamp();
    let age = headers.get("age").and_then(|age| age.trim().parse().ok()).unwrap_or(0);
    let theirs = date.checked_add(Duration::from_secs(age)).ok()?;
    let resolution = Duration::from_secs(if age == 0 { 1 } else { 2 });
    Some(TimeAnswer { asked, theirs, answered, resolution })
}

/// An error of ureq's. The connection stood: what came before has errors of
/// our own.
fn failure(error: &ureq::Error, deadline: Deadline) -> NetFailure {
    let said = match error {
        ureq::Error::Io(error) if is_of_the_socket(error) => words::io(error, deadline),
        ureq::Error::Protocol(_) => Said::new(NetCause::OtherProtocol, "what answers does not speak HTTP"),
        ureq::Error::LargeResponseHeader(..) => words::other("the head of the answer has no end"),
        error => words::other(strip(&error.to_string())),
    };
    said.at(Stage::Http)
}

/// Errors of the TLS library come wrapped.
fn is_of_the_socket(error: &io::Error) -> bool {
    error.get_ref().is_none() || error.kind() == io::ErrorKind::UnexpectedEof
}

/// Without the library's prefixes.
fn strip(text: &str) -> &str {
    ["io: ", "protocol: "].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cached_date_is_as_old_as_it_says() {
        let now: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
        let read = |pairs: &[(&str, &str)]| {
            let headers = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            clock(&headers, now, now).map(|answer| (answer.theirs.to_string(), answer.resolution.as_secs()))
        };
        let date = ("date", "Fri, 02 Jan 2026 03:04:00 GMT");
        assert_eq!(read(&[date]), Some(("2026-01-02T03:04:00Z".into(), 1)));
        assert_eq!(read(&[date, ("age", "5")]), Some(("2026-01-02T03:04:05Z".into(), 2)));
        assert_eq!(read(&[("date", "yesterday")]), None);
    }
}
