use std::path::Path;

use super::Inspector;
use crate::host::recorded::Recorded;
use crate::model::inspect::{Inspection, Verdict};

/// A machine with a glibc of 2.36 and these binaries, files and variables.
const MACHINE: &str = r#"
[machine]
distro = "Debian 12"
user = "kim"
home = "/home/kim"
folder = "/home/kim"
time = "2026-11-21T10:00:00Z"

[environment.all]
PATH = "/usr/bin:/bin"

[files]
"/etc/ld.so.conf" = "include /etc/ld.so.conf.d/*.conf\n"
"/etc/ld.so.conf.d/extra.conf" = "/opt/extra\n"

[binaries."/lib64/ld-linux-x86-64.so.2"]
[binaries."/usr/bin/env"]
[binaries."/lib/x86_64-linux-gnu/libc.so.6"]
glibc_provided = "2.36"

[[filesystems]]
mount = "/"
free_mib = 100
total_mib = 200
"#;

const GLIBC: &str = "interpreter = \"/lib64/ld-linux-x86-64.so.2\"\n";

fn inspect(more: &str) -> Inspection {
    let text = format!("# A machine\n\n```toml\n{MACHINE}\n{more}\n```\n");
    let machine = Recorded::parse(&text, Path::new("machine.md")).unwrap();
    Inspector::new(&machine).inspect("app")
}

fn app(fields: &str) -> String {
    format!("[binaries.\"~/app\"]\n{fields}\n")
}

fn resolved(inspection: &Inspection) -> Vec<&str> {
    inspection
        .libraries
        .iter()
        .map(|library| library.resolved.as_ref().map_or("-", |path| path.to_str().unwrap()))
        .collect()
}

fn told(inspection: &Inspection) -> (Verdict, &str, &str) {
    let judgement = &inspection.judgement;
    (
        judgement.verdict,
        judgement.reason.as_deref().unwrap_or_default(),
        judgement.advice.as_deref().unwrap_or_default(),
    )
}

#[test]
fn a_static_program_and_one_with_all_its_libraries_run() {
    assert_eq!(told(&inspect(&app("go = \"go1.26.6\""))), (Verdict::Runs, "", ""));
    let dynamic = inspect(&app(&format!("{GLIBC}needed = [\"libc.so.6\"]\nglibc_required = \"2.34\"")));
    assert_eq!(told(&dynamic), (Verdict::Runs, "", ""));
    assert_eq!(resolved(&dynamic), ["/lib/x86_64-linux-gnu/libc.so.6"]);
    assert_eq!(dynamic.glibc_here.as_deref(), Some("2.36"));
}

#[test]
fn another_platform_is_told_with_the_command_that_builds_for_this_one() {
    let foreign = inspect(&app("goarch = \"arm64\"\ngo = \"go1.26.6\""));
    assert_eq!(
        told(&foreign),
        (
            Verdict::DoesNotRun,
            "it is built for linux/arm64, and this is linux/amd64",
            "Build it for here: GOOS=linux GOARCH=amd64 go build."
        )
    );
    let (verdict, reason, _) = told(&foreign);
    assert_eq!(foreign.judgement.sentence(), format!("{}, because {reason}", verdict.title()));
    assert_eq!(told(&inspect(&app("goarch = \"386\""))).0, Verdict::Runs);
}

#[test]
fn a_loader_that_is_not_here_is_told_as_such() {
    let (verdict, reason, advice) = {
        let it = inspect(&app("interpreter = \"/lib/ld-musl-x86_64.so.1\"\ngo = \"go1.26.6\""));
        let (verdict, reason, advice) = told(&it);
        assert_eq!(it.interpreter.as_ref().and_then(|loader| loader.present), Some(false));
        (verdict, reason.to_owned(), advice.to_owned())
    };
    assert_eq!(verdict, Verdict::DoesNotRun);
    assert!(reason.starts_with("its loader /lib/ld-musl-x86_64.so.1 is not here"), "{reason}");
    assert!(advice.contains("musl") && advice.contains("CGO_ENABLED=0"), "{advice}");
}

#[test]
fn a_newer_glibc_is_told_with_both_versions() {
    let new = inspect(&app(&format!("{GLIBC}needed = [\"libc.so.6\"]\nglibc_required = \"2.38\"")));
    let (verdict, reason, _) = told(&new);
    assert_eq!(verdict, Verdict::DoesNotRun);
    assert_eq!(reason, "it asks libc.so.6 for GLIBC_2.38, and the one here ends at GLIBC_2.36");
}

#[test]
fn the_library_of_a_library_counts() {
    let chain =
        app(&format!("{GLIBC}needed = [\"liba.so\"]")) + "[binaries.\"/usr/lib/liba.so\"]\nneeded = [\"libb.so\"]\n";
    let without = inspect(&chain);
    assert_eq!(resolved(&without), ["/usr/lib/liba.so"]);
    assert_eq!(told(&without).1, "libb.so, which /usr/lib/liba.so needs, is nowhere that the loader looks");
    assert_eq!(told(&inspect(&format!("{chain}[binaries.\"/lib/libb.so\"]\n"))).0, Verdict::Runs);
}

#[test]
fn a_folder_that_the_cache_does_not_know_yet_is_told() {
    let program = app(&format!("{GLIBC}needed = [\"liba.so\"]")) + "[binaries.\"/opt/extra/liba.so\"]\n";
    let (verdict, reason, advice) = {
        let it = inspect(&program);
        let (verdict, reason, advice) = told(&it);
        (verdict, reason.to_owned(), advice.to_owned())
    };
    assert_eq!(verdict, Verdict::DoesNotRun);
    assert_eq!(reason, "liba.so is at /opt/extra/liba.so, but not in the loader's cache");
    assert!(advice.contains("ldconfig"), "{advice}");
}

#[test]
fn libraries_for_another_architecture_are_passed_over() {
    let program = app(&format!("{GLIBC}needed = [\"liba.so\"]"))
        + "[binaries.\"/lib/x86_64-linux-gnu/liba.so\"]\ngoarch = \"arm64\"\n";
    assert!(told(&inspect(&program)).1.contains("is for another architecture"));
    let found = inspect(&format!("{program}[binaries.\"/usr/lib/liba.so\"]\n"));
    assert_eq!(resolved(&found), ["/usr/lib/liba.so"]);
}

#[test]
fn run_paths_come_in_the_loaders_order() {
    let program = app(&format!("{GLIBC}needed = [\"liba.so\"]\nrun_path = [\"$ORIGIN/lib\"]"))
        + "[binaries.\"~/lib/liba.so\"]\n[binaries.\"/usr/lib/liba.so\"]\n[binaries.\"/data/liba.so\"]\n";
    assert_eq!(resolved(&inspect(&program)), ["/home/kim/lib/liba.so"]);
    // LD_LIBRARY_PATH goes before a RUNPATH.
    let with = format!("{program}[environment.session]\nLD_LIBRARY_PATH = \"/data\"\n");
    assert_eq!(resolved(&inspect(&with)), ["/data/liba.so"]);
}

#[test]
fn musl_is_its_own_c_library_and_does_not_count_versions() {
    let program = app("interpreter = \"/lib/ld-musl-x86_64.so.1\"\nneeded = [\"libc.so.6\", \"liba.so\"]\n\
        glibc_required = \"2.38\"")
        + "[binaries.\"/lib/ld-musl-x86_64.so.1\"]\n[binaries.\"/usr/local/lib/liba.so\"]\n";
    let found = inspect(&program);
    assert_eq!(resolved(&found), ["/lib/ld-musl-x86_64.so.1", "/usr/local/lib/liba.so"]);
    assert_eq!(told(&found).0, Verdict::Runs);
}

#[test]
fn what_may_not_be_executed_does_not_run() {
    let closed = inspect(&format!("{}[files.\"~/app\"]\nmode = \"0644\"\n", app("")));
    assert_eq!(
        told(&closed),
        (Verdict::DoesNotRun, "this user may not execute it (its mode is 0644)", "chmod +x FILE.")
    );
}

#[test]
fn what_cannot_be_read_is_unknown() {
    let denied = inspect(&format!("{}[missing]\n\"~/app\" = \"denied: permission denied\"\n", app("")));
    assert_eq!(told(&denied).0, Verdict::Unknown);
    let damaged =
        inspect(&format!("{}[missing]\n\"~/app\" = \"damaged: /home/kim/app is damaged: its end\"\n", app("")));
    assert_eq!(told(&damaged).0, Verdict::Damaged);
}

#[test]
fn a_program_that_asks_for_too_much_is_unknown() {
    let many = |name: &str| (0..300).map(|n| format!("\"{name}{n}\"")).collect::<Vec<_>>().join(", ");
    let fields = format!("{GLIBC}needed = [{}]\nrun_path = [{}]", many("lib"), many("/opt/"));
    let greedy = inspect(&app(&fields));
    assert_eq!(told(&greedy).0, Verdict::Unknown);
    assert!(told(&greedy).1.contains("more libraries and folders"), "{:?}", greedy.judgement);
}

#[test]
fn a_loader_that_is_no_program_is_told() {
    let program = app("interpreter = \"/opt\"") + "[files.\"/opt\"]\nkind = \"folder\"\n";
    assert_eq!(told(&inspect(&program)).1, "/opt, which is to start it, is no program that this user may execute");
}
