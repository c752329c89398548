//! Servers and proxies that mean no good: whatever they send, there is a clear
//! result within the deadline.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use gomedic::host::{Answer, Endpoint, Host, NameAnswer, NetCause, NetFailure, Request, Stage, Trust};

use crate::home::{Home, Mode, PATIENT, SH};

/// A server that answers every connection in the same way.
pub(crate) fn server(answer: impl Fn(&mut TcpStream, Endpoint) + Send + Sync + 'static) -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // What it is asked does not matter to it.
            let _ = stream.read(&mut [0; 4096]);
            answer(&mut stream, Endpoint::new("127.0.0.1", port));
        }
    });
    Endpoint::new("127.0.0.1", port)
}

/// Sends without end, until the client hangs up.
pub(crate) fn forever(stream: &mut TcpStream, piece: &[u8]) {
    while stream.write_all(piece).is_ok() {}
}

/// Sends a byte now and then, each soon enough for a deadline that only looks
/// at one read.
pub(crate) fn slowly(stream: &mut TcpStream, text: &[u8]) {
    for byte in text.iter().cycle() {
        if stream.write_all(&[*byte]).is_err() || stream.flush().is_err() {
            return;
        }
        // Waits without sleeping: nobody sends anything more.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(20)));
        if matches!(stream.read(&mut [0; 64]), Ok(0)) {
            return;
        }
    }
}

pub(crate) fn get(url: String, proxy: Option<&Endpoint>, deadline: Duration) -> Result<Answer, NetFailure> {
    let live = Home::new().live(Mode::Direct, Path::new(SH), PATIENT);
    let proxy = proxy.map(ToString::to_string);
    live.fetch(&Request { url, proxy, deadline, trust: Trust::default() })
}

/// Asks with a short deadline, and holds the answer to it.
#[track_caller]
pub(crate) fn failure_in_time(url: String, proxy: Option<&Endpoint>) -> (Stage, String) {
    let deadline = Duration::from_millis(300);
    let start = Instant::now();
    let result = get(url, proxy, deadline);
    // A busy machine adds some of its own; a server without end adds more.
    assert!(start.elapsed() < deadline * 10, "it took {:?}", start.elapsed());
    let failure = result.expect_err("it worked");
    let (stage, detail) = failure.place().expect("it was tried");
    (stage, detail.to_owned())
}

#[test]
fn slow_bytes_do_not_stretch_the_deadline() {
    let head = server(|stream, _| slowly(stream, b"HTTP/1.1 200 OK\r\nX-Y: z"));
    assert_eq!(failure_in_time(format!("http://{head}/"), None), (Stage::Http, "no answer within 300 ms".into()));
    let body = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        slowly(stream, b"x");
    });
    assert_eq!(failure_in_time(format!("http://{body}/"), None), (Stage::Http, "no answer within 300 ms".into()));
    let handshake = server(|stream, _| slowly(stream, &[22, 3, 3, 0x40, 0, 2, 0, 0x3f, 0xfc, 3, 3]));
    let (stage, _) = failure_in_time(format!("https://{handshake}/"), None);
    assert_eq!(stage, Stage::Tls);
    let proxy = server(|stream, _| slowly(stream, b"HTTP/1.1 200 OK\r\nX-Y: z\r\n"));
    let (stage, detail) = failure_in_time("https://go.example/".into(), Some(&proxy));
    assert_eq!(stage, Stage::Proxy);
    assert!(detail.contains("no answer within 300 ms"), "{detail}");
}

#[test]
fn heads_without_end_are_cut() {
    let server_of_heads = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        forever(stream, b"X-Filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n");
    });
    let failure = get(format!("http://{server_of_heads}/"), None, PATIENT).unwrap_err();
    assert_eq!(failure.place().unwrap().0, Stage::Http, "{failure:?}");
    let one_line = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX-Filler: ");
        forever(stream, &[b'y'; 4096]);
    });
    let failure = get(format!("http://{one_line}/"), None, PATIENT).unwrap_err();
    assert_eq!(failure.place().unwrap().0, Stage::Http, "{failure:?}");
    let proxy =
        server(|stream, _| forever(stream, b"HTTP/1.1 200 OK\r\nX-Filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"));
    let failure = get("https://go.example/".into(), Some(&proxy), PATIENT).unwrap_err();
    let (stage, detail) = failure.place().unwrap();
    assert_eq!(stage, Stage::Proxy);
    assert!(detail.contains("what answers is not an HTTP proxy"), "{detail}");
}

#[test]
fn bodies_without_end_are_cut() {
    let chunked = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        forever(stream, &[&b"1000\r\n"[..], &[b'x'; 4096], b"\r\n"].concat());
    });
    assert_eq!(get(format!("http://{chunked}/"), None, PATIENT).unwrap().body.len(), 64 * 1024);
}

#[test]
fn wrong_lengths_are_failures() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"[..],
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
    ] {
        let server = server(move |stream, _| drop(stream.write_all(answer)));
        let failure = get(format!("http://{server}/"), None, PATIENT).unwrap_err();
        assert_eq!(failure.place().unwrap().0, Stage::Http, "{failure:?}");
    }
}

#[test]
fn redirects_are_followed_and_those_in_a_circle_end() {
    let circle = server(|stream, own| {
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: http://{own}/again\r\nContent-Length: 0\r\n\r\n");
    });
    let failure = get(format!("http://{circle}/"), None, PATIENT).unwrap_err();
    assert_eq!(failure, NetFailure::at(Stage::Http, NetCause::Other, "stopped after 10 redirects"));
    let portal = server(|stream, _| drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")));
    let gate = server(move |stream, _| {
        let _ = write!(stream, "HTTP/1.1 307 x\r\nLocation: //{portal}/login\r\nContent-Length: 0\r\n\r\n");
    });
    let answer = get(format!("http://{gate}/"), None, PATIENT).unwrap();
    assert_eq!(answer.body, "<html>");
    assert!(answer.redirected.unwrap().ends_with("/login"));
    let nowhere = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 302 x\r\nLocation: gopher://x\r\nContent-Length: 0\r\n\r\n");
    });
    assert_eq!(get(format!("http://{nowhere}/"), None, PATIENT).unwrap().status, 302);
}

/// A name server that answers one question with these bytes behind its id.
pub(crate) fn name_server(answers: impl Fn(&[u8]) -> Vec<Vec<u8>> + Send + 'static) -> Endpoint {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut question = [0; 512];
        let (count, from): (usize, SocketAddr) = socket.recv_from(&mut question).unwrap();
        for answer in answers(&question[..count]) {
            socket.send_to(&answer, from).unwrap();
        }
    });
    Endpoint::new("127.0.0.1", port)
}

fn ask(server: &Endpoint) -> Result<NameAnswer, NetFailure> {
    Home::new().live(Mode::Direct, Path::new(SH), PATIENT).ask_name(server, "proxy.golang.org")
}

#[test]
fn name_servers_answer_and_refuse() {
    let says = |code: u8| {
        name_server(move |question| {
            let mut answer = question.to_vec();
            answer[2] |= 0x80;
            answer[3] = code;
            // What others sent comes first, and half an answer.
            vec![vec![0; 12], answer[..4].to_vec(), answer]
        })
    };
    assert_eq!(ask(&says(0)), Ok(NameAnswer::Found));
    assert_eq!(ask(&says(2)), Ok(NameAnswer::Failed));
    assert_eq!(ask(&says(3)), Ok(NameAnswer::NoSuchName));
    assert_eq!(ask(&says(5)), Ok(NameAnswer::Refused));
}

#[test]
fn name_servers_that_are_silent_or_dead_fail_in_time() {
    let silent = name_server(|_| Vec::new());
    let failure = ask(&silent).unwrap_err();
    assert!(failure.place().unwrap().1.ends_with("no answer within 1.5 s"), "{failure:?}");
    let dead = Endpoint::new("127.0.0.1", UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port());
    let failure = ask(&dead).unwrap_err();
    assert_eq!(failure.place().unwrap().0, Stage::Dns, "{failure:?}");
}
