//! What nobody ought to hand to gomedic, within WSL.

use std::fmt::Write as _;

use serde_json::Value;

use super::wsl_host::{CHECK, NEEDS, check, ubuntu};
use crate::Case;
use crate::machine::{Machine, Shell};
use crate::wsl::{Answer, Distribution, Drive, Manner, POWERSHELL, Wsl};

pub fn cases() -> Vec<Case> {
    vec![
        Case { name: "wsl hostile: wsl.conf", needs: NEEDS, run: settings },
        Case { name: "wsl hostile: answers that are none", needs: NEEDS, run: answers },
        Case { name: "wsl hostile: facts with control characters", needs: NEEDS, run: control_characters },
        Case { name: "wsl hostile: names of mounts", needs: NEEDS, run: mounts },
        Case { name: "wsl hostile: settings of VS Code", needs: NEEDS, run: code },
    ]
}

/// Every status and every summary of a check, in one line.
fn outcome(report: &Value, id: &str) -> String {
    let check = check(report, id);
    let mut line = check["status"].as_str().unwrap_or_default().to_owned();
    for finding in check["findings"].as_array().into_iter().flatten() {
        let _ = write!(line, "; {}", finding["summary"].as_str().unwrap_or_default());
    }
    line
}

/// No byte that a terminal obeys, in any form of the report.
fn assert_tame(machine: &Machine, flags: &str) {
    for form in ["text", "markdown", "json"] {
        let said = machine.gomedic(&format!("{flags} --fail-on never --color never --format {form}"));
        for text in [&said.works().stdout, &said.stderr] {
            let wild = text.chars().find(|letter| letter.is_control() && *letter != '\n');
            assert_eq!(wild, None, "{form}: {text:?}");
            assert!(!text.contains('\u{202e}'), "{form}: {text:?}");
        }
    }
}

/// The summary of `wsl-conf-syntax`, `-encoding` and `-value`, and whether the
/// setting counts.
fn settings() {
    let wide = |mark: &[u8], unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = "[boot]\r\nsystemd=true\r\n".encode_utf16();
        mark.iter().copied().chain(text.flat_map(unit)).collect()
    };
    let big = b"# the same again\n".repeat(10 * 1024 * 1024 / 17);
    let ignores = |what: &str| format!("findings; /etc/wsl.conf {what}: WSL ignores it");
    let passed = || "passed".to_owned();
    let plain = "[boot]\nsystemd=true\n";
    let rows: Vec<(&str, Vec<u8>, String, &str)> = vec![
        ("UTF-16", wide(b"\xff\xfe", u16::to_le_bytes), ignores("is written in UTF-16"), "passed"),
        ("big end first", wide(b"\xfe\xff", u16::to_be_bytes), ignores("is written in UTF-16"), "passed"),
        ("no mark", wide(b"", u16::to_le_bytes), ignores("has NUL bytes in it"), "passed"),
        ("a mark", format!("\u{feff}{plain}").into_bytes(), ignores("begins with a byte-order mark"), "passed"),
        ("NUL", b"[boot]\nsystemd=true\n\0\0\0".to_vec(), ignores("has NUL bytes in it"), "passed"),
        ("CRLF", plain.replace('\n', "\r\n").into_bytes(), passed(), "passed"),
        ("Chinese", "# 启动\n[boot]\nsystemd=true # 是\n".as_bytes().to_vec(), passed(), "passed"),
        ("not UTF-8", b"# caf\xe9\n[boot]\nsystemd=true\n".to_vec(), passed(), "passed"),
        ("no end", b"[boot]\nsystemd=true".to_vec(), passed(), "passed"),
        ("empty", Vec::new(), passed(), "passed"),
        (
            "control characters",
            b"[boot]\n\x1b]0;mine\x07=true\nsystemd=true\n".to_vec(),
            passed(),
            "findings; boot.systemd has no effect: WSL stops at line 2 of /etc/wsl.conf",
        ),
        ("10 MB", big, "unknown".to_owned(), "unknown"),
    ];
    for (name, content, encoding, syntax) in rows {
        let ubuntu = Distribution::new().with_answer(Answer::healthy()).with_etc("wsl.conf", content);
        let wsl = Wsl::start(Machine::new(Shell::Bash), &ubuntu);
        wsl.write_on_c("Users/me/.wslconfig", "[wsl2]\r\nmemory=8GB\r\n");
        let flags = "check --offline --no-host --only wsl";
        let report = wsl.machine().gomedic_json(flags);
        assert_eq!(outcome(&report, "wsl-conf-encoding"), encoding, "{name}");
        assert_eq!(outcome(&report, "wsl-conf-syntax"), syntax, "{name}");
        assert_tame(wsl.machine(), flags);
    }
}

/// What stands between the marks, and around them.
fn answers() {
    let wsl = ubuntu(Answer::healthy());
    let good = "eyJ2IjoxfQ==";
    let deep = "[".repeat(20_000);
    let garbled = "findings; Windows could not be asked: its answer could not be read";
    let rows = [
        ("no JSON", Answer::healthy().with_facts("nonsense"), garbled),
        ("cut JSON", Answer::healthy().with_facts("{\"v\":1,\"go\":["), garbled),
        ("doubled JSON", Answer::healthy().with_facts("{\"v\":1}{\"v\":1}"), garbled),
        ("version 2", Answer::healthy().with_facts("{\"v\":2}"), garbled),
        ("no version", Answer::healthy().with_facts("{}"), garbled),
        ("a list", Answer::healthy().with_facts("[1]"), garbled),
        ("depth", Answer::healthy().with_facts(&deep), garbled),
        ("of other kinds", Answer::healthy().with_facts("{\"v\":1,\"go\":7,\"env\":[],\"proxy\":\"x\"}"), "passed"),
    ];
    for (name, answer, says) in rows {
        wsl.answer(&answer);
        assert_eq!(outcome(&wsl.machine().gomedic_json(CHECK), "windows-unreachable"), says, "{name}");
    }
    let once = format!("GD0 1\\r\\nGD1<{good}>GD1\\r\\n");
    let rows = [
        ("twice", format!("printf '{once}{once}'"), "passed"),
        ("broken lines", "printf 'GD0 1\\r\\nGD1<eyJ2\\r\\nIjoxfQ==>GD1\\r\\n'".to_owned(), "passed"),
        ("no base64", "printf 'GD0 1\\r\\nGD1<%%%%>GD1\\r\\n'".to_owned(), garbled),
        ("an end without a beginning", "printf '>GD1 GD1<'".to_owned(), garbled),
        ("bytes", "head -c 100000 /dev/urandom".to_owned(), garbled),
        ("a flood", "yes 'GD0 x' | head -c 50000000".to_owned(), garbled),
        ("a failure after the answer", format!("printf '{once}'; exit 3"), "passed"),
    ];
    for (name, script, says) in rows {
        wsl.add_program(POWERSHELL, &script);
        assert_eq!(outcome(&wsl.machine().gomedic_json(CHECK), "windows-unreachable"), says, "{name}");
    }
}

/// Values that would change a terminal's title, its colours or the order of
/// its letters.
fn control_characters() {
    let wsl = ubuntu(Answer::recorded(Manner::Good));
    let wild = r"\u001b]0;mine\u0007\u001b[31mred\u009b2J\u202e\r\n\u0000";
    let facts = format!(
        r#"{{"v":1,"build":"9{wild}","wsl":"{wild}","distro":"{wild}","proxy":[1,"127.0.0.1:7890{wild}","{wild}","{wild}"],"env":{{"WSLENV":["GOROOT/p",null],"GOROOT":["C:\\Go{wild}",null],"{wild}":["{wild}","{wild}"]}},"go":["C:\\{wild}\\go.exe"],"prof":"C:\\Users\\{wild}","w32":["{wild}","{wild}","{wild}"],"lp":0,"fw":"{wild}"}}"#
    );
    wsl.answer(&Answer::recorded(Manner::Good).with_facts(&facts));
    let report = wsl.machine().gomedic_json(CHECK);
    assert!(outcome(&report, "windows-go-env").starts_with("findings; "), "{report:#}");
    assert_tame(wsl.machine(), CHECK);
    wsl.answer(&Answer::recorded(Manner::Fails("<3>WSL ERROR: \u{1b}]0;mine\u{7}\u{1b}[31m\u{202e} UtilAcceptVsock")));
    assert!(outcome(&wsl.machine().gomedic_json(CHECK), "windows-unreachable").starts_with("findings; "));
    assert_tame(wsl.machine(), CHECK);
}

/// A drive whose mount point looks like another line of the table.
fn mounts() {
    let point = "/mnt/d\u{1b}[31m - 9p C:\\134 rw,aname=drvfs;path=C:\\;";
    let mut hostile = Distribution::new().with_answer(Answer::healthy());
    hostile.drives = vec![Drive::new('c'), Drive::new('d').at(point)];
    let wsl = Wsl::start(Machine::new(Shell::Bash), &hostile);
    let project = format!("{point}/shop");
    wsl.machine().terminal(&format!("mkdir '{project}' && cp go.mod main.go '{project}/'")).works();
    let flags = format!("check --offline --only wsl,windows '{project}'");
    let report = wsl.machine().gomedic_json(&flags);
    assert_eq!(outcome(&report, "windows-unreachable"), "passed");
    assert_eq!(check(&report, "wsl-project-on-windows")["status"], "findings", "{report:#}");
    let call = wsl.calls().pop().expect("Windows was asked");
    assert!(call.lines().any(|line| line == "folder=/mnt/c"), "{call}");
    assert_tame(wsl.machine(), &flags);
}

/// Comments, commas too many, keys that stand twice: VS Code reads all that,
/// and of two the last counts.
fn code() {
    let wsl = ubuntu(Answer::healthy());
    wsl.machine().write(".vscode-server/data/Machine/settings.json", "{ // none\n}\n");
    let of_windows = "AppData/Roaming/Code/User/settings.json";
    let rows: [(&str, &[u8], &str); 6] = [
        (
            "comments",
            b"{ // a\n /* b */ \"go.alternateTools\": { \"go\": \"C:\\\\Go\\\\bin\\\\go.exe\", }, }",
            "findings",
        ),
        (
            "the last counts",
            b"{\"go.alternateTools\":{\"go\":\"C:\\\\Go\\\\go.exe\"},\"go.alternateTools\":{}}",
            "passed",
        ),
        ("a mark", b"\xef\xbb\xbf{\"go.alternateTools\":{\"go\":\"C:\\\\Go\\\\go.exe\"}}", "findings"),
        ("other kinds", b"{\"go.alternateTools\":[7],\"go.toolsEnvVars\":\"x\"}", "passed"),
        ("cut", b"{\"go.alternateTools\":{\"go\":\"C:", "unknown"),
        (
            "control characters",
            b"{\"go.alternateTools\":{\"go\":\"C:\\\\Go\\u001b]0;mine\\u0007\\u202e\\\\go.exe\"}}",
            "findings",
        ),
    ];
    for (name, content, status) in rows {
        wsl.write_on_c(&format!("Users/me/{of_windows}"), content);
        let flags = "check --offline --no-host --only wsl-vscode-settings-leak";
        let report = wsl.machine().gomedic_json(flags);
        assert_eq!(check(&report, "wsl-vscode-settings-leak")["status"], status, "{name}: {report:#}");
        assert_tame(wsl.machine(), flags);
    }
}
