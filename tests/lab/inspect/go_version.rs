//! What `go version -m` says.

use std::collections::HashMap;
use std::process::Command;

use serde_json::{Map, Value, json};

use super::{Comparison, path, printed};
use crate::tools::go_root;

const BATCH: usize = 200;

/// Compares with what this Go says.
pub fn compare(files: &[Value], go: &str) -> Comparison {
    let mut comparison = Comparison::with("go version -m");
    let is_binary = |file: &&Value| file["format"] != "script" && file["verdict"] != "damaged";
    for batch in files.iter().filter(is_binary).collect::<Vec<_>>().chunks(BATCH) {
        let mut command = Command::new(go_root(go).join("bin/go"));
        command.args(["version", "-m"]).args(batch.iter().map(|file| path(file)));
        let said = printed(command.env("GOTOOLCHAIN", "local").env("GOFLAGS", "").env("GOENV", "off"));
        let told = parse(&said);
        for file in batch {
            let mut ours = file["go"].clone();
            if let Value::Object(fields) = &mut ours {
                fields.remove("cgo");
            }
            let theirs = told.get(path(file)).cloned().unwrap_or_default();
            comparison.of(file, "build info", ours, theirs);
        }
    }
    comparison
}

/// `FILE: VERSION`, then the fields, each behind a tab.
fn parse(said: &str) -> HashMap<String, Value> {
    let mut all: HashMap<String, Value> = HashMap::new();
    let mut current = String::new();
    for line in said.lines() {
        let Some(field) = line.strip_prefix('\t') else {
            let (name, version) = line.rsplit_once(": ").unwrap_or((line, ""));
            current = name.to_owned();
            let nothing = json!({
                "version": version, "package": "", "module": "", "module_version": "", "settings": Map::new(),
            });
            all.insert(current.clone(), nothing);
            continue;
        };
        let Some(info) = all.get_mut(&current) else { continue };
        let words: Vec<&str> = field.split('\t').collect();
        match words.as_slice() {
            ["path", path] => info["package"] = (*path).into(),
            ["mod", module, version, ..] => {
                (info["module"], info["module_version"]) = ((*module).into(), (*version).into());
            }
            ["build", setting] => {
                let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
                info["settings"][name.trim_matches('"')] = unquoted(value).into();
            }
            _ => {}
        }
    }
    all
}

/// What has blanks or quotes is printed quoted.
fn unquoted(value: &str) -> String {
    if value.starts_with('"') {
        return serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
    }
    value.trim_matches('`').to_owned()
}
