//! gomedic and a Windows host that answers well, badly, or not at all.

use serde_json::Value;

use crate::Case;
use crate::machine::{Machine, Shell};
use crate::tools::{BASH, BINFMT, IP, NSENTER, Tool, UNSHARE};
use crate::wsl::{Answer, Distribution, Manner, Wsl};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "windows: answers in any form", needs: NEEDS, run: answers },
        Case { name: "windows: no answer", needs: NEEDS, run: no_answer },
        Case { name: "windows: what the relay says", needs: NEEDS, run: relay },
    ]
}

/// What a distribution takes.
pub(super) const NEEDS: &[Tool] = &[BASH, BINFMT, IP, NSENTER, UNSHARE];

/// What Windows tells, and nothing that takes long.
pub(super) const CHECK: &str = "check --offline --only windows,wsl-interop-dead,wsl-clock-skew";

/// The checks that go by what Windows says.
pub(super) const DEPENDANTS: [&str; 5] =
    ["windows-build-old", "windows-firewall-blocks", "windows-go-env", "windows-proxy-loopback", "windows-two-gos"];
/// The checks that go by its clock.
pub(super) const CLOCKS: [&str; 2] = ["windows-clock-wrong", "wsl-clock-skew"];

/// A distribution on a host that answers so, with what the checks of Windows
/// look for.
pub(super) fn ubuntu(answer: Answer) -> Wsl {
    let wsl = Wsl::start(Machine::new(Shell::Bash), &Distribution::new().with_answer(answer));
    wsl.write_on_c("Users/me/.wslconfig", "[wsl2]\r\nmemory=8GB\r\n");
    wsl
}

/// One check of a report.
pub(super) fn check<'a>(report: &'a Value, id: &str) -> &'a Value {
    let mut checks = report["checks"].as_array().into_iter().flatten();
    checks.find(|check| check["id"] == id).unwrap_or_else(|| panic!("{id} is no check: {report:#}"))
}

/// The only finding of a check, in one line.
pub(super) fn told(report: &Value, id: &str) -> String {
    let check = check(report, id);
    match check["findings"].as_array().map(Vec::as_slice) {
        Some([one]) => format!("{}: {}", one["severity"], one["summary"]).replace('"', ""),
        _ => check["status"].as_str().unwrap_or_default().to_owned(),
    }
}

fn answers() {
    let wsl = ubuntu(Answer::healthy());
    let manners = [
        Manner::Good,
        Manner::Slow(1),
        Manner::Noisy,
        Manner::Utf16,
        Manner::Utf16Marked,
        Manner::Utf8Marked,
        Manner::CodePage,
    ];
    for manner in manners {
        let name = format!("{manner:?}");
        wsl.answer(&Answer::healthy_but(manner));
        let report = wsl.machine().gomedic_json(CHECK);
        for id in DEPENDANTS.into_iter().chain(["windows-unreachable", "wsl-interop-dead"]) {
            let check = check(&report, id);
            assert!(["passed", "skipped"].contains(&check["status"].as_str().unwrap_or_default()), "{name}: {check:#}");
        }
        assert_eq!(check(&report, "windows-unreachable")["status"], "passed", "{name}");
        assert_eq!(report["host"]["windows"], "Windows 11", "{name}: {report:#}");
    }
}

/// Windows could not be asked: so it says, and what depends on it is unknown.
fn fails(wsl: &Wsl, answer: &Answer, flags: &str, says: &str) -> Value {
    wsl.answer(answer);
    let report = wsl.machine().gomedic_json(&format!("{CHECK} {flags}"));
    assert_eq!(told(&report, "windows-unreachable"), says, "{:#}", check(&report, "windows-unreachable"));
    for id in DEPENDANTS {
        let check = check(&report, id);
        assert_eq!(check["status"], "unknown", "{check:#}");
        let reason = check["reason"].as_str().unwrap_or_default();
        assert!(reason.contains("Windows could not be asked"), "{check:#}");
    }
    report
}

/// What the relay's silence is called.
const DEAD: &str = "warning: WSL's relay to Windows does not answer";

fn no_answer() {
    let wsl = ubuntu(Answer::healthy());
    let silent = "warning: Windows could not be asked: it did not answer in time";
    let unread = "warning: Windows could not be asked: its answer could not be read";
    // The deadline of Windows is twice that of all others.
    for (manner, flags, says, dead, knows_clock) in [
        (Manner::Never, "--timeout 2", silent, DEAD, false),
        (Manner::Stalls, "--timeout 2", silent, DEAD, true),
        (Manner::Nothing, "", unread, "passed", false),
        (Manner::Cut, "", unread, "passed", true),
    ] {
        let name = format!("{manner:?}");
        let report = fails(&wsl, &Answer::healthy_but(manner), flags, says);
        assert_eq!(told(&report, "wsl-interop-dead"), dead, "{name}");
        for id in CLOCKS {
            let known = check(&report, id)["status"] != "unknown";
            assert!(!known || knows_clock, "{name}: {:#}", check(&report, id));
        }
        if knows_clock {
            assert_eq!(check(&report, "wsl-clock-skew")["status"], "passed", "{name}");
        }
    }
}

/// Each line that was reported of the real relay or of the kernel.
fn relay() {
    let wsl = ubuntu(Answer::healthy());
    let rows = include_str!("../../wsl-samples/interop-errors.tsv").lines().filter(|row| !row.starts_with('#'));
    let mut seen = 0;
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        let (severity, why, dead) = match fields[1] {
            "binfmt-missing" if fields[0].starts_with("errno") => continue,
            "hang" | "w32time-stopped" => continue,
            "binfmt-missing" => ("warning", "programs of Windows do not run here", "passed"),
            "relay-timeout" => ("warning", "WSL's relay to Windows does not answer", DEAD),
            "no-vsock" => ("info", "there is no relay to Windows here", "passed"),
            "win-create-failed" => ("warning", "Windows refused to start PowerShell", "passed"),
            "path-not-appended" => ("warning", "PowerShell was not found on the drive of Windows", "passed"),
            "fmask-or-noexec" => ("warning", "nothing on the drive of Windows may be executed", "passed"),
            other => panic!("{other}"),
        };
        let says = format!("{severity}: Windows could not be asked: {why}");
        let report = fails(&wsl, &Answer::healthy_but(Manner::Fails(fields[0])), "", &says);
        assert_eq!(told(&report, "wsl-interop-dead"), dead, "{row}");
        let evidence = &check(&report, "windows-unreachable")["findings"][0]["evidence"][0]["observed"];
        assert_eq!(evidence, fields[0], "{row}");
        seen += 1;
    }
    assert_eq!(seen, 7);

    // The kernel's own word, where the table has lost its entry.
    wsl.machine().terminal("echo -1 > /proc/sys/fs/binfmt_misc/WSLInterop").works();
    let calls = wsl.calls().len();
    let says = "warning: Windows could not be asked: programs of Windows do not run here";
    let report = fails(&wsl, &Answer::healthy(), "", says);
    let evidence = &check(&report, "windows-unreachable")["findings"][0]["evidence"][0]["observed"];
    assert!(evidence.as_str().unwrap_or_default().contains("Exec format error"), "{evidence}");
    assert_eq!(wsl.calls().len(), calls);
}
