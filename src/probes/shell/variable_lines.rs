//! Which lines set a variable.

use super::lines::Step;
use super::script::Effect;
use super::{RcFiles, Writer};

impl RcFiles {
    /// Every line that sets `name`, in the order in which a shell comes to it.
    #[must_use]
    pub fn writers(&self, name: &str) -> Vec<Writer> {
        self.lines
            .run()
            .filter(|step| matches!(&step.statement.effect, Effect::Set(change) if change.name == name))
            .filter_map(|step| self.writer(step))
            .collect()
    }

    /// The line that gave `name` this value: the one that a traced start was
    /// seen at, or else the one that most likely did, as the files stand: the
    /// last one that sets it to just that, or the last one whose value only a
    /// shell could tell. None too when what did it was seen and is no line
    /// that sets a variable, such as a version manager's hook.
    #[must_use]
    pub fn writer_of(&self, name: &str, value: &str) -> Option<Writer> {
        match self.seen(name, value, &[]) {
            Some(seen) => seen.writer,
            None => self.likely_writer(name, value),
        }
    }

    /// The line that most likely gave `name` this value, as the files stand.
    pub(super) fn likely_writer(&self, name: &str, value: &str) -> Option<Writer> {
        let writers = self.writers(name);
        // A carriage return belongs to the value in a shell, and to the line
        // end for people.
        let plain = |text: &str| text.trim_end_matches('\r').to_owned();
        let same = |writer: &&Writer| writer.value.as_deref().map(plain) == Some(plain(value));
        writers.iter().rev().find(same).or_else(|| writers.iter().rev().find(|writer| writer.value.is_none())).cloned()
    }

    /// A statement as the line that it stands on.
    pub(super) fn writer(&self, step: &Step) -> Option<Writer> {
        let file = &self.files[step.file];
        let line = step.statement.line;
        let text = file.text.as_deref().ok()?.lines().nth(line - 1)?;
        let same_line = self.lines.run().filter(|other| (other.file, other.statement.line) == (step.file, line));
        let sets = same_line.filter_map(|other| match &other.statement.effect {
            Effect::Set(change) => Some(change.name.clone()),
            _ => None,
        });
        Some(Writer {
            path: file.path.clone(),
            name: file.name.clone(),
            line,
            text: text.to_owned(),
            value: step.value.clone(),
            sets: sets.collect(),
            contexts: step.contexts(&file.contexts),
            own: file.own,
            form: file.form,
        })
    }
}
