//! A Windows host that never answers keeps nothing else waiting.

use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use super::wsl_host::{NEEDS, ubuntu};
use crate::Case;
use crate::machine::{Machine, Shell};
use crate::pty::Pty;
use crate::wsl::{Answer, Distribution, Manner, Wsl};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "windows: a silent host and the report", needs: NEEDS, run: report },
        Case { name: "windows: a silent host and the dashboard", needs: NEEDS, run: dashboard },
    ]
}

/// When something began and ended, in milliseconds of a run.
struct Row<'a> {
    began: f64,
    ended: f64,
    what: &'a str,
}

/// A row of `--timings`: `33.2 ms  6004.9 ms  probe windows-clock`.
fn row(line: &str) -> Option<Row<'_>> {
    let (began, rest) = line.split_once(" ms ")?;
    let (took, what) = rest.split_once(" ms  ")?;
    let (began, took): (f64, f64) = (began.trim().parse().ok()?, took.trim().parse().ok()?);
    Some(Row { began, ended: began + took, what })
}

/// For how long everything else has to be ready while Windows is waited for,
/// in seconds: twice `--timeout`.
const SILENCE: u32 = 12;

fn report() {
    let wsl = ubuntu(Answer::recorded(Manner::Never));
    let flags = format!("--offline --timings --timeout {} --fail-on never", SILENCE / 2);
    let said = wsl.machine().gomedic(&format!("check {flags}"));
    let text = &said.works().stdout;
    let rows: Vec<Row<'_>> = text.lines().filter_map(row).collect();
    let asked = rows.iter().find(|row| row.what == "powershell").expect("Windows was asked");
    let silence = f64::from(SILENCE) * 1e3;
    assert!((silence..silence + 10_000.0).contains(&(asked.ended - asked.began)), "{text}");
    let waits = ["powershell", "probe windows-host", "probe windows-clock", "probe windows-go"];
    let (waiting, ready): (Vec<_>, Vec<_>) = rows.iter().partition(|row| waits.contains(&row.what));
    assert_eq!(waiting.len(), waits.len(), "{text}");
    assert!(ready.len() > 50, "{text}");
    for row in ready {
        assert!(row.ended < asked.ended, "{} waited for Windows: {text}", row.what);
    }
    let wall = text.lines().find_map(|line| line.strip_prefix("wall time ")?.strip_suffix(" ms")?.parse::<f64>().ok());
    assert!(wall.is_some_and(|wall| wall < silence + 15_000.0), "it ends at the deadline: {text}");
}

/// How long a key may take on a machine that does much else.
const AT_ONCE: Duration = Duration::from_secs(5);

fn dashboard() {
    let silent = Distribution::new()
        .with_etc("wsl.conf", "[boot]\n; systemd is wanted\nsystemd=true\n")
        .with_answer(Answer::recorded(Manner::Never));
    let wsl = Wsl::start(Machine::new(Shell::Bash), &silent);
    let mut command = CommandBuilder::new("env");
    command.args(wsl.machine().words());
    command.arg(env!("CARGO_BIN_EXE_gomedic"));
    let mut pty = Pty::start(command, (120, 36));
    // What has been found is there while Windows is still silent.
    pty.wait_for("boot.systemd has no effect");
    pty.wait_for(" · windows ");
    assert!(wsl.running().iter().any(|line| line.starts_with("sleep ")), "{:?}\n{}", wsl.running(), pty.text());
    let typed = Instant::now();
    pty.type_in("o");
    pty.wait_for("o problems only");
    pty.type_in("q");
    assert_eq!(pty.exit_code(), 0);
    assert!(typed.elapsed() < AT_ONCE, "{:?}", typed.elapsed());
    pty.assert_sane();
    // The silent program went with it.
    let until = Instant::now() + AT_ONCE;
    while !wsl.running().is_empty() {
        assert!(Instant::now() < until, "left running: {:?}", wsl.running());
        std::thread::yield_now();
    }
}
