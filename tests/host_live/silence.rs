//! Servers that take connections and never say a word.

use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::time::Duration;

use gomedic::host::{Endpoint, Host, NetCause, NetFailure, Request, Trust};
use gomedic::model::Reason;

use crate::home::{Home, Mode, SH};

/// The kernel takes the connections; nobody reads them.
fn silent() -> (TcpListener, Endpoint) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = Endpoint::new("127.0.0.1", listener.local_addr().unwrap().port());
    (listener, endpoint)
}

/// All questions together have the time of the run: whichever are asked, the
/// last ones are not asked any more, and nothing is said against those that
/// got too little time.
#[test]
fn all_questions_share_the_time_of_the_run() {
    let (_tcp, server) = silent();
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    let names = Endpoint::new("127.0.0.1", udp.local_addr().unwrap().port());
    let live = Home::new().live(Mode::Direct, Path::new(SH), Duration::from_millis(500));
    let fetch = |proxy: Option<String>| {
        let (url, deadline) = (format!("http://{server}/"), Duration::from_millis(400));
        live.fetch(&Request { url, proxy, deadline, trust: Trust::default() }).map(drop)
    };
    let failures = [
        fetch(None),
        fetch(Some(format!("http://{server}"))),
        fetch(Some(format!("https://{server}"))),
        live.ask_name(&names, "go.example").map(drop),
        live.ask_time(&names).map(drop),
    ]
    .map(Result::unwrap_err);
    for failure in &failures {
        let in_time = match failure {
            NetFailure::At { cause, .. } => *cause == NetCause::Silence,
            NetFailure::Missing(missing) => missing.reason == Reason::TimedOut,
            NetFailure::Rejected(_) => false,
        };
        assert!(in_time, "{failure:?}");
    }
    // Two of 400 ms do not fit into 500 ms: the second is cut, and the others
    // find nothing left.
    for failure in &failures[1..] {
        let NetFailure::Missing(missing) = failure else { panic!("it had time: {failure:?}") };
        assert!(missing.detail.ends_with("the time for the network was over"), "{missing:?}");
    }
}
