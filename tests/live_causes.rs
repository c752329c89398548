//! One fault and its effects on this machine: what is done about the cause
//! clears them all in one recheck.
#![cfg(unix)]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use support::home::Home;

/// The checks with a finding that this check explains.
fn effects_of(home: &Home, cause: &str, flags: &str) -> Vec<String> {
    let report = home.gomedic(&format!("check --format json {flags}"));
    let checks = report["checks"].as_array().expect("checks are a list");
    let findings = checks.iter().flat_map(|check| {
        let findings = check["findings"].as_array().expect("findings are a list").iter();
        findings.map(|finding| (check["id"].as_str().unwrap_or_default(), finding))
    });
    findings.filter(|(_, finding)| finding["caused_by"]["id"] == cause).map(|(id, _)| id.to_owned()).collect()
}

/// The checks of these that find anything.
fn still_found(home: &Home, ids: &[&str], flags: &str) -> Vec<String> {
    let report = home.gomedic(&format!("check --format json --only {} {flags}", ids.join(",")));
    let checks = report["checks"].as_array().expect("checks are a list");
    let found = checks.iter().filter(|check| check["status"] != "passed" && check["status"] != "skipped");
    found.map(|check| format!("{}: {}", check["id"], check["findings"])).collect()
}

/// This machine in Go's words.
fn platform() -> (&'static str, &'static str) {
    let os = match std::env::consts::OS {
        "macos" => "darwin",
        os => os,
    };
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        arch => arch,
    };
    (os, arch)
}

/// The file has Windows line ends: five settings are spoilt by it.
#[test]
fn one_fix_of_the_settings_file_clears_all_that_it_spoilt() {
    let home = Home::new(Vec::new());
    let (os, arch) = platform();
    let lines =
        ["GO111MODULE=on", "GOTOOLCHAIN=auto", "GOPATH=/tmp/go", &format!("GOOS={os}"), &format!("GOARCH={arch}")];
    home.write(".config/go/env", &lines.map(|line| format!("{line}\r\n")).concat());
    let effects =
        ["cross-target-left-set", "cross-target-left-set", "go111module-off", "gotoolchain-invalid", "gopath-invalid"];
    let mut found = effects_of(&home, "go-env-file-invalid", "--offline");
    let mut expected = effects.map(str::to_owned).to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);

    let fixed = home.gomedic("fix go-env-file-invalid --yes --offline --format json");
    assert_eq!(fixed["fixes"][0]["outcome"], "resolved", "{fixed}");
    let ids =
        ["go-env-file-invalid", "cross-target-left-set", "go111module-off", "gotoolchain-invalid", "gopath-invalid"];
    assert_eq!(still_found(&home, &ids, "--offline"), Vec::<String>::new());
}

/// An HTTP proxy that answers for every server itself.
fn serve(listener: TcpListener) {
    for stream in listener.incoming() {
        // A client that goes away is none of its business.
        let _ = stream.and_then(|stream| answer(&stream));
    }
}

fn answer(mut stream: &TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut question = String::new();
    lines.read_line(&mut question)?;
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let (status, body) = if question.contains("/sumdb/") {
        ("404 Not Found", "no database here")
    } else {
        ("200 OK", "{\"Version\":\"v0.3.0\"}")
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

#[test]
fn a_proxy_that_is_started_clears_all_that_went_without_it() {
    // Nothing listens there any more.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    drop(listener);
    let proxy = format!("http://127.0.0.1:{port}");
    let home = Home::new(vec![
        ("GOPROXY", "http://modules.example|direct".to_owned()),
        ("GOSUMDB", "sum.golang.org http://sum.example".to_owned()),
        ("HTTP_PROXY", proxy.clone()),
    ]);
    home.write(".gitconfig", &format!("[http]\n\tproxy = {proxy}\n"));
    home.write(".vscode/extensions/extensions.json", r#"[{"identifier":{"id":"golang.go"},"version":"0.52.2"}]"#);
    home.write(".config/Code/User/settings.json", &format!("{{ \"http.proxy\": \"{proxy}\" }}\n"));
    let effects = ["git-proxy-dead", "goproxy-unreachable", "sumdb-unreachable", "vscode-http-proxy"];
    let mut found = effects_of(&home, "proxy-dead", "");
    found.sort();
    assert_eq!(found, effects);

    let listener = TcpListener::bind(("127.0.0.1", port)).expect("the port is still free");
    thread::spawn(move || serve(listener));
    let ids = [&effects[..], &["proxy-dead"]].concat();
    assert_eq!(still_found(&home, &ids, ""), Vec::<String>::new());
}
