//! `check --only network` where every endpoint takes connections and never
//! answers: it ends in time, and says of each how far it came.
#![cfg(unix)]

mod support;

use std::net::TcpListener;
use std::time::Duration;

use serde_json::Value;
use support::home::Home;

/// What the run is given.
const TIMEOUT: Duration = Duration::from_secs(3);

fn check(home: &Home) -> Value {
    home.gomedic(&format!("check --only network --format json --timeout {}", TIMEOUT.as_secs()))
}

/// Checks, and again when the machine was too busy for the bound: once within
/// it shows that it can be kept.
#[track_caller]
fn in_time(home: &Home) -> Value {
    let bound = TIMEOUT + TIMEOUT / 10;
    let took = |report: &Value| Duration::from_millis(report["duration_ms"].as_u64().expect("a run takes a time"));
    let mut report = check(home);
    for _ in 0..3 {
        if took(&report) <= bound {
            break;
        }
        report = check(home);
    }
    assert!(took(&report) <= bound, "it took {:?}", took(&report));
    report
}

/// What is said of the question of a check, behind the URL.
#[track_caller]
fn said<'a>(report: &'a Value, id: &str) -> &'a str {
    let checks = report["checks"].as_array().expect("checks are a list");
    let check = checks.iter().find(|check| check["id"] == id).expect("the check was run");
    let evidence = check["findings"][0]["evidence"].as_array().unwrap_or_else(|| panic!("{check}"));
    let asked = evidence.iter().find(|evidence| evidence["source"].as_str().is_some_and(|s| s.starts_with("GET ")));
    asked.and_then(|evidence| evidence["observed"].as_str()).unwrap_or_else(|| panic!("{check}"))
}

/// The kernel takes its connections; nobody reads them.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address").to_string();
    (listener, address)
}

#[test]
fn silent_servers_fail_at_the_answer() {
    let (_modules, modules) = silent();
    let (_database, database) = silent();
    // What is asked first yields, so that the database itself is asked too.
    let machine = Home::new(vec![
        ("GOPROXY", format!("http://{modules}|direct")),
        ("GOSUMDB", format!("sum.golang.org http://{database}")),
    ]);
    let report = in_time(&machine);
    assert!(said(&report, "goproxy-unreachable").starts_with("the HTTP answer: no answer within "));
    assert!(said(&report, "sumdb-unreachable").starts_with("the HTTP answer: no answer within "));
}

#[test]
fn a_silent_http_proxy_fails_at_the_proxy() {
    let (_proxy, proxy) = silent();
    let machine = Home::new(vec![
        ("GOPROXY", "https://modules.example|direct".to_owned()),
        ("GOSUMDB", "sum.golang.org https://sum.example".to_owned()),
        ("HTTPS_PROXY", format!("http://{proxy}")),
    ]);
    let report = in_time(&machine);
    for id in ["goproxy-unreachable", "sumdb-unreachable"] {
        assert!(said(&report, id).starts_with(&format!("the HTTP proxy: {proxy}: no answer within ")));
    }
}

#[test]
fn a_silent_https_proxy_fails_at_the_proxy_though_it_is_asked_twice() {
    let (_proxy, proxy) = silent();
    let machine = Home::new(vec![
        ("GOPROXY", "https://modules.example".to_owned()),
        ("GOSUMDB", "off".to_owned()),
        ("HTTPS_PROXY", format!("https://{proxy}")),
    ]);
    let report = in_time(&machine);
    assert!(said(&report, "goproxy-unreachable").starts_with(&format!("the HTTP proxy: {proxy}: no answer within ")));
}

#[test]
fn a_silent_server_with_tls_fails_at_the_handshake() {
    let (_modules, modules) = silent();
    let machine = Home::new(vec![("GOPROXY", format!("https://{modules}")), ("GOSUMDB", "off".to_owned())]);
    let report = in_time(&machine);
    assert_eq!(said(&report, "goproxy-unreachable"), "the TLS handshake: no answer within 3 s");
}
