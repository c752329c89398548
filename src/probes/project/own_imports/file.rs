//! One Go file of the module.

use super::ImportedAt;
use super::uses::Uses;
use crate::collections::Handful;
use crate::model::Evidence;
use crate::probes::build::Import;

/// A file of a package.
#[derive(Debug, Default)]
pub(super) struct OwnFile {
    /// The file for people.
    pub(super) name: String,
    pub(super) imports: Vec<ImportedAt>,
    pub(super) uses: Uses,
    /// The lines that `uses` speaks of, by number, from 1.
    pub(super) lines: Handful<usize, String>,
}

impl OwnFile {
    pub(super) fn read(name: String, text: &str, imports: Vec<Import>) -> OwnFile {
        let line = |number: usize| text.lines().nth(number.saturating_sub(1)).unwrap_or_default().trim().to_owned();
        let place = |import: Import| {
            let place = Evidence::new(format!("{name}:{}", import.line), line(import.line));
            ImportedAt { path: import.path, place }
        };
        let imports: Vec<ImportedAt> = imports.into_iter().map(place).collect();
        let uses = Uses::read(text, &imports);
        let told = [uses.client, uses.dials, uses.zone].into_iter().flatten();
        OwnFile { lines: told.map(|number| (number, line(number))).collect(), name, imports, uses }
    }

    /// A line that is told of, as evidence.
    pub(super) fn line(&self, number: usize) -> Option<Evidence> {
        Some(Evidence::new(format!("{}:{number}", self.name), self.lines.get(&number)?))
    }
}
