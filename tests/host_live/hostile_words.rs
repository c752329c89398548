//! Servers that keep to the letters of HTTP, DNS and NTP and mean no good with
//! them: what has no end, what is said twice, what is nonsense.

use std::io::{Read, Write};
use std::net::{SocketAddr, UdpSocket};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use gomedic::host::{Endpoint, Host, NetCause, NetFailure, Stage};

use crate::home::{Home, Mode, PATIENT, SH};
use crate::hostile::{failure_in_time, forever, get, server};

/// A server that answers with these bytes.
fn says(answer: impl AsRef<[u8]> + Send + Sync + 'static) -> Endpoint {
    server(move |stream, _| drop(stream.write_all(answer.as_ref())))
}

#[test]
fn answers_before_the_answer_have_an_end() {
    let continues = server(|stream, _| forever(stream, b"HTTP/1.1 100 Continue\r\n\r\n"));
    let (stage, _) = failure_in_time(format!("http://{continues}/"), None);
    assert_eq!(stage, Stage::Http);
}

#[test]
fn nonsense_is_a_failure_of_the_answer() {
    for answer in [
        "HTTP/1.1 99999 Much\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 \r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "<!doctype html><title>Hotel</title>\r\n\r\n",
        "\r\n\r\n",
    ] {
        let server = says(answer);
        let failure = get(format!("http://{server}/"), None, PATIENT).expect_err(answer);
        assert_eq!(failure.place().unwrap().0, Stage::Http, "{answer:?}: {failure:?}");
    }
}

#[test]
fn odd_bytes_in_headers_and_bodies_are_text_in_the_end() {
    let server = says(*b"HTTP/1.1 200 OK\r\nX-Odd: a\xff\xfeb\r\nContent-Length: 4\r\n\r\nx\xff\0y");
    let answer = get(format!("http://{server}/"), None, PATIENT).unwrap();
    assert_eq!(answer.headers["x-odd"], "a\u{fffd}\u{fffd}b");
    assert_eq!(answer.body, "x\u{fffd}\0y");
}

/// The first of two lengths, or neither: never what lies behind the answer.
#[test]
fn lengths_that_contradict_each_other_do_no_harm() {
    for head in ["Content-Length: 2\r\nContent-Length: 9\r\n", "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n"] {
        let server = says(format!("HTTP/1.1 200 OK\r\n{head}\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"));
        match get(format!("http://{server}/"), None, PATIENT) {
            Ok(answer) => assert!(answer.body.len() <= 9, "{answer:?}"),
            Err(failure) => assert_eq!(failure.place().unwrap().0, Stage::Http, "{failure:?}"),
        }
    }
}

#[test]
fn a_chunk_without_end_is_cut() {
    let chunk = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n");
        forever(stream, &[b'x'; 4096]);
    });
    assert_eq!(get(format!("http://{chunk}/"), None, PATIENT).unwrap().body.len(), 64 * 1024);
    let size = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        forever(stream, &[b'0'; 4096]);
    });
    let failure = get(format!("http://{size}/"), None, Duration::from_secs(5)).unwrap_err();
    assert_eq!(failure.place().unwrap().0, Stage::Http, "{failure:?}");
}

#[test]
fn slow_redirects_share_one_deadline() {
    let circle = server(|stream, own| {
        // Each answer alone would be in time.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(120)));
        let _ = stream.read(&mut [0; 1]);
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: http://{own}/again\r\nContent-Length: 0\r\n\r\n");
    });
    let (_, detail) = failure_in_time(format!("http://{circle}/"), None);
    assert!(detail.contains("no answer within 300 ms"), "{detail}");
}

/// Records of TLS that say nothing do not stretch the handshake.
#[test]
fn a_handshake_without_end_is_left() {
    // A change of the cipher, as middle boxes of old send it.
    let server = server(|stream, _| forever(stream, &[20, 3, 3, 0, 1, 1]));
    let (stage, _) = failure_in_time(format!("https://{server}/"), None);
    assert_eq!(stage, Stage::Tls);
}

/// Sends packets that answer nothing, until nobody asks any more.
fn babbler() -> Endpoint {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    thread::spawn(move || {
        let (_, from): (usize, SocketAddr) = socket.recv_from(&mut [0; 512]).unwrap();
        // Only a connected socket hears that nobody is there any more.
        socket.connect(from).unwrap();
        while socket.send(&[0; 64]).is_ok() {}
    });
    Endpoint::new("127.0.0.1", port)
}

#[test]
fn a_flood_of_foreign_packets_does_not_stretch_the_deadline() {
    let live = Home::new().live(Mode::Direct, Path::new(SH), PATIENT);
    let began = Instant::now();
    let failures = [
        live.ask_name(&babbler(), "proxy.golang.org").map(drop).unwrap_err(),
        live.ask_time(&babbler()).map(drop).unwrap_err(),
    ];
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    for failure in failures {
        assert!(matches!(failure, NetFailure::At { cause: NetCause::Silence, .. }), "{failure:?}");
    }
}
