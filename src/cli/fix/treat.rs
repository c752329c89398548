use jiff::Timestamp;

use super::consent::Consent;
use super::examine::Examination;
use super::record::{Outcome, Record};
use super::show;
use super::target::{Target, targets};
use crate::checks::effects_of;
use crate::cli::Failure;
use crate::cli::ask::Ask;
use crate::cli::voice::{Voice, with_tilde};
use crate::fix::{self, About, Applied, EntryId, OnTerminal, Plan, StateFolder, Subject, verify};
use crate::host::Machine;
use crate::model::{Fix, Preview, Report, Step};
use crate::render::Style;

/// The treatment of one machine, from the first look to the last proof.
pub(super) struct Treatment<'a> {
    pub(super) examination: &'a Examination,
    pub(super) state: &'a StateFolder,
    pub(super) voice: &'a Voice,
    pub(super) ask: &'a mut dyn Ask,
    pub(super) consent: Consent,
    /// Whose findings are fixed; none means all whose first fix is safe.
    pub(super) ids: &'a [String],
    /// What became of the fixes so far.
    pub(super) records: Vec<Record>,
}

/// Whether a fix is to be proven.
enum Treated {
    /// It was applied.
    Applied,
    /// It was not; its record says why.
    Ended,
}

impl Treatment<'_> {
    /// Goes round by round: causes first, then what is left of their effects.
    pub(super) fn run(mut self) -> Result<Vec<Record>, Failure> {
        let mut report = self.examination.report()?;
        let asked_for = targets(&report, self.ids);
        loop {
            let round = self.next_round(&report);
            if round.is_empty() {
                break;
            }
            let mut applied = Vec::new();
            for target in round {
                if let Treated::Applied = self.treat(&target, &report)? {
                    applied.push((self.records.len() - 1, target));
                }
            }
            if !applied.is_empty() {
                let after = self.examination.report()?;
                for (at, target) in applied {
                    self.prove(at, &target, &report, &after)?;
                }
                report = after;
            }
        }
        self.record_effects(&asked_for, &report);
        self.sum_up(&report)?;
        Ok(self.records)
    }

    /// What is to be treated now: not yet treated, and not explained by
    /// something that is.
    fn next_round(&self, report: &Report) -> Vec<Target> {
        let mut open = targets(report, self.ids);
        open.retain(|target| !self.is_recorded(target));
        let waits = |target: &Target| {
            target.finding.caused_by.as_ref().is_some_and(|cause| {
                open.iter().any(|other| other.is_named_by(cause))
                    || self.records.iter().any(|record| record.is_pending(&cause.id, &cause.key))
            })
        };
        open.iter().filter(|target| !waits(target)).cloned().collect()
    }

    fn is_recorded(&self, target: &Target) -> bool {
        self.records.iter().any(|record| target.is(record.id, &record.key))
    }

    /// Shows one fix and applies it, if the user agrees.
    fn treat(&mut self, target: &Target, report: &Report) -> Result<Treated, Failure> {
        show::heading(self.voice, target)?;
        let Some(fix) = &target.fix else {
            let why = format!("there is no fix; see gomedic explain {}", target.check);
            return self.end(target, Vec::new(), Outcome::Unchanged, why);
        };
        let host = self.examination.host()?;
        let plan = fix::plan(&*host, fix);
        let steps = plan.preview(host.machine());
        show::plan(self.voice, fix, &plan, &steps)?;
        if fix.steps.iter().any(|step| matches!(step, Step::Manual { .. })) {
            return self.end(target, steps, Outcome::Declined, "this is for you to do".to_owned());
        }
        if let Some(why) = steps.iter().find_map(|step| step.refused.clone()) {
            show::alternatives(self.voice, target)?;
            return self.end(target, steps, Outcome::Failed, why);
        }
        if plan.acts().is_empty() {
            self.records.push(Record::new(target, steps, Outcome::Unchanged, None));
            self.voice.note(Style::Dim, "Nothing is left to change.")?;
            self.prove(self.records.len() - 1, target, report, report)?;
            return Ok(Treated::Ended);
        }
        if let Some(why) = self.consent.objection(fix, self.ask) {
            return self.end(target, steps, Outcome::Declined, why.to_owned());
        }
        self.apply(target, fix, &plan, steps, host.machine())
    }

    fn apply(
        &mut self,
        target: &Target,
        fix: &Fix,
        plan: &Plan,
        steps: Vec<Preview>,
        machine: &Machine,
    ) -> Result<Treated, Failure> {
        let about = About {
            check: target.check.to_owned(),
            key: target.finding.key.clone(),
            title: fix.title.clone(),
            awaits: fix.awaits.clone(),
            when: Timestamp::now(),
        };
        let journal = match fix::apply(self.state, plan, &about, &OnTerminal) {
            Ok(Applied::Done(id)) => Some(id),
            Ok(Applied::Unrecorded | Applied::NothingToDo) => None,
            Err(error) => {
                let why = with_tilde(machine, &error.to_string());
                return self.end(target, steps, Outcome::Failed, why);
            }
        };
        self.records.push(Record { journal, ..Record::new(target, steps, Outcome::Unchanged, None) });
        self.voice.say("")?;
        Ok(Treated::Applied)
    }

    /// Notes and tells how a fix ended that was not applied.
    fn end(&mut self, target: &Target, steps: Vec<Preview>, outcome: Outcome, why: String) -> Result<Treated, Failure> {
        let record = Record::new(target, steps, outcome, Some(why));
        if !(self.consent.is_showing() && outcome == Outcome::Declined) {
            show::ending(self.voice, &record, None)?;
        }
        self.voice.say("")?;
        self.records.push(record);
        Ok(Treated::Ended)
    }

    /// Tells what probing again has shown, and offers to take back what made
    /// things worse.
    fn prove(&mut self, at: usize, target: &Target, before: &Report, after: &Report) -> Result<(), Failure> {
        let awaits = target.fix.as_ref().and_then(|fix| fix.awaits.as_deref());
        let subject =
            Subject { check: target.check, finding: &target.finding, awaits, effects: &effects_of(target.check) };
        let record = &mut self.records[at];
        // Where a context sees the fault, it has been looked at again there.
        let files_only = awaits.filter(|_| target.finding.contexts.is_empty());
        record.prove(verify(subject, &before.checks, &after.checks), files_only);
        let can_be_undone = |id: &EntryId| self.state.entry(*id).is_ok_and(|entry| entry.cannot_be_undone().is_none());
        let takes_back = record.journal.filter(can_be_undone);
        show::ending(self.voice, record, takes_back)?;
        let (Outcome::Worse, Some(id)) = (record.outcome, takes_back) else { return Ok(()) };
        if !self.consent.is_asked()
            || !matches!(self.ask.ask("Take it back? [Y]es, [n]o:").as_deref(), Some("" | "y" | "yes"))
        {
            return Ok(());
        }
        match fix::undo(self.state, id, &OnTerminal, Timestamp::now()) {
            Ok(_) => record.outcome = Outcome::Undone,
            Err(error) => self.voice.note(Style::Error, &error.to_string())?,
        }
        show::ending(self.voice, record, takes_back)
    }

    /// Named findings that were never treated, because a cause of theirs was.
    fn record_effects(&mut self, asked_for: &[Target], report: &Report) {
        let effects: Vec<&Target> = asked_for.iter().filter(|target| !self.is_recorded(target)).collect();
        for target in effects {
            let cause = target.finding.caused_by.as_ref().map_or("another fix", |cause| &cause.id);
            let is_there = report.findings().any(|(check, finding)| target.is(check.id, &finding.key));
            let (outcome, detail) = match is_there {
                true => (Outcome::Pending, format!("waits with its cause, {cause}")),
                false => (Outcome::Resolved, format!("gone with its cause, {cause}")),
            };
            self.records.push(Record::new(target, Vec::new(), outcome, Some(detail)));
        }
    }

    /// How many ended how, and what else could be done.
    fn sum_up(&self, report: &Report) -> Result<(), Failure> {
        match (self.records.is_empty(), self.ids.is_empty()) {
            (false, _) if self.consent.is_showing() => {
                let what = if self.records.len() == 1 { "1 fix is" } else { "These fixes are" };
                self.voice.say(&format!("{what} only shown; nothing was changed."))?;
            }
            (false, _) => self.voice.say(&show::counts(&self.records))?,
            (true, true) => self.voice.say("Nothing here has a fix that is safe to apply without a look.")?,
            (true, false) => self.voice.say("Nothing to fix: none of these checks has a finding.")?,
        }
        let untreated =
            |check: &str, key: &str| !self.records.iter().any(|record| record.id == check && record.key == key);
        let others = report
            .findings()
            .filter(|(check, finding)| !finding.fixes.is_empty() && untreated(check.id, &finding.key))
            .count();
        if self.ids.is_empty() && others > 0 {
            let text = format!("{others} more can be fixed one by one, after a look: gomedic fix ID");
            self.voice.say(&self.voice.paint(Style::Dim, &text))?;
        }
        Ok(())
    }
}
