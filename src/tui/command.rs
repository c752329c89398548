//! Commands for people, to be read and copied.

use crate::model::{Fix, Privilege, Step};

/// The argv as one line that a shell reads as exactly these words.
pub(super) fn argv_line(argv: &[String]) -> String {
    argv.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// What the user would type for this fix of this check: the command of a
/// manual one, the programs of one that only runs programs, else gomedic
/// itself.
pub(super) fn of_fix(check: &str, fix: &Fix) -> String {
    let lines: Option<Vec<String>> = fix
        .steps
        .iter()
        .map(|step| match step {
            Step::Run { argv, privilege: Privilege::Root, .. } => Some(format!("sudo {}", argv_line(argv))),
            Step::Run { argv, .. } => Some(argv_line(argv)),
            Step::Manual { command, .. } => command.clone(),
            _ => None,
        })
        .collect();
    match lines {
        Some(lines) if !lines.is_empty() => lines.join("\n"),
        _ => format!("gomedic fix {check}"),
    }
}

fn quoted(word: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(safe) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, Inverse};

    #[test]
    fn words_are_quoted_only_where_a_shell_needs_it() {
        let argv = ["chown", "-R", "me:me", "/home/me/my cache", "it's"].map(str::to_owned);
        assert_eq!(argv_line(&argv), r"chown -R me:me '/home/me/my cache' 'it'\''s'");
    }

    #[test]
    fn the_command_of_a_fix() {
        let run = |argv: &[&str]| Step::Run {
            argv: argv.iter().map(|word| (*word).to_owned()).collect(),
            privilege: Privilege::Root,
            inverse: Inverse::CannotBeUndone("no".into()),
        };
        let programs =
            Fix::new("", Class::Root, vec![run(&["apt-get", "update"]), run(&["apt-get", "install", "git"])]);
        assert_eq!(of_fix("git-missing", &programs), "sudo apt-get update\nsudo apt-get install git");
        let by_hand = Fix::manual("", "text", Some("wsl --shutdown".into()));
        assert_eq!(of_fix("x", &by_hand), "wsl --shutdown");
        let without_command = Fix::manual("", "text", None);
        assert_eq!(of_fix("x", &without_command), "gomedic fix x");
    }
}
