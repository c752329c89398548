//! Commenting out in shell scripts, with a real shell as the judge: what is
//! left must be a script, and do all that the commented-out lines did not.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use gomedic::fix::{Act, plan};
use gomedic::model::Edit;
use proptest::prelude::*;

use crate::sandbox::{Sandbox, edit, fix};

/// Statements of one and of several lines. Each `@` becomes a number of its
/// own, which the statement prints when it is run.
fn simple() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("echo @"),
        Just("export A=1; echo @"),
        Just("test -d / && echo @"),
        Just("echo @ # it's fine"),
        Just("echo \"@ $(printf '%s' \")\")\""),
        Just("echo \\\n  @"),
        Just("true &&\n\n# why\n  echo @"),
        Just("echo 'a\n@\nb'"),
        Just("cat <<E\n@ it's\nE"),
        Just("cat <<-'E' && echo @\n\t@ $(\n\tE"),
        Just("echo ${A:-\"}\"} @"),
        Just("x=$(echo @\n) && echo $x"),
        Just("(echo @\necho @)"),
        Just("if true; then echo @; fi"),
        Just("case a in a) echo @ ;; *) : ;; esac"),
        Just("f() { echo @; }; f"),
        Just("echo `echo @` >&2 2>&1 | cat"),
    ]
    .prop_map(str::to_owned)
}

fn comment() -> impl Strategy<Value = String> {
    prop_oneof![Just(""), Just("# don't { (")].prop_map(str::to_owned)
}

/// A script as nested blocks.
fn script() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![4 => simple(), 1 => comment()];
    let statement = leaf.prop_recursive(3, 24, 4, |inner| {
        let body = prop::collection::vec(inner, 1..4).prop_map(|lines| format!("{}\n  :", lines.join("\n")));
        let sole = simple().boxed();
        prop_oneof![
            (body.clone(), body.clone()).prop_map(|(a, b)| format!("if true; then\n{a}\nelse\n{b}\nfi")),
            sole.clone().prop_map(|a| format!("if true\nthen\n  {a}\nfi")),
            sole.clone().prop_map(|a| format!("if false; then :\nelif true; then\n# here\n{a}\n\nfi")),
            body.clone().prop_map(|a| format!("for i in 1; do\n{a}\ndone")),
            sole.clone().prop_map(|a| format!("for i in 1\ndo\n{a}\ndone")),
            sole.prop_map(|a| format!("g() {{\n{a}\n}}; g")),
            body.clone().prop_map(|a| format!("case a in\nb) : ;;\na)\n{a}\n;;\nesac")),
            body.prop_map(|a| format!("{{\n{a}\n}} && true")),
        ]
    });
    prop::collection::vec(statement, 1..5).prop_map(|statements| number(&statements.join("\n")))
}

/// Replaces each `@` by a number that stands nowhere else.
fn number(script: &str) -> String {
    let mut next = 100;
    let mut out = String::new();
    for c in script.chars() {
        if c == '@' {
            next += 1;
            out.push_str(&next.to_string());
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

/// The numbers in a text.
fn numbers(text: &str) -> BTreeSet<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).filter(|n| *n > 100).collect()
}

/// What a script prints; None when the shell does not take it.
fn run(folder: &Path, script: &str) -> Option<BTreeSet<u32>> {
    let path = folder.join("script");
    std::fs::write(&path, script).expect("a file can be written");
    let check = Command::new("/bin/sh").arg("-n").arg(&path).output().expect("there is a shell");
    if !check.status.success() {
        return None;
    }
    let output = Command::new("/bin/sh").arg(&path).output().expect("there is a shell");
    let mut printed = numbers(&String::from_utf8_lossy(&output.stdout));
    printed.extend(numbers(&String::from_utf8_lossy(&output.stderr)));
    Some(printed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn commenting_out_a_line_takes_away_what_it_did_and_no_more(script in script()) {
        let sandbox = Sandbox::new();
        let path = sandbox.write(".profile", &script);
        let before = run(sandbox.root(), &script).expect("the script is proper");
        for (at, line) in script.lines().enumerate() {
            let change = Edit::CommentOut { line: at + 1, was: line.to_owned(), reason: "why".into() };
            let planned = plan(&sandbox.host(), &fix([edit(path.clone(), change)]));
            let [Act::Change(change)] = planned.acts() else { continue };
            let after = change.after.content().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let after = after.expect("an edited file has content");
            let printed = run(sandbox.root(), &after);
            let lines: Vec<&str> = script.lines().collect();
            let commented: String = after
                .lines()
                .zip(&lines)
                .filter(|(new, old)| new != *old)
                .map(|(_, old)| format!("{old}\n"))
                .collect();
            let gone = numbers(&commented);
            let expected: BTreeSet<u32> = before.difference(&gone).copied().collect();
            prop_assert_eq!(printed, Some(expected), "line {} of\n{}\nbecame\n{}", at + 1, script, after);
        }
    }
}
