use std::path::{Path, PathBuf};

use super::carry::{Carried, CarryError, clear};
use super::elevated::Reach;
use super::journal::{Entry, JournalError, Phase, Progress, StateFolder};
use super::stage::{Stage, temporary};
use super::{Act, Change, Kept, Programs, Takeback, command_line};

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

/// An entry and its acts, on the way forward or back.
pub(super) struct Work<'a> {
    state: &'a StateFolder,
    pub(super) entry: Entry,
    acts: &'a [Act],
    programs: &'a dyn Programs,
    /// The phase that is written ahead and only has to be taken up.
    ahead: Option<Phase>,
}

/// Where the way forward ended, and why.
pub(super) struct Stopped {
    /// Up to which act anything may have been done.
    pub(super) begun: usize,
    pub(super) why: StepError,
}

impl<'a> Work<'a> {
    pub(super) fn new(state: &'a StateFolder, entry: Entry, acts: &'a [Act], programs: &'a dyn Programs) -> Self {
        Work { state, entry, acts, programs, ahead: None }
    }

    /// Does what is not done yet, in order. What needs room on the disk comes
    /// before all, the last word in the journal included: where files alone
    /// are changed, a full disk is met while none of them has changed.
    pub(super) fn forward(&mut self) -> Result<(), Stopped> {
        let mut begun = 0;
        self.advance(&mut begun).map_err(|why| Stopped { begun, why })
    }

    fn advance(&mut self, begun: &mut usize) -> Result<(), StepError> {
        let changes = self.acts.iter().enumerate().filter_map(|(at, act)| Some((at, change(act)?.clone())));
        let mut stage = Stage::new(self.state, self.programs, self.entry.id, changes)?;
        self.write_ahead(Phase::Applied)?;
        for at in 0..self.acts.len() {
            *begun = (*begun).max(stage.last_with(at) + 1);
            self.step_forward(at, &mut stage)?;
        }
        Ok(self.reach(Phase::Applied)?)
    }

    fn step_forward(&mut self, at: usize, stage: &mut Stage<'_>) -> Result<(), StepError> {
        match &self.acts[at] {
            Act::Change(_) => {
                stage.carry_out(at)?;
            }
            Act::Run(_) if self.entry.acts[at].progress == Progress::Done => {}
            Act::Run(run) => {
                if let Err(error) = self.note(at, Progress::Started) {
                    // It is not started then, and not to be taken back.
                    self.entry.acts[at].progress = Progress::Planned;
                    return Err(error.into());
                }
                let ended = self.run(&run.argv, &run.folder);
                if let Takeback::Restore(kept) = &run.takeback {
                    match ended {
                        Ok(()) => {
                            let left = kept.iter().map(|kept| kept.left(self.state.disk()));
                            self.entry.acts[at].left = left.collect();
                        }
                        Err(_) => self.put_back(at, kept)?,
                    }
                }
                // A program that fails is taken to have done nothing.
                self.note(at, if ended.is_ok() { Progress::Done } else { Progress::Planned })?;
                ended?;
            }
        }
        Ok(())
    }

    /// Removes what an interrupted attempt has left under temporary names where
    /// only sudo can.
    ///
    /// # Errors
    /// When it is still there.
    pub(super) fn clear_left(&self) -> Result<(), CarryError> {
        for (at, act) in self.acts.iter().enumerate() {
            let Some(change) = change(act) else { continue };
            let left = temporary(&change.target, self.entry.id, at);
            if !is_left(self.state, act, &left) {
                continue;
            }
            clear(Reach::of(change, self.state, self.programs).disk(), &left);
            if is_left(self.state, act, &left) {
                let source = std::io::Error::other("sudo did not do it");
                return Err(CarryError::Io { doing: "remove", target: left, source });
            }
        }
        Ok(())
    }

    /// Does all that [`back`](Work::back) will need room on the disk for.
    pub(super) fn prepare_back(&self, count: usize) -> Result<Stage<'a>, CarryError> {
        let acts = self.acts[..count].iter().enumerate().rev();
        let back = acts.filter_map(|(at, act)| Some((at, change(act)?.reversed())));
        Stage::new(self.state, self.programs, self.entry.id, back)
    }

    /// Takes back what was done of the first `count` acts, from the last to the
    /// first. Stops at the first that cannot be taken back. Returns the folders
    /// that stay, because others have put things into them.
    pub(super) fn back(&mut self, count: usize, mut stage: Stage<'_>) -> Result<Vec<PathBuf>, StepError> {
        let mut kept = Vec::new();
        for at in (0..count).rev() {
            match &self.acts[at] {
                Act::Change(change) => {
                    if stage.carry_out(at)? == Carried::Kept {
                        kept.push(change.target.clone());
                    }
                }
                Act::Run(_) if self.entry.acts[at].progress == Progress::Planned => {}
                Act::Run(run) => match &run.takeback {
                    Takeback::Argv(argv) => {
                        self.run(argv, &run.folder)?;
                        self.note(at, Progress::Planned)?;
                    }
                    Takeback::Restore(kept) => {
                        self.put_back(at, kept)?;
                        self.note(at, Progress::Planned)?;
                    }
                    Takeback::Impossible(why) => {
                        return Err(StepError::Program { line: run.line(), why: why.clone() });
                    }
                },
            }
        }
        Ok(kept)
    }

    /// Writes that the entry has reached a phase, for [`reach`](Work::reach) to
    /// take up without any need of room.
    pub(super) fn write_ahead(&mut self, phase: Phase) -> Result<(), JournalError> {
        let mut entry = self.entry.clone();
        entry.phase = phase;
        self.state.write_ahead(&entry)?;
        self.ahead = Some(phase);
        Ok(())
    }

    pub(super) fn reach(&mut self, phase: Phase) -> Result<(), JournalError> {
        self.entry.phase = phase;
        match self.ahead.take() {
            Some(ahead) if ahead == phase => self.state.take_up(self.entry.id),
            _ => self.state.save(&self.entry),
        }
    }

    fn note(&mut self, at: usize, progress: Progress) -> Result<(), JournalError> {
        self.entry.acts[at].progress = progress;
        self.ahead = None;
        self.state.save(&self.entry)
    }

    fn put_back(&self, at: usize, kept: &[Kept]) -> Result<(), StepError> {
        for kept in kept {
            kept.put_back(self.state.disk(), &temporary(&kept.target, self.entry.id, at))?;
        }
        Ok(())
    }

    fn run(&self, argv: &[String], folder: &Path) -> Result<(), StepError> {
        self.programs.run(argv, folder).map_err(|why| StepError::Program { line: command_line(argv), why })
    }
}

/// True when something stands at the temporary name of an act, and only sudo
/// can remove it.
pub(super) fn is_left(state: &StateFolder, act: &Act, temporary: &Path) -> bool {
    let through_sudo = change(act).is_some_and(|change| change.sudo.is_some());
    through_sudo && matches!(state.disk().look(temporary), Ok(Some(_)))
}

fn change(act: &Act) -> Option<&Change> {
    match act {
        Act::Change(change) => Some(change),
        Act::Run(_) => None,
    }
}
