//! `safe.directory`: whether git was told to use a folder of another user.

use std::path::{Path, PathBuf};

use crate::model::Missing;
use crate::probes::modules::GitView;

/// Whether git was told to use a folder of another user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// `safe.directory` names it.
    Told,
    /// Nothing names it.
    Untold,
}

impl Trust {
    /// Whether the settings of a view let git use the folder. Those of the
    /// repository itself and those behind a condition do not count.
    ///
    /// # Errors
    /// Why a file that could name it could not be read.
    pub(super) fn of(view: &GitView, folder: &Path) -> Result<Trust, Missing> {
        let values = view.before_opening().filter(|entry| entry.is("safe", "directory") && entry.subsection.is_none());
        let trust = values.filter_map(|entry| entry.value.as_deref()).fold(Trust::Untold, |trust, value| match value {
            // It forgets all before it.
            "" => Trust::Untold,
            value if names(value, view.home.as_deref(), folder) => Trust::Told,
            _ => trust,
        });
        match (trust, &view.own_problem) {
            (Trust::Untold, Some(missing)) => Err(missing.clone()),
            (trust, _) => Ok(trust),
        }
    }
}

/// True when a value of `safe.directory` is meant for the folder.
fn names(value: &str, home: Option<&Path>, folder: &Path) -> bool {
    // A folder below a prefix of git's own could be any.
    if value == "*" || value == "." || value.starts_with("%(") {
        return true;
    }
    let path = match (value.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(value),
    };
    match value.ends_with("/*") {
        true => path.parent().is_some_and(|above| folder.starts_with(above)),
        false => path == folder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::recorded::Recorded;
    use crate::model::Context;
    use crate::probes::Probing;
    use crate::probes::modules::GitConfig;

    /// What a user's file with this text says of `/home/kim/shop`.
    fn trust(text: &str) -> Result<Trust, Missing> {
        let machine = format!(
            "```toml\n[machine]\nuser = \"kim\"\nhome = \"/home/kim\"\nfolder = \"/home/kim/shop\"\n\n[environment.all]\nHOME = \"/home/kim\"\n\n[files]\n\"~/.gitconfig\" = {}\n\"~/more.inc\" = \"[safe]\\n\\tdirectory = /home/kim/shop\\n\"\n\"~/shop/.git/config\" = \"[safe]\\n\\tdirectory = *\\n\"\n```\n",
            serde_json::Value::from(text)
        );
        let machine = Recorded::parse(&machine, Path::new("machine.md")).expect("the machine is right");
        let config = Probing::new(std::sync::Arc::new(machine)).get::<GitConfig>().expect("it can be read");
        Trust::of(config.of(Context::Session).expect("the session is known"), Path::new("/home/kim/shop"))
    }

    #[test]
    fn folders_are_named_in_many_ways() {
        for value in
            ["*", "/home/kim/shop", "\"/home/kim/shop/\" # mine", "~/shop", "/home/kim/*", "/home/*", "%(prefix)/x"]
        {
            let text = format!("[user]\nname = K\n[Safe]\r\n\tDirectory = {value}\r\n");
            assert_eq!(trust(&text).ok(), Some(Trust::Told), "{value}");
        }
        let included = "[include]\n\tpath = more.inc\n";
        assert_eq!(trust(included).ok(), Some(Trust::Told));
    }

    #[test]
    fn what_names_nothing_here_does_not_count() {
        for text in [
            "",
            "[safe]\ndirectory=/x\n",
            "[safe]\ndirectory=/home/kim/shop/*/x\n",
            "[safe \"x\"]\ndirectory=*\n",
            "[safe]\ndirectory\n",
            "[other]\ndirectory=*\n",
            "[safe]\ndirectory=*\ndirectory=\n",
            "[includeIf \"gitdir:~/\"]\n\tpath = more.inc\n",
        ] {
            assert_eq!(trust(text).ok(), Some(Trust::Untold), "{text}");
        }
    }

    #[test]
    fn a_file_that_git_cannot_read_leaves_it_open() {
        assert!(trust("[safe").is_err());
        assert_eq!(trust("[safe]\ndirectory = *\n[broken").ok(), Some(Trust::Told));
    }
}
