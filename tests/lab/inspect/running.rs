//! What happens when a file is started.

use std::io::ErrorKind;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::{Comparison, path, text, whole_of};

/// Starts every file and compares: it runs when it ends with 0.
pub fn compare(files: &[Value], variables: &[(&str, &str)]) -> Comparison {
    let mut comparison = Comparison::with("starting it");
    for file in files.iter().filter(|file| file["verdict"] != "not-a-program") {
        let mut command = Command::new(path(file));
        command.env_remove("LD_LIBRARY_PATH").envs(variables.iter().copied());
        comparison.of(file, "runs", (file["verdict"] == "runs").into(), outcome(&mut command));
    }
    comparison
}

/// Has the kernel and the loader start programs of the system, which the
/// loader ends before their own first instruction.
pub fn compare_loading(files: &[Value], own: &Value) -> Comparison {
    let mut comparison = Comparison::with("starting it for the loader alone");
    let loader = &own["interpreter"]["path"];
    let is_own = |file: &&Value| {
        let mode = u32::from_str_radix(text(file, "/mode"), 8).unwrap_or(0);
        // For programs with rights of their own the loader heeds no variables.
        let has_rights = mode & 0o6000 != 0 || has_capabilities(path(file));
        file["kind"] == "program" && file["interpreter"]["path"] == *loader && mode & 0o111 == 0o111 && !has_rights
    };
    for file in whole_of(files, "elf").filter(is_own) {
        let mut command = Command::new(path(file));
        command.env("LD_TRACE_LOADED_OBJECTS", "1").env_remove("LD_LIBRARY_PATH");
        comparison.of(file, "runs", (file["verdict"] == "runs").into(), outcome(&mut command));
    }
    comparison
}

fn has_capabilities(file: &str) -> bool {
    let mut value = [0_u8; 64];
    rustix::fs::getxattr(file, "security.capability", &mut value).is_ok()
}

/// True when it ends well, or else why not.
fn outcome(command: &mut Command) -> Value {
    command.env("LC_ALL", "C").stdin(Stdio::null());
    match output(command) {
        Err(_) => false.into(),
        Ok(output) => {
            let lacks =
                [&output.stdout, &output.stderr].iter().any(|said| said.windows(9).any(|it| it == b"not found"));
            (output.status.success() && !lacks).into()
        }
    }
}

/// A file that was just written may still be open in a child of another test
/// that has not become its program yet.
fn output(command: &mut Command) -> std::io::Result<Output> {
    loop {
        match command.output() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            other => return other,
        }
    }
}
