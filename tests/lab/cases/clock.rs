//! The clock, against a real time server and a real HTTP server.

use std::net::UdpSocket;
use std::time::Duration;

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::Case;
use crate::loopback::Loopback;
use crate::machine::{Background, Machine, Shell};
use crate::proof::findings_with;
use crate::servers::{requested, respond};
use crate::tools::{BASH, BWRAP, CHRONY, FAKETIME, NEW, program};

use super::network::free_port;

pub fn cases() -> Vec<Case> {
    const NTP: &[crate::tools::Tool] = &[BASH, BWRAP, CHRONY, FAKETIME, NEW];
    vec![
        Case { name: "clock-skew: the time server is a week ahead", needs: NTP, run: server_ahead },
        Case { name: "clock-skew: the time server is a week behind", needs: NTP, run: server_behind },
        Case { name: "healthy: the time server agrees", needs: NTP, run: server_in_step },
        Case { name: "clock-skew: the Date of the module proxy", needs: &[BASH, NEW], run: date_of_proxy },
    ]
}

/// Our clock cannot be set in a test, so that of the others is: only the
/// finding and the preview are proven.
const ONLINE: &str = "--only clock-skew";

fn server_ahead() {
    let (machine, _server) = with_time_server("+7d");
    assert_found(&machine, "The clock is 7 days behind", "this clock is 7 days behind");
    let preview = machine.gomedic(&format!("fix {ONLINE} --dry-run clock-skew"));
    // A container has no clock of its own to set.
    let told = ["chronyc makestep", "Set the clock of the host"];
    assert!(told.iter().any(|told| preview.stdout.contains(told)), "{preview:#?}");
}

fn server_behind() {
    let (machine, _server) = with_time_server("-7d");
    assert_found(&machine, "The clock is 7 days ahead", "this clock is 7 days ahead");
}

fn server_in_step() {
    let (machine, _server) = with_time_server("+0d");
    let report = machine.gomedic_json(&format!("check {ONLINE}"));
    assert_eq!(report["checks"][0]["status"], "passed", "{report:#}");
}

/// A machine whose settings name a time server, and that server: a real
/// chronyd that takes its time from elsewhere.
fn with_time_server(offset: &str) -> (Machine, Background) {
    let port = free_port();
    let machine = Machine::with_go(Shell::Bash, "1.27.3");
    // No module proxy is asked for its time.
    machine.write(".config/go/env", "GOPROXY=off\n");
    machine.write("run/chrony/note", "chronyd runs here");
    machine.write("chrony.conf", format!("# the office\nserver 127.0.0.1 port {port} iburst\n"));
    let server = format!(
        "port {port}\nbindaddress 127.0.0.1\nallow 127.0.0.1\nlocal stratum 8\ncmdport 0\nbindcmdaddress /\npidfile {}\n",
        machine.home().join("chronyd.pid").display()
    );
    machine.write("server.conf", server);
    let (home, chronyd) = (machine.home(), program("chronyd").expect("it is there"));
    let configuration = home.join("server.conf").display().to_string();
    let user = name_of(rustix::process::geteuid().as_raw());
    let arguments = ["-f", offset, &chronyd.display().to_string(), "-x", "-d", "-U", "-u", &user, "-f", &configuration];
    let server = machine.background(&program("faketime").expect("it is there"), &arguments);
    wait_for_time(port);
    let settings = home.join("chrony.conf");
    let machine = machine.with_mount(&home.join("run/chrony"), "/run/chrony");
    (machine.with_file(&settings, "/etc/chrony/chrony.conf"), server)
}

/// The name of a user, which chronyd asks for.
fn name_of(id: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").expect("there are users");
    let has_id = |line: &&str| line.split(':').nth(2).is_some_and(|field| field == id.to_string());
    users.lines().find(has_id).and_then(|line| line.split(':').next()).expect("the user has a name").to_owned()
}

/// Waits until a time server answers.
fn wait_for_time(port: u16) {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port is free");
    socket.connect(("127.0.0.1", port)).expect("loopback is there");
    socket.set_read_timeout(Some(Duration::from_millis(100))).expect("it is not zero");
    let mut question = [0; 48];
    question[0] = 0x23;
    let answers = (0..100).any(|_| {
        let answer = socket.send(&question).and_then(|_| socket.recv(&mut [0; 512]));
        // Refused at once, as long as nothing listens.
        answer.map_err(|_| std::thread::sleep(Duration::from_millis(20))).is_ok()
    });
    assert!(answers, "no time server answers at port {port}");
}

/// What was asked anyway tells the time, too.
fn date_of_proxy() {
    for (hours, summary) in [(-30, "ahead"), (30, "behind")] {
        let server = Loopback::start(move |stream| {
            requested(&stream)?;
            let time = Timestamp::now() + SignedDuration::from_hours(hours);
            let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&time).expect("it is a year of today");
            respond(&stream, &format!("Date: {date}\r\n"), None)
        });
        let machine = Machine::with_go(Shell::Bash, "1.27.3");
        machine.write(".config/go/env", format!("GOPROXY=http://127.0.0.1:{}\n", server.port()));
        let found = findings_with(&machine, "clock-skew", ONLINE);
        let evidence = found[0]["evidence"].to_string();
        assert_eq!(found[0]["severity"], "error", "{found:#?}");
        assert!(found[0]["summary"].as_str().is_some_and(|text| text.contains(summary)), "{found:#?}");
        assert!(evidence.contains("Date from 127.0.0.1"), "{found:#?}");
    }
}

fn assert_found(machine: &Machine, summary: &str, said: &str) {
    let found: Vec<Value> = findings_with(machine, "clock-skew", ONLINE);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["summary"], summary);
    let evidence = found[0]["evidence"].to_string();
    assert!(evidence.contains("/etc/chrony/chrony.conf:2") && evidence.contains(said), "{found:#?}");
}
