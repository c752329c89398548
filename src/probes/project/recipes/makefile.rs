//! Makefiles: the calls of Go in the recipes of their rules.

use super::variables::{Variables, assignment};
use super::{Build, BuildCompiler, BuildFlags, BuildPlatform, RecipeFile, Told};
use crate::probes::project::script::{Command, GoCall, Text, WholeLine, commands, whole_lines};

/// The names that make looks for, in its order.
pub(super) const NAMES: [&str; 3] = ["GNUmakefile", "makefile", "Makefile"];

/// One line of a recipe, which a shell of its own runs.
struct Line {
    rule: String,
    text: Text,
}

/// The builds of a Makefile.
pub(super) fn builds(file: &RecipeFile<'_>) -> Vec<Build> {
    let (variables, lines, is_open) = read(file.text);
    let mut found = Vec::new();
    for line in lines {
        let commands = commands(&line.text);
        let moves = commands.iter().any(|command| command.words.first().is_some_and(|word| word == "cd"));
        let is_build = |call: &GoCall| call.verb == "build" || call.verb == "install" && call.reads_module();
        let exported: Vec<(String, String)> =
            variables.exported().map(|(name, _, value)| (name.to_owned(), value)).collect();
        let calls = commands.iter().filter_map(|command: &Command| GoCall::of(command, &exported)).filter(is_build);
        found.extend(calls.map(|call| build(file, &variables, &line.rule, &call, moves, is_open)));
    }
    found
}

fn build(file: &RecipeFile<'_>, variables: &Variables, rule: &str, call: &GoCall, moves: bool, is_open: bool) -> Build {
    let machine = file.host.machine();
    let place = file.evidence(call.line);
    let set = |name: &str| {
        let value = call.variable(name)?;
        let exported = variables.exported().find(|(known, _, own)| *known == name && own == value);
        let place = exported.map_or(place.clone(), |(_, line, _)| file.evidence(line));
        is_told(value).then(|| Told { value: value.to_owned(), place })
    };
    let platform = |name: &str, own: &str| match call.variable(name) {
        None | Some("") => Some(own.to_owned()),
        Some(value) => is_told(value).then(|| value.to_owned()),
    };
    let is_chosen = is_open || call.variable("CC").is_some();
    let compiler = if is_chosen { BuildCompiler::Chosen } else { BuildCompiler::Default };
    let platforms = platform("GOOS", machine.goos()).zip(platform("GOARCH", machine.goarch()));
    let flag = |name: &str| call.flag(name).unwrap_or_default();
    Build {
        file: file.name.clone(),
        name: rule.to_owned(),
        folder: if moves { None } else { call.package().and_then(|package| file.folder(".", package)) },
        platforms: platforms.map(|(goos, goarch)| BuildPlatform { goos, goarch, compiler }).into_iter().collect(),
        cgo: set("CGO_ENABLED"),
        flags: BuildFlags::new(flag("ldflags"), flag("tags"), flag("buildmode")),
        place,
    }
}

fn is_told(value: &str) -> bool {
    !value.is_empty() && !value.contains(['$', '`', '('])
}

/// The variables and the lines of recipes. The last part is true when what
/// is not read here may set more variables.
fn read(text: &str) -> (Variables, Vec<Line>, bool) {
    let mut variables = Variables::default();
    let mut recipes: Vec<(String, WholeLine<'_>)> = Vec::new();
    let mut rule: Option<String> = None;
    let mut is_open = false;
    for line in whole_lines(text) {
        if let (true, Some(rule)) = (line.first().starts_with('\t'), &rule) {
            recipes.push((rule.clone(), line));
            continue;
        }
        let code = line.joined();
        if code.is_empty() || code.starts_with('#') {
            continue;
        }
        is_open |= OPEN.iter().any(|word| code.starts_with(word));
        if variables.read(line.number(), &code) {
            rule = None;
        } else if let Some((targets, rest)) = code.split_once(':') {
            // `target: NAME = value` sets a variable for that target alone.
            let set = rest.trim().trim_start_matches("export ").trim();
            is_open |= assignment(set).is_some();
            rule = targets.split_whitespace().next().map(str::to_owned);
        }
    }
    let expand = |piece: &str| variables.expand(piece);
    let lines = recipes.into_iter().map(|(rule, line)| Line { rule, text: line.script(expand) }).collect();
    (variables, lines, is_open)
}

/// Lines that may set variables in ways that are not read here.
const OPEN: [&str; 4] = ["include ", "-include ", "sinclude ", ".EXPORT_ALL_VARIABLES"];

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(text: &str) -> Vec<(String, Vec<String>)> {
        let (_, lines, _) = read(text);
        let words = |line: &Line| {
            let commands = commands(&line.text);
            commands.iter().map(|command| format!("{} {}", command.line, command.words.join(" "))).collect()
        };
        lines.iter().map(|line| (line.rule.clone(), words(line))).collect()
    }

    #[test]
    fn recipes_belong_to_their_rules() {
        let text = "GO := go\nall: a b\n\na: x.go \\\n   y.go\n\t@$(GO) build \\\n\t  -o a . && echo $$x\n\nifdef X\n\t-go vet\nendif\nb:\n\tcd b; go build\nC = 1\n\tnot a recipe\n";
        assert_eq!(
            calls(text),
            [
                ("a".to_owned(), vec!["6 go build -o a .".to_owned(), "7 echo $x".to_owned()]),
                ("a".to_owned(), vec!["10 go vet".to_owned()]),
                ("b".to_owned(), vec!["13 cd b".to_owned(), "13 go build".to_owned()]),
            ]
        );
    }

    #[test]
    fn settings_of_a_target_are_told_of() {
        assert!(read("a: CC = x\n").2 && read("include a.mk\n").2 && read("a: export GOOS=linux\n").2);
        assert!(!read("a: b\nCC := x\n.PHONY: a\n").2);
        assert!(read("\t\u{0}\u{fffd}\\\n:\n\\\n=\n: =\n").1.is_empty());
    }
}
