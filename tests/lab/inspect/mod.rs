//! `gomedic inspect` beside the tools that know: readelf, file, go version,
//! the loader, and the kernel.

pub mod damage;
pub mod file_tool;
pub mod go_version;
pub mod known;
pub mod loader;
pub mod made;

pub mod readelf;
pub mod running;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What gomedic and another tool say differently of a file.
pub struct Difference {
    /// Who else was asked: `readelf`.
    pub tool: &'static str,
    /// What of: `interpreter`.
    pub fact: &'static str,
    /// The file.
    pub path: String,
    /// What gomedic says.
    pub ours: Value,
    /// What the other says.
    pub theirs: Value,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Difference { tool, fact, path, ours, theirs } = self;
        write!(f, "{path}: {fact} is {ours} for gomedic and {theirs} for {tool}")
    }
}

/// What one tool and gomedic say of some files.
pub struct Comparison {
    pub tool: &'static str,
    /// How often they were compared.
    pub made: usize,
    /// Where they differ.
    pub differences: Vec<Difference>,
}

impl Comparison {
    pub fn with(tool: &'static str) -> Self {
        Comparison { tool, made: 0, differences: Vec::new() }
    }

    /// Compares what stands at a place of a file's JSON.
    pub fn at(&mut self, file: &Value, fact: &'static str, place: &str, theirs: impl Into<Value>) {
        self.of(file, fact, file.pointer(place).cloned().unwrap_or_default(), theirs.into());
    }

    /// Compares two answers.
    pub fn of(&mut self, file: &Value, fact: &'static str, ours: Value, theirs: Value) {
        self.made += 1;
        if ours != theirs {
            self.differences.push(Difference { tool: self.tool, fact, path: path(file).to_owned(), ours, theirs });
        }
    }
}

/// The path of a file.
pub fn path(file: &Value) -> &str {
    text(file, "/path")
}

/// A text at a place of a file's JSON; empty where there is none.
pub fn text<'a>(file: &'a Value, place: &str) -> &'a str {
    file.pointer(place).and_then(Value::as_str).unwrap_or_default()
}

/// What gomedic says of these files, and of those in folders.
pub fn inspect(paths: &[&Path], variables: &[(&str, &str)]) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gomedic"));
    command.args(["inspect", "--recursive", "--format", "json"]).args(paths);
    command.env_remove("LD_LIBRARY_PATH").envs(variables.iter().copied());
    let output = command.output().expect("gomedic can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut whole: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    match whole["files"].take() {
        Value::Array(files) => files,
        other => panic!("no files but {other}"),
    }
}

/// Those of a format that are not damaged.
pub fn whole_of<'a>(files: &'a [Value], format: &'a str) -> impl Iterator<Item = &'a Value> {
    files.iter().filter(move |file| file["format"] == format && file["verdict"] != "damaged")
}

/// What a program prints on stdout, in the C locale.
pub fn printed(command: &mut Command) -> String {
    let output = command.env("LC_ALL", "C").output().expect("it can be started");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What stands between the first of one text and the next of another, or the
/// end.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end).map_or(rest, |(found, _)| found))
}
