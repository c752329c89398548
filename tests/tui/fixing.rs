//! Fixes and their way back.

use gomedic::model::{Outcome, Privilege};
use gomedic::tui::{Effect, EntryState, FixOutcome, FixReport, FixRequest, Message, Purpose, Scope, UndoOutcome};

use crate::fixture::{self, checks, entry, finished, git_missing, goroot, host, settled, started};
use crate::support::screen::stage::Stage;

const WIDE: (u16, u16) = (120, 36);

/// Presses `f` on the GOROOT finding and gives what is asked for.
fn apply(stage: &mut Stage) -> Box<FixRequest> {
    stage.take_effects();
    stage.keys("f");
    match stage.take_effects().pop() {
        Some(Effect::Apply { request, privilege: Privilege::User }) => request,
        other => panic!("{other:?}"),
    }
}

fn applied(stage: &mut Stage, outcome: FixOutcome) {
    let request = apply(stage);
    let report = FixReport { outcome, entry: Some("20261121-090400".into()) };
    stage.send(Message::Applied { request, report });
}

#[test]
fn a_safe_fix_is_applied_at_once_and_proven_by_a_new_run() {
    let mut stage = fixture::stage("mono", WIDE);
    let request = apply(&mut stage);
    assert_eq!((request.check, request.fix), ("goroot-env-mismatch", 0));
    assert_eq!(request.finding, goroot());
    assert!(stage.line("applying").contains("Comment out the GOROOT line"), "{}", stage.text());

    let report = FixReport { outcome: FixOutcome::Resolved, entry: Some("7".into()) };
    stage.send(Message::Applied { request, report });
    let effects = stage.take_effects();
    assert!(matches!(effects[..], [Effect::Start { scope: Scope::All, .. }]), "{effects:?}");
    assert!(stage.text().contains("✔ resolved: GOROOT belongs to another Go; u takes it back"), "{}", stage.text());
}

#[test]
fn what_was_fixed_moves_to_the_end_and_can_be_taken_back() {
    let mut stage = fixture::stage("mono", WIDE);
    let request = apply(&mut stage);
    let report = FixReport { outcome: FixOutcome::Resolved, entry: Some("7".into()) };
    stage.effects.push(Effect::Start { run: 2, scope: Scope::All });
    stage.send(Message::Applied { request, report });
    stage.event(started()).event(settled("goroot-env-mismatch", Outcome::Passed)).event(finished());
    let screen = stage.text();
    assert!(screen.contains("─ Fixed in this session (1)"), "{screen}");
    assert!(stage.line("✔ GOROOT belongs to another Go").contains("u undo"), "{screen}");

    stage.take_effects();
    stage.keys("u");
    let effects = stage.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Undo { entry, privilege: Privilege::User }] if entry == "7"),
        "{effects:?}"
    );
    stage.send(Message::Undone { entry: "7".into(), outcome: UndoOutcome::Undone });
    let screen = stage.text();
    assert!(screen.contains("✔ taken back: Comment out the GOROOT line"), "{screen}");
    assert!(!screen.contains("Fixed in this session"), "{screen}");
}

#[test]
fn each_outcome_has_its_line() {
    for (outcome, line) in [
        (FixOutcome::Pending("a new shell".into()), "◔ fixed, and seen after a new shell; u takes it back"),
        (FixOutcome::Unchanged, "✖ applied, but it is still there; u takes it back"),
        (FixOutcome::Worse("go does not start".into()), "✖ worse than before: go does not start; u takes it back"),
    ] {
        let mut stage = fixture::stage("mono", WIDE);
        applied(&mut stage, outcome);
        assert!(stage.text().contains(line), "{line} is not in\n{}", stage.text());
    }
    let mut stage = fixture::stage("mono", WIDE);
    let request = apply(&mut stage);
    let report = FixReport { outcome: FixOutcome::Failed("~/.bashrc is read-only".into()), entry: None };
    stage.send(Message::Applied { request, report });
    assert!(stage.text().contains("✖ not applied: ~/.bashrc is read-only"), "{}", stage.text());
    assert!(!stage.text().contains("takes it back"), "{}", stage.text());
}

#[test]
fn a_pending_finding_stays_and_says_what_it_waits_for() {
    let mut stage = fixture::stage("mono", WIDE);
    applied(&mut stage, FixOutcome::Pending("a new shell".into()));
    assert!(stage.line("▌◔ GOROOT").contains("after a new shell"), "{}", stage.text());
    assert!(stage.text().contains("◔ Fixed; it is seen after a new shell."), "{}", stage.text());
}

#[test]
fn the_verdict_is_of_what_is_still_to_be_fixed() {
    let mut stage = fixture::stage("mono", WIDE);
    applied(&mut stage, FixOutcome::Pending("a new shell".into()));
    let verdict = "Nothing can be downloaded here: nothing answers at the proxy 127.0.0.1:7890.";
    assert!(stage.text().contains(verdict), "{}", stage.text());

    let mut stage = Stage::new("mono", WIDE, checks());
    stage.event(started()).event(settled("goroot-env-mismatch", goroot())).event(finished());
    applied(&mut stage, FixOutcome::Pending("a new shell".into()));
    assert!(stage.text().contains("◔ What was wrong is fixed; it is seen after a new shell."), "{}", stage.text());
}

#[test]
fn only_one_fix_is_applied_at_a_time_and_keys_stay_alive() {
    let mut stage = fixture::stage("mono", WIDE);
    apply(&mut stage);
    stage.keys("f j 2");
    assert!(stage.take_effects().is_empty());
    assert!(stage.line("▌").contains("gopls was built"), "{}", stage.text());
}

#[test]
fn quitting_waits_for_a_fix_and_the_second_time_does_not() {
    let mut stage = fixture::stage("mono", WIDE);
    let request = apply(&mut stage);
    stage.keys("q");
    assert!(stage.take_effects().is_empty());
    assert!(stage.text().contains("quits after it"), "{}", stage.text());
    let report = FixReport { outcome: FixOutcome::Resolved, entry: None };
    stage.send(Message::Applied { request, report });
    assert!(matches!(stage.take_effects()[..], [Effect::Quit]));

    let mut stage = fixture::stage("mono", WIDE);
    apply(&mut stage);
    stage.keys("q q");
    assert!(matches!(stage.take_effects()[..], [Effect::Quit]));
}

#[test]
fn a_fix_as_root_shows_its_command_and_asks() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    stage.keys("/ g i t space i s enter f");
    let screen = stage.text();
    assert!(screen.contains("# apt-get install --yes git"), "{screen}");
    assert!(screen.contains("undo: apt-get remove --yes git"), "{screen}");
    assert!(screen.contains("Apply this as root?"), "{screen}");
    stage.keys("enter n");
    assert!(stage.take_effects().is_empty(), "only y says yes");
    stage.keys("f y");
    let effects = stage.take_effects();
    assert!(matches!(effects[..], [Effect::Apply { privilege: Privilege::Root, .. }]), "{effects:?}");
}

#[test]
fn what_was_done_as_root_is_taken_back_after_a_yes() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("/ g i t space i s enter f y");
    let Some(Effect::Apply { request, .. }) = stage.take_effects().pop() else { panic!("nothing is applied") };
    let report = FixReport { outcome: FixOutcome::Resolved, entry: Some("7".into()) };
    stage.send(Message::Applied { request, report });
    stage.take_effects();
    stage.keys("u");
    let screen = stage.text();
    assert!(screen.contains("Take this back as root?"), "{screen}");
    assert!(screen.contains("gomedic undo --dry-run 7"), "{screen}");
    stage.keys("n");
    assert!(stage.take_effects().is_empty(), "no means no");
    stage.keys("u y");
    let effects = stage.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Undo { entry, privilege: Privilege::Root }] if entry == "7"),
        "{effects:?}"
    );
}

#[test]
fn a_fix_by_hand_is_told_and_its_command_copied() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    stage.keys("j f");
    let screen = stage.text();
    assert!(screen.contains("$ go install golang.org/x/tools/gopls@latest"), "{screen}");
    stage.keys("y");
    let effects = stage.take_effects();
    assert!(
        matches!(&effects[..], [Effect::Copy(text)] if text == "go install golang.org/x/tools/gopls@latest"),
        "{effects:?}"
    );
    let text = "go install golang.org/x/tools/gopls@latest".to_owned();
    stage.send(Message::Copied { text, error: None });
    assert!(stage.text().contains("sent to the terminal's clipboard"), "{}", stage.text());
}

#[test]
fn several_fixes_are_viewed_one_after_the_other() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.keys("n");
    let screen = stage.text();
    assert!(screen.contains("▸ 2 Unset it in this shell only"), "{screen}");
    assert!(screen.contains("f how to fix"), "{screen}");
    stage.keys("n");
    assert!(stage.text().contains("▸ 1 Comment out the GOROOT line"), "{}", stage.text());
}

#[test]
fn a_refused_fix_is_not_tried() {
    let mut stage = Stage::new("mono", WIDE, checks());
    let mut finding = goroot();
    finding.fixes[0].preview[0].refused = Some("~/.bashrc is not yours".into());
    stage.event(started()).event(settled("goroot-env-mismatch", finding)).event(finished());
    stage.take_effects();
    stage.keys("f");
    assert!(stage.take_effects().is_empty());
    assert!(stage.text().contains("✖ This cannot be applied: ~/.bashrc is not yours"), "{}", stage.text());
}

#[test]
fn fixes_of_a_recorded_machine_are_only_shown() {
    let mut stage = Stage::new("mono", WIDE, checks());
    let mut recorded = host();
    recorded.recorded = Some("onboarding".into());
    stage.event(gomedic::model::Event::Started { host: recorded, checks: vec!["goroot-env-mismatch"] });
    stage.event(settled("goroot-env-mismatch", goroot())).event(finished());
    stage.take_effects();
    stage.keys("f");
    assert!(stage.take_effects().is_empty());
    assert!(stage.text().contains("This machine is a recording"), "{}", stage.text());
    assert!(stage.text().contains("- export GOROOT=/opt/go1.20"), "the diff is not shown:\n{}", stage.text());
}

#[test]
fn a_refused_undo_shows_what_has_changed() {
    let mut stage = fixture::stage("mono", WIDE);
    applied(&mut stage, FixOutcome::Resolved);
    stage.keys("u");
    let outcome = UndoOutcome::Refused {
        why: "~/.bashrc has changed since".into(),
        diff: Some("@@ -1 +1 @@\n-old line\n+new line\n".into()),
    };
    stage.send(Message::Undone { entry: "20261121-090400".into(), outcome });
    let screen = stage.text();
    assert!(screen.contains("Not taken back") && screen.contains("+ new line"), "{screen}");
    stage.keys("esc");
    assert!(!stage.text().contains("Not taken back"));
}

#[test]
fn the_journal_is_shown_and_its_entries_taken_back() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    stage.keys("h");
    assert!(matches!(stage.take_effects()[..], [Effect::History(Purpose::Show)]));
    let final_entry = entry("1", EntryState::Final("the cache is gone".into()));
    let entries = vec![entry("3", EntryState::Applied), entry("2", EntryState::Undone), final_entry];
    stage.send(Message::History { purpose: Purpose::Show, entries: Ok(entries) });
    assert!(stage.text().contains("cannot be taken back: the cache is gone"), "{}", stage.text());
    stage.keys("j u");
    assert!(stage.take_effects().is_empty(), "an undone entry is undone once");
    stage.keys("k u");
    let effects = stage.take_effects();
    assert!(matches!(&effects[..], [Effect::Undo { entry, .. }] if entry == "3"), "{effects:?}");
    stage.send(Message::Undone { entry: "3".into(), outcome: UndoOutcome::Undone });
    let effects = stage.take_effects();
    assert!(matches!(effects[..], [Effect::Start { .. }, Effect::History(Purpose::Show)]), "{effects:?}");
}

#[test]
fn what_was_interrupted_is_asked_about_one_by_one() {
    let mut stage = fixture::stage("mono", WIDE);
    stage.take_effects();
    let interrupted = |id| entry(id, EntryState::Interrupted("~/.bashrc: not done".into()));
    let entries = vec![interrupted("9"), entry("8", EntryState::Applied), interrupted("7")];
    stage.send(Message::History { purpose: Purpose::Recovery, entries: Ok(entries) });
    let screen = stage.text();
    assert!(screen.contains("A fix was interrupted") && screen.contains("~/.bashrc: not done"), "{screen}");
    stage.keys("f");
    let effects = stage.take_effects();
    assert!(matches!(&effects[..], [Effect::Finish { entry, .. }] if entry == "9"), "{effects:?}");
    stage.send(Message::Finished { entry: "9".into(), outcome: FixOutcome::Resolved });
    stage.take_effects();
    stage.keys("u");
    let effects = stage.take_effects();
    assert!(matches!(&effects[..], [Effect::Undo { entry, .. }] if entry == "7"), "{effects:?}");
    assert!(!stage.text().contains("A fix was interrupted"), "{}", stage.text());
}

#[test]
fn nothing_interrupted_asks_nothing() {
    let mut stage = fixture::stage("mono", WIDE);
    let entries = Ok(vec![entry("8", EntryState::Applied)]);
    stage.send(Message::History { purpose: Purpose::Recovery, entries });
    stage.send(Message::History { purpose: Purpose::Recovery, entries: Err("no journal".into()) });
    assert!(!stage.text().contains("interrupted"), "{}", stage.text());
}

#[test]
fn a_finding_without_a_fix_says_so() {
    let mut stage = Stage::new("mono", WIDE, checks());
    let mut finding = git_missing();
    finding.fixes.clear();
    stage.event(started()).event(settled("git-missing", finding)).event(finished());
    stage.take_effects();
    stage.keys("f");
    assert!(stage.take_effects().is_empty());
    assert!(stage.text().contains("No fix is known for this"), "{}", stage.text());
}
