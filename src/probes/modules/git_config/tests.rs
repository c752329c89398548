use std::path::Path;
use std::sync::Arc;

use super::{GitConfig, Reach};
use crate::host::recorded::Recorded;
use crate::model::Context;
use crate::probes::Probing;

const MACHINE: &str = r#"
```toml
[machine]
user = "kim"
home = "/home/kim"
folder = "/home/kim/work/shop/cmd"

[environment.all]
HOME = "/home/kim"
PATH = "/opt/git/bin:/usr/bin"
GIT_CONFIG_COUNT = "2"
GIT_CONFIG_KEY_0 = "URL.https://x/.InsteadOf"
GIT_CONFIG_VALUE_0 = "https://y/"
GIT_CONFIG_KEY_1 = "http.proxy"

[environment.login]
GIT_CONFIG_GLOBAL = "/dev/null"

[files]
"/opt/git/bin/git" = { text = "", mode = "0755" }
"/opt/git/etc/gitconfig" = "[http]\n\tproxy = http://system:1\n"
"/etc/gitconfig" = "[http]\n\tproxy = http://other:1\n"
"~/.config/git/config" = "[user]\n\tname = Kim\n[http]\n\tproxy = http://xdg:1\n"
"~/.gitconfig" = "[include]\n\tpath = work/git.inc\n[includeIf \"gitdir:~/work/\"]\n\tpath = ~/work.inc\n[include]\n\tpath = .gitconfig\n"
"~/work/git.inc" = "[http]\n\tproxy = http://included:1\n"
"~/work.inc" = "[url \"git@git.corp.example:\"]\n\tinsteadOf = https://git.corp.example/\n"
"~/work/shop/.git" = "gitdir: ../.git/worktrees/shop\n"
"~/work/.git/worktrees/shop/commondir" = "../..\n"
"~/work/.git/config" = "[remote \"origin\"]\n\turl = git@git.corp.example:team/shop.git\n"
```
"#;

fn config() -> Arc<GitConfig> {
    let machine = Recorded::parse(MACHINE, Path::new("machine.md")).expect("the machine is right");
    Probing::new(Arc::new(machine)).get().expect("it can be read")
}

#[test]
fn files_are_read_in_gits_order_with_their_lines() {
    let config = config();
    let view = config.of(Context::Session).expect("the session is known");
    let proxies: Vec<String> = view
        .entries
        .iter()
        .filter(|entry| entry.is("http", "proxy"))
        .map(|entry| entry.evidence())
        .map(|evidence| format!("{} | {}", evidence.source, evidence.observed))
        .collect();
    let at = |n: usize| proxies[n].as_str();
    assert_eq!(at(0), "/opt/git/etc/gitconfig:2 | http.proxy = http://system:1");
    assert_eq!(at(1), "~/.config/git/config:4 | http.proxy = http://xdg:1");
    assert_eq!(at(2), "~/work/git.inc:2 | http.proxy = http://included:1");
    assert_eq!(view.get("http", "proxy").map(|entry| entry.text()), Some("http://included:1"));
    // A key without a value ends the pairs; a file that includes itself ends.
    assert!(view.entries.iter().any(|entry| entry.key() == "url.https://x/.insteadof"));
    assert!(view.problem.is_none());
}

#[test]
fn conditions_and_repositories_say_whom_a_line_is_for() {
    let config = config();
    let view = config.of(Context::Session).expect("the session is known");
    let reach = |key: &str| view.entries.iter().find(|entry| entry.key() == key).map(|entry| entry.reach);
    assert_eq!(reach("remote.origin.url"), Some(Reach::Project));
    // The git folder of the worktree lies below ~/work.
    assert_eq!(reach("url.git@git.corp.example:.insteadof"), Some(Reach::Project));
    assert!(!view.for_downloads().any(|entry| entry.section == "remote"));
}

#[test]
fn contexts_that_read_other_files_have_a_view_of_their_own() {
    let config = config();
    assert_eq!(config.views.len(), 2);
    let login = config.of(Context::Login).expect("a login shell is known");
    assert_eq!(login.get("http", "proxy").map(|entry| entry.text()), Some("http://system:1"));
}
