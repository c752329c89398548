//! The linters against recorded files, and what WSL's own parser said of them.

use std::path::PathBuf;

use super::*;

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../../../../tests/wsl-samples/", $name))
    };
}

fn file(bytes: &[u8], dialect: Dialect) -> ConfigFile {
    let content = Some(Ok(Content::of(bytes, dialect)));
    ConfigFile { path: PathBuf::from("/f"), name: "/f".into(), dialect, content, modified: None }
}

/// Every complaint with its line, in WSL's words where it has any.
fn complaints(file: &ConfigFile) -> Vec<String> {
    let mut found: Vec<(usize, String)> =
        file.bad_lines().iter().map(|bad| (bad.line, bad.fault.to_string())).collect();
    found.extend(file.value_faults().into_iter().map(|fault| (fault.entry.line, fault.to_string())));
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(line, text)| format!("line {line}: {text}")).collect()
}

/// The beginnings of the complaints that stand in a file of expectations:
/// `line 3:  Invalid memory string '8gb' for … (more)`.
fn expected(text: &str) -> Vec<(usize, String)> {
    let line = |line: &str| {
        let (number, said) = line.strip_prefix("line ")?.split_once(':')?;
        Some((number.trim().parse().ok()?, said.trim().to_owned()))
    };
    text.lines().filter_map(line).collect()
}

#[test]
fn a_good_file_is_read_whole() {
    let good = file(sample!("wsl-conf-good.conf"), Dialect::WslConf);
    assert_eq!(complaints(&good), Vec::<String>::new());
    assert_eq!(good.flag("boot.systemd"), Some(true));
    assert_eq!(good.flag("interop.appendWindowsPath"), Some(false));
    assert_eq!(good.entry("automount.options").unwrap().value, "metadata,umask=22,fmask=11");
    assert_eq!(good.entry("network.hostname").unwrap().value, "devbox");

    for same in [&sample!("wsl-conf-crlf.conf")[..], sample!("wsl-conf-zh-comment.conf")] {
        let same = file(same, Dialect::WslConf);
        assert_eq!(complaints(&same), Vec::<String>::new());
        assert_eq!(same.flag("boot.systemd"), Some(true));
    }
    let good = file(sample!("wslconfig-good.ini"), Dialect::WslConfig);
    assert_eq!(complaints(&good), Vec::<String>::new());
    assert_eq!(good.entry("wsl2.kernel").unwrap().value, r"C:\Users\me\kernels\bzImage");
    assert_eq!(good.entry("wsl2.networkingMode").unwrap().value, "mirrored");
}

#[test]
fn a_bad_line_ends_wsl_conf() {
    let text = std::str::from_utf8(sample!("wsl-conf-bad-semicolon.expected.txt")).unwrap();
    assert!(text.contains("line 1 \"Invalid key name\""));
    let bad = file(sample!("wsl-conf-bad-semicolon.conf"), Dialect::WslConf);
    assert_eq!(complaints(&bad), ["line 1: Invalid key name"]);
    assert_eq!((bad.flag("boot.systemd"), bad.flag("interop.appendWindowsPath")), (None, None));
    let lost: Vec<&str> = bad.unread().iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(lost, ["boot.systemd", "interop.appendWindowsPath"]);
}

#[test]
fn bad_values_do_not_end_it_and_escapes_do() {
    let text = std::str::from_utf8(sample!("wsl-conf-bad-values.expected.txt")).unwrap();
    let bad = file(sample!("wsl-conf-bad-values.conf"), Dialect::WslConf);
    let said = complaints(&bad);
    // Lines 5 and 7 are said to be never read.
    let expected: Vec<(usize, String)> = expected(text).into_iter().filter(|(line, _)| *line <= 3).collect();
    assert_eq!(said.len(), expected.len());
    for (said, (line, text)) in said.iter().zip(&expected) {
        let start = text.split("  ").next().unwrap();
        assert!(said.starts_with(&format!("line {line}: {start}")), "{said} | {text}");
    }
    let lost: Vec<&str> = bad.unread().iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(lost, ["interop.appendWindowsPath", "automount.option"]);
}

#[test]
fn wslconfig_skips_bad_lines_and_says_all() {
    let text = std::str::from_utf8(sample!("wslconfig-bad.expected-warnings.txt")).unwrap();
    let bad = file(sample!("wslconfig-bad.ini"), Dialect::WslConfig);
    let said = complaints(&bad);
    let expected = expected(text);
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, (line, text)) in said.iter().zip(&expected) {
        // WSL itself says nothing of the path that escapes have changed.
        let start = if text.starts_with("NO warning") {
            "escapes"
        } else {
            text.split([',', ';']).next().unwrap().split(" (").next().unwrap()
        };
        assert!(said.starts_with(&format!("line {line}: {start}")), "{said} | {text}");
    }
    assert_eq!(bad.entry("wsl2.swapFile").unwrap().value, "C:\temp\new.vhdx");
}

#[test]
fn marks_and_utf16_are_told_apart() {
    let mark = file(sample!("wsl-conf-bom.conf"), Dialect::WslConf);
    assert_eq!(mark.content().unwrap().encoding, Encoding::Utf8Mark);
    assert_eq!(complaints(&mark), ["line 1: Invalid key name"]);
    let wide = file(sample!("wsl-conf-utf16le.conf"), Dialect::WslConf);
    assert_eq!(wide.content().unwrap().encoding, Encoding::Utf16);
    assert_eq!(wide.flag("boot.systemd"), None);
    // The same bytes are fine for Windows.
    let windows = file(sample!("wsl-conf-utf16le.conf"), Dialect::WslConfig);
    assert_eq!(windows.content().unwrap().syntax.entries[0].name, "boot.systemd");
}
