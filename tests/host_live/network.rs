//! Servers on this machine, most of them bad.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::thread;
use std::time::Duration;

use gomedic::host::live::{Live, LiveOptions, Network};
use gomedic::host::{Answer, Endpoint, Host, NetFailure, Request, Stage, Trust};
use gomedic::model::Reason;

use crate::home::{Home, Mode, PATIENT, SH};

fn live(home: &Home) -> Live {
    home.live(Mode::Direct, Path::new(SH), PATIENT)
}

/// A server for one connection, which it hands to `serve` with what was asked.
fn server(serve: impl FnOnce(TcpStream, String) + Send + 'static) -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut question = Vec::new();
        let mut buffer = [0; 1024];
        while !question.ends_with(b"\r\n\r\n") {
            match stream.read(&mut buffer) {
                Ok(count @ 1..) => question.extend_from_slice(&buffer[..count]),
                _ => break,
            }
        }
        serve(stream, String::from_utf8_lossy(&question).into_owned());
    });
    Endpoint::new("127.0.0.1", port)
}

/// A port that nothing listens on.
fn dead() -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    Endpoint::new("127.0.0.1", listener.local_addr().unwrap().port())
}

fn get(home: &Home, url: String, proxy: Option<&Endpoint>, deadline: Duration) -> Result<Answer, NetFailure> {
    let proxy = proxy.map(|proxy| format!("http://ann:secret@{proxy}"));
    live(home).fetch(&Request { url, proxy, deadline, trust: Trust::default() })
}

#[track_caller]
fn assert_at<T: std::fmt::Debug>(result: Result<T, NetFailure>, wanted: Stage, words: &str) {
    let failure = result.expect_err("it worked");
    let (stage, detail) = failure.place().expect("it was tried");
    assert_eq!(stage, wanted, "{detail}");
    assert!(detail.contains(words), "{detail:?} does not say {words:?}");
}

#[test]
fn offline_sends_nothing() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = Endpoint::new("127.0.0.1", listener.local_addr().unwrap().port());
    let live = Live::new(LiveOptions { network: Network::Offline, ..home.options(Path::new(SH), PATIENT) }).unwrap();
    let url = format!("http://{endpoint}/");
    let request = Request { url, proxy: None, deadline: PATIENT, trust: Trust::default() };
    let failures = [
        live.connect(&endpoint).unwrap_err(),
        live.fetch(&request).unwrap_err(),
        live.ask_time(&endpoint).unwrap_err(),
        live.addresses("go.example").unwrap_err(),
        live.ask_name(&endpoint, "go.example").unwrap_err(),
    ];
    for failure in failures {
        assert!(matches!(&failure, NetFailure::Missing(missing) if missing.reason == Reason::NotAsked), "{failure:?}");
    }
    assert!(listener.accept().is_err());
}

#[test]
fn a_connection_is_made_or_refused() {
    let home = Home::new();
    let live = live(&home);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(live.connect(&Endpoint::new("127.0.0.1", listener.local_addr().unwrap().port())), Ok(()));
    assert_at(live.connect(&dead()), Stage::Tcp, "connection refused");
}

#[test]
fn an_answer_of_any_status_is_one() {
    let home = Home::new();
    let target = server(|mut stream, question| {
        assert!(question.starts_with("GET /x/@v/list HTTP/1.1\r\n"), "{question}");
        let head = "HTTP/1.1 404 Not Found\r\nX-A: 1\r\nX-A: 2\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\n";
        stream.write_all(format!("{head}Content-Length: 4\r\n\r\nbody").as_bytes()).unwrap();
    });
    let answer = get(&home, format!("http://{target}/x/@v/list"), None, PATIENT).unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (404, "body"));
    assert_eq!(answer.headers["x-a"], "1, 2");
    let clock = answer.clock.unwrap();
    assert_eq!(clock.theirs.to_string(), "2026-01-02T03:04:05Z");
    assert!(clock.asked <= clock.answered);
}

#[test]
fn a_body_without_end_is_cut() {
    let home = Home::new();
    let target = server(|mut stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let answer = get(&home, format!("http://{target}/"), None, PATIENT).unwrap();
    assert_eq!(answer.body.len(), 64 * 1024);
}

#[test]
fn bad_servers_fail_at_the_answer() {
    let home = Home::new();
    let closes = server(|stream, _| drop(stream));
    assert_at(get(&home, format!("http://{closes}/"), None, PATIENT), Stage::Http, "closed in the middle");
    let rubbish = server(|mut stream, _| drop(stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")));
    assert_at(get(&home, format!("http://{rubbish}/"), None, PATIENT), Stage::Http, "does not speak HTTP");
    let silent = server(|mut stream, _| drop(stream.read(&mut [0; 1])));
    let short = Duration::from_millis(200);
    assert_at(get(&home, format!("http://{silent}/"), None, short), Stage::Http, "no answer within 200 ms");
}

#[test]
fn a_port_without_tls_fails_at_the_handshake() {
    let home = Home::new();
    let plain = server_at_once(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    assert_at(get(&home, format!("https://{plain}/"), None, PATIENT), Stage::Tls, "");
}

/// A server that answers whatever it is asked, at once.
fn server_at_once(answer: &'static [u8]) -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(answer);
    });
    Endpoint::new("127.0.0.1", port)
}

#[test]
fn plain_requests_are_forwarded_by_a_proxy() {
    let home = Home::new();
    let proxy = server(|mut stream, question| {
        let asked = question.starts_with("GET http://go.example:80/list HTTP/1.1\r\n");
        let authorized = question.contains("Proxy-Authorization: Basic YW5uOnNlY3JldA==\r\n");
        let status = if asked && authorized { 200 } else { 400 };
        stream.write_all(format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n").as_bytes()).unwrap();
    });
    assert_eq!(get(&home, "http://go.example/list".into(), Some(&proxy), PATIENT).unwrap().status, 200);
}

#[test]
fn secure_requests_ask_the_proxy_for_a_tunnel() {
    let home = Home::new();
    let refuses = server(|mut stream, question| {
        let status =
            if question.starts_with("CONNECT go.example:443 HTTP/1.1\r\n") { "403 Blocked" } else { "400 Bad" };
        stream.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).unwrap();
    });
    assert_at(get(&home, "https://go.example/".into(), Some(&refuses), PATIENT), Stage::Proxy, "403 Blocked");
    let closes = server(|stream, _| drop(stream));
    assert_at(get(&home, "https://go.example/".into(), Some(&closes), PATIENT), Stage::Proxy, "closed");
    // Through the tunnel, what answers does not speak TLS.
    let opens = server(|mut stream, _| {
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    assert_at(get(&home, "https://go.example/".into(), Some(&opens), PATIENT), Stage::Tls, "");
    assert_at(get(&home, "https://go.example/".into(), Some(&dead()), PATIENT), Stage::Tcp, "connection refused");
}

/// A time server whose clock stands.
fn time_server(answers: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + 'static) -> Endpoint {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut question = [0; 64];
        let (count, from): (usize, SocketAddr) = socket.recv_from(&mut question).unwrap();
        if let Some(answer) = answers(&question[..count]) {
            socket.send_to(&answer, from).unwrap();
        }
    });
    Endpoint::new("127.0.0.1", port)
}

#[test]
fn a_time_server_tells_the_time() {
    let home = Home::new();
    let server = time_server(|question| {
        let mut answer = vec![0; 48];
        answer[..2].copy_from_slice(&[0x24, 2]);
        answer[24..32].copy_from_slice(&question[40..48]);
        answer[40..44].copy_from_slice(&0xe000_0000_u32.to_be_bytes());
        Some(answer)
    });
    let answer = live(&home).ask_time(&server).unwrap();
    let (low, high) = answer.ahead();
    let told = 0xe000_0000_i64 - 2_208_988_800;
    assert!(low < high && (answer.theirs.as_second() - told).abs() <= 1, "{answer:?}");
}

#[test]
fn a_foreign_answer_is_not_the_time() {
    let foreign = time_server(|_| Some(vec![0x24; 48]));
    assert_at(live(&Home::new()).ask_time(&foreign), Stage::Tcp, "no answer within 1.5 s");
}

#[test]
fn half_an_answer_is_not_the_time() {
    let cut = time_server(|question| Some(question[..8].to_vec()));
    assert_at(live(&Home::new()).ask_time(&cut), Stage::Tcp, "no answer within 1.5 s");
}
