//! Fixes of one entry of PATH, in the lines that spell it.

use super::{comment_out, replace_line};
use crate::host::Machine;
use crate::model::Fix;
use crate::probes::shell::{Form, RcFiles, Writer};

/// The variables that PATH is set by: zsh and fish have lists that go with it.
const NAMES: [&str; 3] = ["PATH", "path", "fish_user_paths"];

/// A line of a start file that spells an entry of PATH.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// The line.
    pub writer: Writer,
    start: usize,
    end: usize,
}

/// The lines that spell this entry, in the order in which a shell comes to
/// them. A line that spells it twice is left out: which one is meant cannot be
/// told.
#[must_use]
pub fn spellings(rc: &RcFiles, entry: &str) -> Vec<Spelling> {
    let words = words_for(rc.machine(), entry);
    let mut found: Vec<Spelling> = Vec::new();
    for writer in NAMES.iter().flat_map(|name| rc.writers(name)) {
        let known = found.iter().any(|other| other.writer.path == writer.path && other.writer.line == writer.line);
        let places: Vec<(usize, usize)> = words.iter().flat_map(|word| places_of(&writer.text, word)).collect();
        if let ([(start, end)], false) = (places.as_slice(), known) {
            found.push(Spelling { start: *start, end: *end, writer });
        }
    }
    found
}

/// How people write a folder.
fn words_for(machine: &Machine, entry: &str) -> Vec<String> {
    let home = machine.user.home.as_ref().and_then(|home| home.to_str());
    let below = home.and_then(|home| entry.strip_prefix(home)).filter(|rest| rest.starts_with('/'));
    let shorter = below.into_iter().flat_map(|rest| ["$HOME", "${HOME}", "~"].map(|home| format!("{home}{rest}")));
    [entry.to_owned()].into_iter().chain(shorter).filter(|word| !word.is_empty()).collect()
}

/// Where a word stands as an entry by itself.
fn places_of(line: &str, word: &str) -> Vec<(usize, usize)> {
    let is_edge = |c: char| ":\"' \t;()\r".contains(c);
    let whole = |start: usize| {
        let before = line[..start].chars().next_back();
        let behind = line[start + word.len()..].chars().next();
        before.is_none_or(|c| is_edge(c) || c == '=') && behind.is_none_or(is_edge)
    };
    line.match_indices(word)
        .map(|(start, _)| start)
        .filter(|start| whole(*start))
        .map(|at| (at, at + word.len()))
        .collect()
}

impl Spelling {
    /// The entry as the line writes it.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.writer.text[self.start..self.end]
    }

    /// What stands behind the entry.
    #[must_use]
    pub fn behind(&self) -> &str {
        &self.writer.text[self.end..]
    }

    /// True when quotation marks of this kind are on the line.
    #[must_use]
    pub fn is_quoted_with(&self, mark: char) -> bool {
        self.writer.text.contains(mark)
    }

    /// True for a line that the user wrote, without a condition: a
    /// distribution's files, those that tools make, and shared dotfiles name
    /// folders that are not everywhere, and look before they add one.
    #[must_use]
    pub fn is_of_user(&self) -> bool {
        let text = self.writer.text.as_str();
        let conditional = text.starts_with([' ', '\t']) || text.contains("&&") || text.contains("||");
        self.writer.own && !conditional
    }

    /// Writes something else in its place.
    #[must_use]
    pub fn replaced(&self, title: impl Into<String>, with: &str) -> Fix {
        let text = &self.writer.text;
        let line = format!("{}{with}{}", &text[..self.start], &text[self.end..]);
        replace_line(title, &self.writer, line)
    }

    /// Takes it out: the line goes when nothing else is on it. None for a line
    /// that is too clever.
    #[must_use]
    pub fn removed(&self, why: &str) -> Option<Fix> {
        if self.adds_nothing_else() {
            return Some(comment_out(&self.writer, why));
        }
        let (before, behind) = (&self.writer.text[..self.start], &self.writer.text[self.end..]);
        let line = match (before.strip_suffix(':'), behind.strip_prefix(':')) {
            (_, Some(behind)) => format!("{before}{behind}"),
            (Some(before), None) => format!("{before}{behind}"),
            (None, None) => return None,
        };
        let title = format!("Take {} out of {}", self.word(), self.writer.place());
        (self.writer.form != Form::FishVariables).then(|| replace_line(title, &self.writer, line))
    }

    /// True when the line is there for this entry alone.
    #[must_use]
    pub fn adds_nothing_else(&self) -> bool {
        let (before, behind) = (&self.writer.text[..self.start], &self.writer.text[self.end..]);
        let rest = format!("{before} {behind}");
        let rest = rest.split('#').next().unwrap_or_default();
        let mut words = rest
            .split(|c: char| c.is_whitespace() || ":\"';=()".contains(c))
            .filter(|word| !word.is_empty() && !word.starts_with('-'));
        words.all(|word| {
            ["export", "PATH", "$PATH", "${PATH}", "path", "$path", "set", "fish_add_path", "typeset"].contains(&word)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_only_as_a_whole() {
        for (line, word, found) in [
            ("export PATH=$PATH:/opt/go/bin", "/opt/go/bin", 1),
            ("export PATH=\"/opt/go/bin:$PATH\"", "/opt/go/bin", 1),
            ("export PATH=$PATH:/opt/go/bin2", "/opt/go/bin", 0),
            ("export PATH=$PATH:/x/opt/go/bin", "/opt/go/bin", 0),
            ("PATH=/a:/b:/a", "/a", 2),
            ("set -gx PATH /opt/go/bin $PATH", "/opt/go/bin", 1),
            ("path=(/opt/go/bin $path)", "/opt/go/bin", 1),
            ("export PATH=ü/a:/a", "/a", 1),
        ] {
            assert_eq!(places_of(line, word).len(), found, "{line}");
        }
    }
}
