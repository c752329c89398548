//! The lab: machines that are broken for real, with real tools.
//!
//! Each case breaks a machine in a private folder, proves the fault with a
//! real command that fails, runs gomedic, applies the fix, proves that the
//! same command now works, takes the fix back, and compares every byte.
//!
//! A case whose tools are missing is counted as ignored and says which one it
//! misses. With `GOMEDIC_LAB=required` a missing tool fails; but root's rights
//! are required of root alone. The Go toolchains are looked for in `$GOMEDIC_LAB_GO/<version>/go`, or else in
//! `target/lab/go/<version>/go`.

#![allow(unreachable_pub, reason = "a test binary has no public")]

mod archive;
mod authority;
mod cases;
mod git;
mod gopls;
mod inspect;
mod loopback;
mod machine;
mod managers;
mod modproxy;
mod namespaces;
mod overlay;
mod own_system;
mod package;
mod proof;
#[path = "../support/screen/pty.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod pty;
mod servers;
mod ssh;
mod sumdb;
mod system;
mod tls;
mod tools;
mod tree;
mod wsl;
mod zip;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::tools::Tool;

/// One machine to break.
pub struct Case {
    /// The check's id, and what is special.
    pub name: &'static str,
    /// What it takes.
    pub needs: &'static [Tool],
    /// Breaks, proves, fixes. Panics where something is not as it should be.
    pub run: fn(),
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let required = std::env::var_os("GOMEDIC_LAB").is_some_and(|value| value == "required");
    let trials = cases::all().into_iter().map(|case| trial(&case, required)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(case: &Case, required: bool) -> Trial {
    let missing: Vec<String> = case.needs.iter().filter_map(|tool| tool.missing()).collect();
    let required = required && case.needs.iter().any(|tool| tool.can_be_had() && tool.missing().is_some());
    let run = case.run;
    if missing.is_empty() {
        return Trial::test(case.name, move || {
            run();
            Ok(())
        });
    }
    let reason = format!("missing: {}", missing.join(", "));
    if required {
        return Trial::test(case.name, move || Err(Failed::from(reason)));
    }
    Trial::test(format!("{} ({reason})", case.name), || Ok(())).with_ignored_flag(true)
}
