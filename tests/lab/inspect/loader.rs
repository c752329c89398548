//! What the loader of this system finds: it lists and does not start.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::{Comparison, path, text, whole_of};

/// Compares what the loader lists for files of this system's own kind, with
/// these variables.
pub fn compare(files: &[Value], own: &Value, variables: &[(&str, &str)]) -> Comparison {
    let mut comparison = Comparison::with("the loader");
    let loader = text(own, "/interpreter/path");
    let is_own = |file: &&Value| {
        let names = text(file, "/interpreter/path");
        file["arch"] == own["arch"]
            && file["bits"] == own["bits"]
            && file["linking"] == "dynamic"
            && (names.is_empty() || names == loader)
    };
    for file in whole_of(files, "elf").filter(is_own) {
        let mut command = Command::new(loader);
        command.arg(path(file)).env("LD_TRACE_LOADED_OBJECTS", "1").env("LC_ALL", "C");
        command.env_remove("LD_LIBRARY_PATH").envs(variables.iter().copied());
        let output = command.output().expect("the loader can be started");
        let listed = listed(&String::from_utf8_lossy(&output.stdout));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let error = said.trim().rsplit(": ").next().unwrap_or_default();
        if listed.is_empty() && !output.status.success() {
            let ours = file["needed"].as_array().is_some_and(|needed| !needed.is_empty());
            comparison.of(file, "loadable", ours.into(), error.into());
            continue;
        }
        for needed in file["needed"].as_array().into_iter().flatten() {
            let name = text(needed, "/name");
            // The loader does not say where it is itself, and names what it
            // filled in.
            if loader.ends_with(name) || name.contains('$') {
                continue;
            }
            let theirs = listed.get(name).cloned().unwrap_or_else(|| Value::from("not listed"));
            comparison.of(file, "where a library is", needed["resolved"].clone(), theirs);
        }
        let mut lacking: Vec<&str> =
            file["lacking"].as_array().into_iter().flatten().map(|it| text(it, "/name")).collect();
        lacking.sort_unstable();
        let theirs: Vec<&String> = listed.iter().filter(|(_, path)| path.is_null()).map(|(name, _)| name).collect();
        comparison.of(file, "lacking libraries", lacking.into(), theirs.into_iter().cloned().collect());
    }
    comparison
}

/// `name => path (address)`, `name => not found`, or a path alone.
fn listed(said: &str) -> BTreeMap<String, Value> {
    let mut listed = BTreeMap::new();
    for line in said.lines().filter_map(|line| line.strip_prefix('\t')) {
        let line = line.rsplit_once(" (0x").map_or(line, |(line, _)| line);
        match line.split_once(" => ") {
            Some((name, "not found")) => listed.insert(name.to_owned(), Value::Null),
            Some((name, path)) => listed.insert(name.to_owned(), path.into()),
            None => listed.insert(line.to_owned(), line.into()),
        };
    }
    listed
}
