//! HTTP proxies that put something of their own between: pages, redirects,
//! wrong lengths, bodies without end.

use std::io::{Read, Write};

use gomedic::host::{NetCause, NetFailure, Stage};
use gomedic::probes::network::web_page;

use crate::home::PATIENT;
use crate::hostile::{failure_in_time, forever, get, server, slowly};

const PAGE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 43\r\n\r\n\
    <!doctype html><title>Please sign in</title>";

/// In place of a tunnel: the page comes where TLS should.
#[test]
fn a_page_in_place_of_a_tunnel_is_no_tls() {
    let proxy = server(|stream, _| {
        let _ = stream.write_all(PAGE);
        let _ = stream.read(&mut [0; 1024]);
    });
    let failure = get("https://go.example/".into(), Some(&proxy), PATIENT).unwrap_err();
    let NetFailure::At { stage, cause, .. } = &failure else { panic!("{failure:?}") };
    assert_eq!((*stage, *cause), (Stage::Tls, NetCause::OtherProtocol), "{failure:?}");
}

#[test]
fn a_page_in_place_of_what_was_to_be_forwarded_is_seen() {
    let proxy = server(|stream, _| drop(stream.write_all(PAGE)));
    let answer = get("http://go.example/x".into(), Some(&proxy), PATIENT).unwrap();
    assert_eq!(web_page(&answer).as_deref(), Some("a web page (text/html), titled \"Please sign in\""));
}

/// Only an answer with a status of success opens the tunnel.
#[test]
fn a_redirect_in_place_of_a_tunnel_is_a_refusal() {
    let proxy = server(|stream, own| {
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: http://{own}/login\r\nContent-Length: 0\r\n\r\n");
    });
    let failure = get("https://go.example/".into(), Some(&proxy), PATIENT).unwrap_err();
    let refusal = NetFailure::at(Stage::Proxy, NetCause::Status(302), format!("{proxy}: 302 Found"));
    assert_eq!(failure, refusal);
}

#[test]
fn redirects_of_a_proxy_in_a_circle_end() {
    let proxy = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 302 x\r\nLocation: http://go.example/again\r\nContent-Length: 0\r\n\r\n");
    });
    let failure = get("http://go.example/".into(), Some(&proxy), PATIENT).unwrap_err();
    assert_eq!(failure, NetFailure::at(Stage::Http, NetCause::Other, "stopped after 10 redirects"));
}

#[test]
fn a_forwarded_body_without_end_is_cut() {
    let proxy = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        forever(stream, &[b'x'; 4096]);
    });
    assert_eq!(get("http://go.example/".into(), Some(&proxy), PATIENT).unwrap().body.len(), 64 * 1024);
}

#[test]
fn a_forwarded_body_of_slow_bytes_is_left() {
    let proxy = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        slowly(stream, b"x");
    });
    let (stage, detail) = failure_in_time("http://go.example/".into(), Some(&proxy));
    assert_eq!((stage, detail.as_str()), (Stage::Http, "no answer within 300 ms"));
}

#[test]
fn a_forwarded_body_that_is_too_short_is_a_failure() {
    let proxy = server(|stream, _| drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")));
    let failure = get("http://go.example/".into(), Some(&proxy), PATIENT).unwrap_err();
    assert_eq!(failure.place().unwrap().0, Stage::Http, "{failure:?}");
}

/// What comes behind the head of the answer is no part of the tunnel's TLS
/// that could be believed.
#[test]
fn rubbish_behind_an_opened_tunnel_is_a_failure() {
    let proxy = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        forever(stream, &[0; 4096]);
    });
    let failure = get("https://go.example/".into(), Some(&proxy), PATIENT).unwrap_err();
    assert_eq!(failure.place().unwrap().0, Stage::Tls, "{failure:?}");
}
