//! Any bytes at all.

use gomedic::fix::Applied;
use gomedic::model::{Edit, Step};
use proptest::prelude::*;

use crate::sandbox::{Sandbox, edit, fix};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a file holds: an edit is refused and changes nothing, or it
    /// can be made twice and undone.
    #[test]
    fn an_edit_of_any_bytes_can_be_undone(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'\r'), Just(b'a')], 0..200),
        line in 0_usize..6,
        kind in 0..3,
        name in prop_oneof![Just("env"), Just(".bashrc"), Just("config.fish"), Just("settings.json")],
    ) {
        let sandbox = Sandbox::new();
        let path = sandbox.write(name, &bytes);
        let before = sandbox.tree();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let was = text.split('\n').nth(line).unwrap_or("nowhere").to_owned();
        let change = match kind {
            0 => Edit::CommentOut { line: line + 1, was, reason: "why".into() },
            1 => Edit::ReplaceLine { line: line + 1, was, with: "new".into() },
            _ => Edit::Append { lines: vec!["one".into(), "two".into()] },
        };
        let fix = fix([edit(path, change)]);
        match sandbox.apply(&fix) {
            Ok(Applied::Done(id)) => {
                let after = sandbox.tree();
                prop_assert_eq!(sandbox.apply(&fix).expect("it can be applied again"), Applied::NothingToDo);
                prop_assert_eq!(sandbox.tree(), after);
                sandbox.undo(id).expect("it can be undone");
            }
            Ok(Applied::NothingToDo | Applied::Unrecorded) | Err(_) => {}
        }
        prop_assert_eq!(sandbox.tree(), before);
    }

    /// Only the lines of that setting change.
    #[test]
    fn settings_leave_other_lines_alone(
        lines in proptest::collection::vec("(GOOS=[a-z]{0,3}|GOARCH=x|#c|GOOSX=1|)(\r)?", 0..8),
        ended in any::<bool>(),
        unset in any::<bool>(),
    ) {
        let sandbox = Sandbox::new();
        let mut text = lines.join("\n");
        if ended {
            text.push('\n');
        }
        let file = sandbox.write("env", &text);
        let before = sandbox.tree();
        let name = "GOOS".to_owned();
        let step = match unset {
            true => Step::UnsetGo { file, name },
            false => Step::SetGo { file, name, value: "linux".into() },
        };
        if let Applied::Done(id) = sandbox.apply(&fix([step])).expect("a GOENV file is a text file") {
            let after = std::fs::read_to_string(sandbox.path("env")).expect("it is there");
            let others = |text: &str| -> Vec<String> {
                let lines = text.split_terminator('\n').filter(|line| !line.starts_with("GOOS="));
                lines.map(str::to_owned).collect()
            };
            prop_assert_eq!(others(&after), others(&text));
            let set: Vec<&str> = after.lines().filter(|line| line.starts_with("GOOS=")).collect();
            prop_assert_eq!(set, if unset { vec![] } else { vec!["GOOS=linux"] });
            sandbox.undo(id).expect("it can be undone");
        }
        prop_assert_eq!(sandbox.tree(), before);
    }
}
