//! The imitation of WSL, against what was recorded of the real one.

use std::fs;

use crate::Case;
use crate::machine::{Machine, Said, Shell};
use crate::tools::{BASH, BINFMT, GCC, GIT, IP, NEW, NSENTER, TINYPROXY, Tool, UNSHARE, program};
use crate::wsl::{Answer, Distribution, Drive, GATEWAY, Manner, Network, POWERSHELL, Wsl};

pub fn cases() -> Vec<Case> {
    let needs = &[BASH, BINFMT, IP, NSENTER, UNSHARE];
    vec![
        Case { name: "wsl: the distribution", needs, run: distribution },
        Case { name: "wsl: a program of Windows", needs, run: foreign },
        Case { name: "wsl: answers", needs, run: answers },
        Case { name: "wsl: answers in other encodings", needs, run: encodings },
        Case { name: "wsl: no answer", needs, run: no_answer },
        Case { name: "wsl: drives elsewhere", needs, run: drives },
        Case { name: "wsl: NAT", needs: NETWORK, run: || network(Network::Nat, GATEWAY, "127.0.0.1") },
        Case { name: "wsl: mirrored", needs: NETWORK, run: || network(Network::Mirrored, "127.0.0.1", GATEWAY) },
        Case { name: "healthy: WSL 2", needs: &[BASH, BINFMT, GCC, GIT, IP, NEW, NSENTER, UNSHARE], run: healthy },
    ]
}

const NETWORK: &[Tool] = &[BASH, BINFMT, IP, NSENTER, TINYPROXY, UNSHARE];

fn ubuntu() -> Wsl {
    Wsl::start(Machine::new(Shell::Bash), &Distribution::new())
}

/// Asks PowerShell as gomedic does it, but for the question: `Hi`.
fn ask(wsl: &Wsl, patience: u32) -> Said {
    let line = format!(
        "cd /mnt/c && timeout {patience} env -i WSL_INTEROP=$WSL_INTEROP /mnt/c/{POWERSHELL} \
         -NoProfile -NonInteractive -EncodedCommand SABpAA== </dev/null 2>/tmp/lab-errors.$$ | od -An -v -tx1; \
         echo ${{PIPESTATUS[0]}} >&2; cat /tmp/lab-errors.$$ >&2; rm -f /tmp/lab-errors.$$"
    );
    wsl.machine().terminal(&line)
}

/// The bytes of standard output.
fn bytes(said: &Said) -> Vec<u8> {
    said.stdout.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("od prints bytes")).collect()
}

const RECORDED: &str = include_str!("../../wsl-samples/host-facts.wire.txt");

/// Two texts with the time in the first line told apart.
fn time_and_rest(text: &str) -> (i64, &str) {
    let (time, rest) = text.strip_prefix("GD0 ").and_then(|text| text.split_once("\r\n")).expect("the time is first");
    (time.parse().expect("the time is a number"), rest)
}

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("it is after 1970");
    i64::try_from(now.as_millis()).expect("it is before the year 292277026")
}

fn distribution() {
    let outside = fs::read_to_string("/proc/sys/kernel/osrelease").expect("Linux has it");
    let wsl = ubuntu();
    let says = |line: &str| wsl.machine().terminal(line).works().stdout.trim_end().to_owned();
    assert_eq!(says("cat /proc/sys/kernel/osrelease"), "6.6.87.2-microsoft-standard-WSL2");
    assert!(says("cat /proc/version").contains("microsoft"));
    assert_eq!(says("readlink /bin/wslinfo /bin/wslpath"), "/init\n/init");
    assert_eq!(says("wslinfo --networking-mode; wslinfo --version"), "nat\n2.6.1");
    assert_eq!(says("wslpath -u 'C:\\Users\\me'; wslpath -w /mnt/c/Users"), "/mnt/c/Users/me\nC:\\Users");
    assert_eq!(says("cat /etc/wsl.conf"), "[boot]\nsystemd=true");
    assert_eq!(says("cat /proc/1/comm; stat -c %Y /etc/wsl.conf"), "systemd\n1700000000");
    assert_eq!(says("readlink /etc/resolv.conf"), "/mnt/wsl/resolv.conf");
    assert_eq!(says("ls /.dockerenv /run/WSL 2>/dev/null; true"), "/run/WSL:\n8_interop");
    assert_eq!(says("pwd"), wsl.machine().home().join("shop").display().to_string());
    let entry = include_str!("../../wsl-samples/binfmt-WSLInterop.txt");
    assert_eq!(says("cat /proc/sys/fs/binfmt_misc/WSLInterop"), entry.trim_end());

    let report = wsl.machine().gomedic_json("check --offline --only home-unset");
    assert_eq!(report["host"]["wsl"], "WSL 2");
    assert_eq!(report["host"]["kernel"], "6.6.87.2-microsoft-standard-WSL2");

    assert_eq!(fs::read_to_string("/proc/sys/kernel/osrelease").expect("Linux has it"), outside);
    assert!(!fs::exists("/proc/sys/fs/binfmt_misc/WSLInterop").unwrap_or_default());
}

/// The kernel itself finds the interpreter, and loses it.
fn foreign() {
    let wsl = ubuntu();
    wsl.add_program(
        "Windows/System32/cmd.exe",
        "printf '\\r\\nMicrosoft Windows [Version 10.0.26100.4652]\\r\\n'; exit 0",
    );
    let command = "/mnt/c/Windows/System32/cmd.exe /c ver";
    assert!(wsl.machine().terminal(command).works().stdout.contains("10.0.26100.4652"));
    let calls = wsl.calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    for line in ["program=/mnt/c/Windows/System32/cmd.exe", "argument=/c", "argument=ver", "variable=WSL_INTEROP"] {
        assert!(calls[0].lines().any(|call| call == line), "{line}: {calls:?}");
    }
    wsl.write_on_c("Windows/broken.exe", "MZ");
    wsl.machine().terminal("chmod +x /mnt/c/Windows/broken.exe").works();
    wsl.machine().terminal("/mnt/c/Windows/broken.exe").fails_with("failed 22");

    wsl.machine().terminal("echo 0 > /proc/sys/fs/binfmt_misc/WSLInterop").works();
    wsl.machine().terminal(command).fails_with("cannot execute binary file: Exec format error");
    wsl.machine().terminal("echo 1 > /proc/sys/fs/binfmt_misc/WSLInterop").works();
    wsl.machine().terminal(command).works();
    wsl.machine().terminal("echo -1 > /proc/sys/fs/binfmt_misc/WSLInterop").works();
    wsl.machine().terminal(command).fails_with("cannot execute binary file: Exec format error");
}

fn answers() {
    let wsl = ubuntu();
    let said = ask(&wsl, 60);
    let text = String::from_utf8(bytes(&said)).expect("it is ASCII");
    let (time, rest) = time_and_rest(&text);
    assert!((now() - time).abs() < 60_000, "{time}");
    assert_eq!(rest, time_and_rest(RECORDED).1, "as recorded, byte for byte");
    assert_eq!(wsl.script(), "Hi");
    let call = wsl.calls().pop().expect("it was called");
    for line in ["folder=/mnt/c", "input=/dev/null", "argument=-NoProfile", "variable=WSL_INTEROP"] {
        assert!(call.lines().any(|other| other == line), "{line}: {call}");
    }
    assert!(!call.contains("variable=HOME"), "{call}");

    wsl.answer(&Answer::recorded(Manner::Good).with_facts("{\"v\":1}").with_clock_ahead(-3_600_000));
    let text = String::from_utf8(bytes(&ask(&wsl, 60))).expect("it is ASCII");
    let (time, rest) = time_and_rest(&text);
    assert!((now() - time - 3_600_000).abs() < 60_000, "{time}");
    assert_eq!(rest, "GD1<eyJ2IjoxfQ==>GD1\r\n");

    wsl.answer(&Answer::recorded(Manner::Slow(1)));
    let started = std::time::Instant::now();
    assert!(bytes(&ask(&wsl, 60)).ends_with(b">GD1\r\n"));
    assert!(started.elapsed().as_millis() >= 1000);
}

fn encodings() {
    let wsl = ubuntu();
    let decoded = |manner: Manner, mark: &[u8]| {
        wsl.answer(&Answer::recorded(manner));
        let bytes = bytes(&ask(&wsl, 60));
        bytes.strip_prefix(mark).unwrap_or_else(|| panic!("begins with {:?}", &bytes[..4])).to_vec()
    };
    for (manner, mark) in [(Manner::Utf16, &b""[..]), (Manner::Utf16Marked, b"\xff\xfe")] {
        let wide = decoded(manner, mark);
        let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let text = String::from_utf16(&units).expect("it is UTF-16");
        assert_eq!(time_and_rest(&text).1, time_and_rest(RECORDED).1);
    }
    for (manner, mark) in [(Manner::Utf8Marked, &b"\xef\xbb\xbf"[..]), (Manner::CodePage, b"\xbb\xb6\xd3\xad\r\n")] {
        let text = String::from_utf8(decoded(manner, mark)).expect("the rest is ASCII");
        assert_eq!(time_and_rest(&text).1, time_and_rest(RECORDED).1);
    }
}

fn no_answer() {
    let wsl = ubuntu();
    let told = |manner: Manner, patience: u32| {
        wsl.answer(&Answer::recorded(manner));
        let said = ask(&wsl, patience);
        // The shell's own complaints about the lab's terminal come first.
        let at = said.stderr.lines().position(|line| line.parse::<u8>().is_ok()).expect("a code is told");
        let rest: Vec<&str> = said.stderr.lines().skip(at).collect();
        (bytes(&said), rest[0].to_owned(), rest[1..].join("\n"))
    };
    let (output, code, errors) = told(Manner::Nothing, 60);
    assert_eq!((output.len(), code.as_str(), errors.as_str()), (0, "0", ""));
    let (output, code, _) = told(Manner::Never, 1);
    assert_eq!((output.len(), code.as_str()), (0, "124"));
    let (output, code, _) = told(Manner::Stalls, 1);
    assert!(output.starts_with(b"GD0 ") && output.ends_with(b"\r\n") && code == "124", "{output:?}");
    let (output, code, _) = told(Manner::Cut, 60);
    let text = String::from_utf8(output).expect("it is ASCII");
    assert!(time_and_rest(&text).1.starts_with("GD1<ey") && !text.contains(">GD1") && code == "0", "{text}");
    let (output, code, errors) = told(Manner::Noisy, 60);
    assert!(output.ends_with(b">GD1\r\n") && code == "0" && errors.starts_with("#< CLIXML"), "{errors}");
    let row = include_str!("../../wsl-samples/interop-errors.tsv").lines().find(|row| row.contains("relay-timeout"));
    let line = row.and_then(|row| row.split('\t').next()).expect("the sample has it");
    let (output, code, errors) = told(Manner::Fails(line), 60);
    assert_eq!((output.len(), code.as_str(), errors.as_str()), (0, "1", line));
}

/// A root of its own for the drives, one of them in virtiofs.
fn drives() {
    let mut ubuntu = Distribution::new()
        .with_etc("wsl.conf", "[automount]\nroot=/\n")
        .with_answer(Answer::recorded(Manner::Nothing));
    let shared = Drive::new('d').at("/My Drive").of_kind("virtiofs drvfsD0 rw");
    ubuntu.drives = vec![Drive::new('c').at("/c"), shared];
    ubuntu.networking_mode = "mirrored".to_owned();
    ubuntu.network = Network::Lab;
    ubuntu.release = "5.15.167.4-microsoft-standard-WSL2".to_owned();
    let wsl = Wsl::start(Machine::new(Shell::Bash), &ubuntu);
    wsl.write_on_c("Users/me/.wslconfig", "[wsl2]\r\nmemory=8GB\r\n");
    let says = |line: &str| wsl.machine().terminal(line).works().stdout.clone();
    assert_eq!(says("cat /c/Users/me/.wslconfig"), "[wsl2]\r\nmemory=8GB\r\n");
    assert_eq!(
        says("wslinfo --networking-mode; cat /proc/sys/kernel/osrelease"),
        "mirrored\n5.15.167.4-microsoft-standard-WSL2\n"
    );
    let table = says(&wsl.sees("cat /proc/self/mountinfo"));
    assert!(
        table.lines().any(|line| line.contains(" /c rw,noatime - 9p C:\\134 rw,aname=drvfs;path=C:\\;")),
        "{table}"
    );
    assert!(table.lines().any(|line| line.contains(" /My\\040Drive rw,noatime - virtiofs drvfsD0 rw")), "{table}");
    let mounts = says(&wsl.sees("cat /proc/mounts"));
    assert!(mounts.lines().any(|line| line == "drvfsD0 /My\\040Drive virtiofs rw,noatime,rw 0 0"), "{mounts}");
    // The number that the kernel gives for an open file is the drive's.
    let id = says("exec 7</c/Users/me/.wslconfig; sed -n 's/^mnt_id:\t//p' /proc/self/fdinfo/7; exec 7<&-");
    let row = table.lines().find(|line| line.split(' ').next() == Some(id.trim()));
    assert!(row.is_some_and(|row| row.contains(" /c rw,noatime - 9p ")), "{row:?} of {id}");
}

/// A real proxy on Windows is reached at one address and not at the other.
fn network(network: Network, reached: &str, silent: &str) {
    let ubuntu = Distribution { network, ..Distribution::new() };
    let wsl = Wsl::start(Machine::new(Shell::Bash), &ubuntu);
    wsl.machine().write("tinyproxy.conf", "Port 7890\nListen 0.0.0.0\nMaxClients 10\nAllow 0.0.0.0/0\n");
    let settings = wsl.machine().home().join("tinyproxy.conf").display().to_string();
    let proxy = program("tinyproxy").expect("it is there");
    let _proxy = wsl.background_on_windows(&proxy, &["-d", "-c", &settings]);
    let connect = |address: &str| format!("bash -c ': </dev/tcp/{address}/7890'");
    let patient =
        format!("timeout 20 sh -c 'until {}; do sleep 0.05; done' 2>/dev/null", connect(reached).replace('\'', "\""));
    wsl.machine().terminal(&patient).works();
    wsl.machine().terminal(&format!("timeout 5 {}", connect(silent))).fails_with("/dev/tcp");
    let says = |line: &str| wsl.machine().terminal(line).works().stdout.clone();
    match network {
        Network::Nat => assert!(says("cat /proc/net/route").contains("eth0\t00000000\t01601EAC\t0003")),
        _ => assert!(says("ls /sys/class/net; cat /proc/net/dev").contains("loopback0:")),
    }
}

fn healthy() {
    let ubuntu = Distribution::new().with_answer(Answer::healthy());
    let wsl = Wsl::start(Machine::with_go(Shell::Bash, "1.27.3"), &ubuntu);
    let machine = wsl.machine();
    machine.terminal("go build -o /dev/null . && go vet .").works();
    // Debian's Delve is there for another case, and too old for this Go.
    let report = machine.gomedic_json("check --offline --skip go-eol,dlv-stale");
    for state in ["error", "warning", "unknown"] {
        assert_eq!(report["summary"][state], 0, "{}", machine.gomedic("check --offline").stdout);
    }
}
