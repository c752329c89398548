//! Redirects, followed as the `go` command does.

use ureq::http::Uri;

use super::Deadline;
use super::http::{self, Client};
use crate::host::{Answer, NetCause, NetFailure, Request, Stage};
use crate::model::mask;

/// How many redirects Go follows.
const LIMIT: usize = 10;

/// Sends a GET and follows where the answer leads, within one deadline.
pub(super) fn fetch(client: &Client<'_>, request: &Request, deadline: Deadline) -> Result<Answer, NetFailure> {
    let mut request = request.clone();
    for hop in 0..=LIMIT {
        let mut answer = http::fetch(client, &request, deadline)?;
        let Some(next) = target(&answer, &request.url) else {
            answer.redirected = (hop > 0).then_some(request.url);
            return Ok(answer);
        };
        if request.url.starts_with("https://") && !next.starts_with("https://") {
            let from = mask(&request.url);
            return Err(failed(format!("redirected from secure URL {from} to insecure URL {}", mask(&next))));
        }
        request.url = next;
    }
    Err(failed(format!("stopped after {LIMIT} redirects")))
}

fn failed(detail: String) -> NetFailure {
    NetFailure::at(Stage::Http, NetCause::Other, detail)
}

/// Where an answer leads; None when it leads nowhere that can be asked.
fn target(answer: &Answer, from: &str) -> Option<String> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.headers.get("location")?.trim();
    let base: Uri = from.parse().ok()?;
    let (scheme, authority) = (base.scheme_str()?, base.authority()?);
    let url = if location.starts_with("http://") || location.starts_with("https://") {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else if location.contains("://") || location.is_empty() {
        return None;
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{location}")
    };
    url.parse::<Uri>().is_ok_and(|url| url.host().is_some()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(location: &str) -> Option<String> {
        let headers = [("location".to_owned(), location.to_owned())].into();
        let answer = Answer { status: 302, headers, ..Answer::default() };
        target(&answer, "https://proxy.example/a/@v/list")
    }

    #[test]
    fn a_location_is_read_from_where_it_stands() {
        assert_eq!(leads("http://portal.example/login?x").as_deref(), Some("http://portal.example/login?x"));
        assert_eq!(leads("//b.example/x").as_deref(), Some("https://b.example/x"));
        assert_eq!(leads("/x").as_deref(), Some("https://proxy.example/x"));
        assert_eq!(leads("x").as_deref(), Some("https://proxy.example/a/@v/x"));
        for nowhere in ["", "ftp://x/y", "http://", "http://a b/"] {
            assert_eq!(leads(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn other_answers_lead_nowhere() {
        assert_eq!(target(&Answer { status: 200, ..Answer::default() }, "https://x/"), None);
        assert_eq!(target(&Answer { status: 302, ..Answer::default() }, "https://x/"), None);
    }
}
