//! The proof that every lab case makes.

use serde_json::Value;

use crate::machine::Machine;
use crate::tree::{Tree, differences};

/// Nothing leaves the machine, and every check runs.
const OFFLINE: &str = "--offline";

/// A fault, the command that shows it, and how it is fixed.
pub struct Proof<'a> {
    /// The check that finds it.
    pub id: &'a str,
    /// A real command that the fault breaks.
    pub command: &'a str,
    /// What that command then says.
    pub says: &'a str,
}

impl Proof<'_> {
    /// Proves it: the command fails, gomedic finds the fault, the fix makes
    /// the command work, a second fix changes nothing, undo restores every
    /// byte, and the command fails again.
    pub fn run(&self, machine: &Machine) {
        self.run_with(machine, OFFLINE);
    }

    /// The same for a fault of the network. Other checks are left out, so that
    /// nothing is asked but what the machine's settings name.
    pub fn run_online(&self, machine: &Machine) {
        self.run_with(machine, &format!("--only {}", self.id));
    }

    fn run_with(&self, machine: &Machine, flags: &str) {
        let before = self.repair(machine, flags);
        machine.gomedic("undo --yes").works();
        assert_eq!(differences(&before, &machine.tree()), Vec::<String>::new(), "undo did not restore everything");
        machine.terminal(self.command).fails_with(self.says);
    }

    /// The same for a fix that nothing takes back: undo says so and changes
    /// nothing.
    pub fn run_for_good(&self, machine: &Machine) {
        self.repair(machine, OFFLINE);
        let repaired = machine.tree();
        machine.gomedic("undo --yes").fails_with("cannot be taken back");
        assert_eq!(differences(&repaired, &machine.tree()), Vec::<String>::new(), "undo changed something");
        machine.terminal(self.command).works();
    }

    /// The proof up to the repair; returns the machine as it was before.
    fn repair(&self, machine: &Machine, flags: &str) -> Tree {
        let id = self.id;
        let has_finding = || !findings_with(machine, id, flags).is_empty();
        machine.terminal(self.command).fails_with(self.says);
        let before = machine.tree();

        assert!(has_finding(), "{id} was not found: {}", machine.gomedic(&format!("check {flags}")).stdout);
        assert_eq!(differences(&before, &machine.tree()), Vec::<String>::new(), "diagnosis changed something");

        let fixed = machine.gomedic_json(&format!("fix {id} {flags} --yes"));
        let outcome = fixed["fixes"][0]["outcome"].as_str().unwrap_or_default().to_owned();
        assert!(["resolved", "pending"].contains(&outcome.as_str()), "the fix of {id} ended as: {fixed:#}");

        machine.terminal(self.command).works();
        assert!(!has_finding(), "{id} is still found: {}", machine.gomedic(&format!("check {flags}")).stdout);

        let once = machine.tree();
        machine.gomedic(&format!("fix {id} {flags} --yes"));
        assert_eq!(differences(&once, &machine.tree()), Vec::<String>::new(), "a second fix changed something");
        before
    }
}

/// True when a full check in a new terminal reports that check.
pub fn has_finding(machine: &Machine, id: &str) -> bool {
    !findings(machine, id).is_empty()
}

/// The findings of one check, from a full check in a new terminal.
pub fn findings(machine: &Machine, id: &str) -> Vec<Value> {
    findings_with(machine, id, OFFLINE)
}

/// The findings of one check, from a check with these flags.
pub fn findings_with(machine: &Machine, id: &str, flags: &str) -> Vec<Value> {
    let report = machine.gomedic_json(&format!("check {flags}"));
    let checks = report["checks"].as_array().cloned().unwrap_or_default();
    let check =
        checks.into_iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("{id} is no check: {report:#}"));
    check["findings"].as_array().cloned().unwrap_or_default()
}

/// Panics unless the one finding of a check hangs under a finding of another.
pub fn assert_explained(machine: &Machine, effect: &str, cause: &str) {
    let found = findings_with(machine, effect, &format!("--only {effect},{cause}"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["caused_by"]["id"], cause, "{found:#?}");
}
