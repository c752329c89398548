use std::path::{Path, PathBuf};

use super::carry::{Carried, CarryError, carry_out};
use super::journal::{Entry, EntryId, JournalError, Phase, Progress, StateFolder};
use super::standing::observe;
use super::{Act, Node, Programs, Takeback, command_line};

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// A file or folder could not be changed.
    #[error(transparent)]
    Change(#[from] CarryError),
    /// A program did not end well.
    #[error("{line} failed: {why}")]
    Program {
        /// Its command line.
        line: String,
        /// What is known of it.
        why: String,
    },
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl StepError {
    /// What taking back the steps before has come to.
    pub(super) fn after_taking_back(&self) -> &'static str {
        match self {
            StepError::Change(_) | StepError::Journal(_) => "nothing was changed",
            StepError::Program { .. } => "the other steps were taken back",
        }
    }
}

/// The name beside a target under which its new content is written.
pub(super) fn temporary(target: &Path, id: EntryId, act: usize) -> PathBuf {
    target.with_file_name(format!(".gomedic-{id}-{act}"))
}

/// An entry and its acts, on the way forward or back.
pub(super) struct Work<'a> {
    pub(super) state: &'a StateFolder,
    pub(super) entry: Entry,
    pub(super) acts: Vec<Act>,
    pub(super) programs: &'a dyn Programs,
}

impl Work<'_> {
    /// Does what is not done yet, in order. On failure, tells at which act.
    pub(super) fn forward(&mut self) -> Result<(), (usize, StepError)> {
        for at in 0..self.acts.len() {
            self.step_forward(at).map_err(|why| (at, why))?;
        }
        let last = self.acts.len().saturating_sub(1);
        self.reach(Phase::Applied).map_err(|error| (last, error.into()))
    }

    fn step_forward(&mut self, at: usize) -> Result<(), StepError> {
        match &self.acts[at] {
            Act::Change(change) => {
                carry_out(self.state.disk(), change, &temporary(&change.target, self.entry.id, at))?;
            }
            Act::Keep(_) => {}
            Act::Run(_) if self.entry.acts[at].progress == Progress::Done => {}
            Act::Run(run) => {
                let run = run.clone();
                self.note(at, Progress::Started)?;
                let ended = self.run(&run.argv, &run.folder);
                if ended.is_ok() {
                    self.witness(at)?;
                }
                // A program that fails is taken to have done nothing.
                self.note(at, if ended.is_ok() { Progress::Done } else { Progress::Planned })?;
                ended?;
            }
        }
        Ok(())
    }

    /// Takes back what was done of the acts up to `last`, from the last to the
    /// first. Stops at the first that cannot be taken back.
    pub(super) fn back(&mut self, last: usize) -> Result<Vec<PathBuf>, StepError> {
        let mut kept = Vec::new();
        for at in (0..=last).rev() {
            if matches!(self.acts[at], Act::Keep(_)) && self.entry.acts[at].progress != Progress::Done {
                self.look(at);
            }
            match &self.acts[at] {
                Act::Keep(change) if change.before == change.after => {}
                Act::Change(change) | Act::Keep(change) => {
                    let reversed = change.reversed();
                    let carried =
                        carry_out(self.state.disk(), &reversed, &temporary(&change.target, self.entry.id, at))?;
                    if carried == Carried::Kept {
                        kept.push(change.target.clone());
                    }
                }
                Act::Run(_) if self.entry.acts[at].progress == Progress::Planned => {}
                Act::Run(run) => match &run.takeback {
                    Takeback::Argv(argv) => {
                        self.run(argv, &run.folder)?;
                        self.note(at, Progress::Planned)?;
                    }
                    // Those acts come next.
                    Takeback::Kept => self.note(at, Progress::Planned)?,
                    Takeback::Impossible(why) => {
                        return Err(StepError::Program { line: run.line(), why: why.clone() });
                    }
                },
            }
        }
        Ok(kept)
    }

    /// Notes what a program has made of the files that are kept for it.
    fn witness(&mut self, program: usize) -> Result<(), JournalError> {
        for at in 0..program {
            if self.entry.acts[at].progress != Progress::Done
                && let Some(now) = self.look(at)
            {
                self.state.witness(&mut self.entry, at, &now)?;
            }
        }
        Ok(())
    }

    /// Takes a kept file as it is now for what the program has made of it.
    fn look(&mut self, at: usize) -> Option<Node> {
        let Act::Keep(change) = &mut self.acts[at] else { return None };
        let mut now = observe(self.state.disk(), &change.target, true).ok().flatten()?;
        // Content counts, and not when it was written.
        if let Node::File { modified, .. } = &mut now {
            *modified = None;
        }
        change.after = now.clone();
        Some(now)
    }

    pub(super) fn reach(&mut self, phase: Phase) -> Result<(), JournalError> {
        self.entry.phase = phase;
        self.state.save(&self.entry)
    }

    fn note(&mut self, at: usize, progress: Progress) -> Result<(), JournalError> {
        self.entry.acts[at].progress = progress;
        self.state.save(&self.entry)
    }

    fn run(&self, argv: &[String], folder: &Path) -> Result<(), StepError> {
        self.programs.run(argv, folder).map_err(|why| StepError::Program { line: command_line(argv), why })
    }
}
