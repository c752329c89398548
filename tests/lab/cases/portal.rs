//! A web page where a module proxy should answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::Case;
use crate::loopback::Loopback;
use crate::machine::{Machine, Shell};
use crate::proof::{assert_explained, findings_with};
use crate::servers::{requested, respond};
use crate::tools::{BASH, CURL, FISH, MIDDLE, NEW};

use super::dep::{DOWNLOAD, served};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "captive-portal: a sign-in", needs: &[BASH, CURL, NEW], run: sign_in },
        Case { name: "captive-portal: a web site in GOPROXY, in fish", needs: &[FISH, MIDDLE], run: web_site },
    ]
}

const ONLINE: &str = "--only captive-portal";

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";
const PAGE: &[u8] = b"<!DOCTYPE html>\n<html><head><title>Hotel Lab</title></head><body>Room number?</body></html>\n";

/// Until somebody signs in, the network answers every request itself.
fn sign_in() {
    let modules = served();
    let signed_in = Arc::new(AtomicBool::new(false));
    let (gate, behind) = (Arc::clone(&signed_in), modules.folder().to_owned());
    let network = Loopback::start(move |stream| {
        let path = requested(&stream)?;
        if path == "/sign-in?room=7" {
            gate.store(true, Ordering::SeqCst);
        }
        if path.starts_with("/sign-in") || gate.load(Ordering::SeqCst) {
            let file = std::fs::read(behind.join(path.trim_start_matches('/'))).ok();
            let page = path.starts_with("/sign-in").then_some(PAGE);
            return respond(&stream, if page.is_some() { HTML } else { "" }, page.or(file.as_deref()));
        }
        let answer = "HTTP/1.1 302 Found\r\nLocation: /sign-in\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        std::io::Write::write_all(&mut &stream, answer.as_bytes())
    });
    let url = format!("http://127.0.0.1:{}", network.port());
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    machine.write(".config/go/env", format!("GONOSUMDB=*\nGOPROXY={url}\n"));

    machine.terminal(DOWNLOAD).fails_with("invalid character '<' looking for beginning of value");
    let found = found(&machine);
    assert_page(&found, "Hotel Lab");
    assert!(found["evidence"].to_string().contains(&format!("{url}/sign-in")), "{found:#}");
    assert_eq!(found["fixes"][0]["title"], "Sign in to the network", "{found:#}");

    machine.terminal(&format!("curl -fsS '{url}/sign-in?room=7'")).works();
    machine.terminal(DOWNLOAD).works();
    assert_eq!(findings_with(&machine, "captive-portal", ONLINE), Vec::<Value>::new());
}

/// A server that has a page for every path, as single-page applications do.
fn web_site() {
    let site = Loopback::start(|stream| {
        requested(&stream)?;
        respond(&stream, HTML, Some(PAGE))
    });
    let modules = served();
    let machine = Machine::with_go(Shell::Fish, "1.24.11");
    let settings = modules.settings();
    machine.write(".config/go/env", settings.replace(&modules.port().to_string(), &site.port().to_string()));
    machine.terminal(DOWNLOAD).fails_with("invalid character '<' looking for beginning of value");
    let found = found(&machine);
    assert_page(&found, "Hotel Lab");
    assert!(found["detail"].to_string().contains("names a web site"), "{found:#}");

    machine.write(".config/go/env", settings);
    machine.terminal(DOWNLOAD).works();
    assert_eq!(findings_with(&machine, "captive-portal", ONLINE), Vec::<Value>::new());
}

/// The one finding of the check.
fn found(machine: &Machine) -> Value {
    let mut found = findings_with(machine, "captive-portal", ONLINE);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_explained(machine, "goproxy-unreachable", "captive-portal");
    found.remove(0)
}

fn assert_page(finding: &Value, title: &str) {
    assert_eq!(finding["summary"], "A web page answers where 127.0.0.1 should");
    assert!(finding["evidence"].to_string().contains(title), "{finding:#}");
}
