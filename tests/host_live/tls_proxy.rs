//! HTTP proxies that are named with `https://`: those that speak TLS, and those
//! that do not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use gomedic::host::{Answer, Endpoint, Host, NetCause, NetFailure, Request, Stage, Trust};
use rustls::{ServerConnection, StreamOwned};

use crate::home::{Home, Mode, PATIENT, SH};
use crate::tls::{GOOD, ROOT, serving, trusting};

type Encrypted = StreamOwned<ServerConnection, TcpStream>;

/// A server for one connection.
fn server(serve: impl FnOnce(TcpStream) + Send + 'static) -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || serve(listener.accept().unwrap().0));
    Endpoint::new("127.0.0.1", port)
}

/// A proxy that speaks TLS and answers the request for a tunnel in this way.
fn proxy(answer: impl FnOnce(Encrypted, String) + Send + 'static) -> Endpoint {
    server(move |stream| {
        let mut stream = StreamOwned::new(serving(&[GOOD]), stream);
        let mut question = Vec::new();
        let mut buffer = [0; 1024];
        while !question.ends_with(b"\r\n\r\n") {
            match stream.read(&mut buffer) {
                Ok(count @ 1..) => question.extend_from_slice(&buffer[..count]),
                _ => return,
            }
        }
        answer(stream, String::from_utf8_lossy(&question).into_owned());
    })
}

fn get(url: &str, proxy: &Endpoint, trust: Trust, deadline: Duration) -> Result<Answer, NetFailure> {
    let live = Home::new().live(Mode::Direct, Path::new(SH), PATIENT);
    live.fetch(&Request { url: url.to_owned(), proxy: Some(format!("https://ann:secret@{proxy}")), deadline, trust })
}

#[track_caller]
fn at_the_proxy(result: Result<Answer, NetFailure>) -> (NetCause, String) {
    match result.expect_err("it worked") {
        NetFailure::At { stage: Stage::Proxy, cause, detail } => (cause, detail),
        other => panic!("it failed elsewhere: {other:?}"),
    }
}

#[test]
fn a_tunnel_leads_through_a_proxy_that_speaks_tls() {
    let home = Home::new();
    let opens = proxy(|mut stream, question| {
        assert!(question.starts_with("CONNECT 127.0.0.1:1 HTTP/1.1\r\n"), "{question}");
        assert!(question.contains("Proxy-Authorization: Basic YW5uOnNlY3JldA==\r\n"), "{question}");
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
        // Behind the tunnel it plays the server, too.
        let mut inside = StreamOwned::new(serving(&[GOOD]), stream);
        let _ = inside.read(&mut [0; 1024]).unwrap();
        inside.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap();
    });
    let answer = get("https://127.0.0.1:1/", &opens, trusting(&home, ROOT), PATIENT).unwrap();
    assert_eq!((answer.status, answer.body.as_str(), answer.chain.len()), (200, "ok", 1));
}

#[test]
fn plain_requests_are_forwarded_by_a_proxy_that_speaks_tls() {
    let home = Home::new();
    let forwards = proxy(|mut stream, question| {
        assert!(question.starts_with("GET http://go.example:80/x HTTP/1.1\r\n"), "{question}");
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap();
    });
    let answer = get("http://go.example/x", &forwards, trusting(&home, ROOT), PATIENT).unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
}

#[test]
fn a_refusal_comes_with_its_status() {
    let home = Home::new();
    let refuses = proxy(|mut stream, _| drop(stream.write_all(b"HTTP/1.1 403 Blocked\r\n\r\n")));
    let (cause, detail) = at_the_proxy(get("https://go.example/", &refuses, trusting(&home, ROOT), PATIENT));
    assert_eq!((cause, detail), (NetCause::Status(403), format!("{refuses}: 403 Blocked")));
}

#[test]
fn the_certificate_of_the_proxy_is_looked_at() {
    let home = Home::new();
    let unknown = proxy(|_, _| panic!("it was asked in spite of its certificate"));
    let (_, detail) = at_the_proxy(get("https://go.example/", &unknown, trusting(&home, b""), PATIENT));
    assert!(detail.ends_with("x509: certificate signed by unknown authority"), "{detail}");
}

#[test]
fn a_proxy_that_speaks_plain_http_is_told_apart() {
    let plain = server(|mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = stream.read(&mut [0; 1]);
    });
    let (cause, detail) = at_the_proxy(get("https://go.example/", &plain, Trust::default(), PATIENT));
    assert_eq!(cause, NetCause::OtherProtocol, "{detail}");
}

#[test]
fn a_proxy_that_is_silent_is_left_in_time() {
    let silent = server(|mut stream| while stream.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {});
    let (cause, detail) =
        at_the_proxy(get("https://go.example/", &silent, Trust::default(), Duration::from_millis(200)));
    assert_eq!((cause, detail), (NetCause::Silence, format!("{silent}: no answer within 200 ms")));
}
