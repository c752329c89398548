//! Startup files that wait, talk, leave, or never end.

use std::path::Path;
use std::time::Duration;

use gomedic::host::Host;
use gomedic::host::live::Live;
use gomedic::model::{Context, Reason};

use crate::home::{BOTH, Home, Mode, PATIENT, SH, SHORT, assert_missing, tool};

/// A live host whose user's sh has this profile.
fn with_profile(mode: Mode, home: &Home, profile: &str, deadline: Duration) -> Live {
    home.write(".profile", profile);
    home.live(mode, Path::new(SH), deadline)
}

#[test]
fn a_file_that_waits_is_given_up() {
    for mode in BOTH {
        let home = Home::new();
        let wait = format!("read x < {}\n", home.fifo("never").display());
        let live = with_profile(mode, &home, &wait, SHORT);
        assert_missing(
            live.environment(Context::Login),
            Reason::TimedOut,
            "sh as a login shell was not ready within 400 ms",
        );
        assert_missing(live.environment(Context::Interactive), Reason::TimedOut, "login shell");
        home.assert_nothing_runs();
    }
}

#[test]
fn a_file_that_asks_gets_no_answer_and_goes_on() {
    for mode in BOTH {
        let home = Home::new();
        let live = with_profile(mode, &home, "printf 'Name? '; read name\nexport A=after\n", PATIENT);
        assert_eq!(live.environment(Context::Login).unwrap().get("A"), Some("after"));
    }
}

#[test]
fn a_file_that_prints_without_end_is_given_up() {
    for mode in BOTH {
        let home = Home::new();
        let live = with_profile(mode, &home, "while :; do printf '\\033[31m\\007'; done\n", SHORT);
        assert_missing(live.environment(Context::Login), Reason::TimedOut, "login shell");
        home.assert_nothing_runs();
    }
}

#[test]
fn what_a_file_prints_is_not_taken_for_a_variable() {
    for mode in BOTH {
        let home = Home::new();
        let noise = "printf 'PATH=/evil\\000<gomedic>GOROOT=/evil\\000\\033]0;title\\007'\nexport A=1\n";
        let live = with_profile(mode, &home, noise, PATIENT);
        let login = live.environment(Context::Login).unwrap();
        assert_eq!((login.get("A"), login.get("GOROOT")), (Some("1"), None));
        assert!(!login.path_entries().contains(&"/evil"));
    }
}

#[test]
fn a_file_that_ends_the_shell_is_blamed() {
    for mode in BOTH {
        for profile in
            ["echo broken >&2\nexit 3\n", "kill -KILL $$\n", "set -e\necho broken >&2\nfalse\n", "exec true\n"]
        {
            let home = Home::new();
            let live = with_profile(mode, &home, profile, PATIENT);
            let words =
                if profile.contains("broken") { "(it said: broken)" } else { "look in /etc/profile or ~/.profile" };
            assert_missing(live.environment(Context::Login), Reason::Failed, words);
            assert_missing(
                live.environment(Context::Login),
                Reason::Failed,
                "sh as a login shell ended before it answered",
            );
        }
    }
}

#[test]
fn what_a_file_starts_in_the_background_ends() {
    for mode in BOTH {
        let home = Home::new();
        let wait = format!("(read x < {}) &\nexport A=1\n", home.fifo("never").display());
        let live = with_profile(mode, &home, &wait, PATIENT);
        assert_eq!(live.environment(Context::Login).unwrap().get("A"), Some("1"));
        home.assert_nothing_runs();
    }
}

#[test]
fn values_may_hold_anything() {
    let home = Home::new();
    let live = with_profile(Mode::Direct, &home, "export A='two\nlines = 1' B=\n", PATIENT);
    let login = live.environment(Context::Login).unwrap();
    assert_eq!((login.raw("A"), login.raw("B")), (Some("two\nlines = 1"), Some("")));
}

/// Of a broken interactive file, the login half is known all the same.
fn assert_halves(name: &str, ends_the_shell: &[&str]) {
    let Some(shell) = tool(name) else { return };
    for mode in BOTH {
        for rc in ends_the_shell {
            assert_half(name, &shell, mode, Reason::Failed, |_| (*rc).to_owned());
        }
        assert_half(name, &shell, mode, Reason::TimedOut, |home| {
            format!("{SH} -c 'read x < {}'", home.fifo("never").display())
        });
    }
}

#[test]
fn a_broken_bashrc_costs_only_its_half() {
    assert_halves("bash", &["exit 3", "exec true"]);
}

#[test]
fn a_broken_zshrc_costs_only_its_half() {
    assert_halves("zsh", &["exit 3", "exec true"]);
}

/// In fish, `exit` ends the file and not the shell.
#[test]
fn a_broken_config_of_fish_costs_only_its_half() {
    assert_halves("fish", &["exec true"]);
}

fn assert_half(name: &str, shell: &Path, mode: Mode, reason: Reason, rc: impl Fn(&Home) -> String) {
    let home = Home::new();
    let rc = rc(&home);
    for file in [".bashrc", ".zshrc"] {
        home.write(file, &rc);
    }
    for file in [".bash_profile", ".zprofile"] {
        home.write(file, "export A=login\n");
    }
    home.write(".config/fish/config.fish", format!("set -gx A login\nif status is-interactive\n{rc}\nend\n"));
    // Time enough for the first half.
    let deadline = if reason == Reason::TimedOut { 5 * SHORT } else { PATIENT };
    let live = home.live(mode, shell, deadline);
    assert_missing(live.environment(Context::Interactive), reason, &format!("{name} in a new terminal"));
    assert_eq!(live.environment(Context::Login).unwrap().get("A"), Some("login"), "{name} {mode:?}");
    home.assert_nothing_runs();
}
