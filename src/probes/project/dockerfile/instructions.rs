//! A Dockerfile's instructions: continuation lines joined, comments dropped,
//! here-documents taken off.

use crate::probes::project::script::{Text, raw_words};

/// No Dockerfile that somebody wrote has more instructions.
const LIMIT: usize = 1000;

/// One instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instruction {
    /// The line it begins on, from 1.
    pub(super) line: usize,
    /// The verb in capitals: `RUN`.
    pub(super) verb: String,
    /// What follows the verb.
    pub(super) text: Text,
    /// The here-documents behind it, in order.
    pub(super) documents: Vec<Text>,
}

/// The instructions of a file. None for what BuildKit's own front end does
/// not read, or what nobody wrote by hand.
pub(super) fn instructions(text: &str) -> Option<Vec<Instruction>> {
    if text.contains('\0') {
        return None;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let escape = escape(&lines)?;
    let mut found: Vec<Instruction> = Vec::new();
    let mut next = 0;
    while let Some(first) = lines.get(next) {
        if is_passed_over(first) {
            next += 1;
            continue;
        }
        if found.len() == LIMIT {
            return None;
        }
        let line = next + 1;
        let mut joined = Text::default();
        while let Some(piece) = lines.get(next) {
            next += 1;
            if !joined.is_empty() && is_passed_over(piece) {
                continue;
            }
            let (piece, goes_on) = continued(piece, escape);
            joined.push(piece, next);
            if !goes_on {
                break;
            }
        }
        let (verb, text) = joined.split_first_word();
        let mut instruction = Instruction { line, verb: verb.to_ascii_uppercase(), text, documents: Vec::new() };
        for mark in marks(&instruction) {
            let (document, end) = mark.document(&lines, next)?;
            instruction.documents.push(document);
            next = end;
        }
        found.push(instruction);
    }
    Some(found)
}

fn is_passed_over(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The escape character that the directives at the top choose. None where
/// they choose another language than Docker's own.
fn escape(lines: &[&str]) -> Option<char> {
    let mut escape = '\\';
    for line in lines {
        let Some((key, value)) = line.trim_start().strip_prefix('#').and_then(|rest| rest.split_once('=')) else {
            break;
        };
        match (key.trim().to_ascii_lowercase().as_str(), value.trim()) {
            ("escape", "`") => escape = '`',
            ("syntax", image) if !image.trim_start_matches("docker.io/").starts_with("docker/dockerfile") => {
                return None;
            }
            ("escape" | "syntax" | "check", _) => {}
            _ => break,
        }
    }
    Some(escape)
}

/// A line without its continuation mark, and whether it had one. A doubled
/// mark stands for itself.
fn continued(line: &str, escape: char) -> (&str, bool) {
    match line.trim_end_matches([' ', '\t']).strip_suffix(escape) {
        Some(rest) if !rest.ends_with(escape) => (rest, true),
        _ => (line, false),
    }
}

/// The beginning of a here-document: `<<EOF`, `<<-"EOF"`.
struct Mark {
    name: String,
    has_tabs: bool,
}

fn marks(instruction: &Instruction) -> Vec<Mark> {
    let text = instruction.text.as_str();
    let (verb, text) = match instruction.verb.as_str() {
        "ONBUILD" => text.split_once([' ', '\t']).unwrap_or((text, "")),
        verb => (verb, text),
    };
    if !["RUN", "COPY", "ADD"].iter().any(|known| verb.eq_ignore_ascii_case(known)) {
        return Vec::new();
    }
    raw_words(text).into_iter().filter_map(|(_, word)| Mark::parse(word)).collect()
}

impl Mark {
    fn parse(word: &str) -> Option<Mark> {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("<<")?;
        let (has_tabs, name) = rest.strip_prefix('-').map_or((false, rest), |name| (true, name));
        let name = name.trim_matches(['"', '\'']);
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        is_name.then(|| Mark { name: name.to_owned(), has_tabs })
    }

    /// The document that begins on this line, and the line behind it. None
    /// when it has no end: Docker refuses the file then.
    fn document(&self, lines: &[&str], first: usize) -> Option<(Text, usize)> {
        let mut document = Text::default();
        for (index, line) in lines.iter().enumerate().skip(first) {
            let line = if self.has_tabs { line.trim_start_matches('\t') } else { line };
            if line == self.name {
                return Some((document, index + 1));
            }
            document.push(line, index + 1);
            document.push("\n", index + 1);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String, String)> {
        let found = instructions(text).expect("it can be read");
        found.into_iter().map(|it| (it.line, it.verb, it.text.as_str().to_owned())).collect()
    }

    #[test]
    fn continuation_lines_are_joined_and_comments_in_them_dropped() {
        let text = "\u{feff}from a\r\nRUN one && \\  \r\n# a comment \\\r\n\r\n   # another\r\n  two \\\\\r\nCMD x";
        assert_eq!(
            read(text),
            [
                (1, "FROM".into(), "a".into()),
                (2, "RUN".into(), "one &&   two \\\\".into()),
                (7, "CMD".into(), "x".into())
            ]
        );
        let run = &instructions(text).unwrap()[1];
        assert_eq!(run.text.line_at(run.text.as_str().find("two").unwrap()), 6);
    }

    #[test]
    fn directives_choose_the_escape_character() {
        assert_eq!(read("# escape=`\nRUN a `\n b\nRUN c\\\n").len(), 2);
        assert_eq!(read("# note\n# escape=`\nRUN a \\\n b").len(), 1);
        assert_eq!(read("# syntax=docker/dockerfile:1\nFROM a").len(), 1);
        assert_eq!(
            instructions("# syntax=docker.io/docker/dockerfile:1-labs\nFROM a").map(|found| found.len()),
            Some(1)
        );
        assert_eq!(instructions("# syntax=example.com/other:1\nFROM a"), None);
    }

    #[test]
    fn here_documents_belong_to_their_instruction() {
        let found =
            instructions("RUN <<EOF bash\ngo build\nEOF\nCOPY <<-'A' <<B /x/\n\tone\n\tA\nFROM no\nB\nFROM yes")
                .unwrap();
        let verbs: Vec<_> = found.iter().map(|it| (it.line, it.verb.as_str(), it.documents.len())).collect();
        assert_eq!(verbs, [(1, "RUN", 1), (4, "COPY", 2), (9, "FROM", 0)]);
        assert_eq!(found[0].documents[0].as_str(), "go build\n");
        assert_eq!(found[0].documents[0].line_at(3), 2);
        assert_eq!(found[1].documents[0].as_str(), "one\n");
        assert_eq!(read("ONBUILD RUN <<E\nFROM a\nE\n").len(), 1);
        assert_eq!(read("RUN cat <<<EOF\nENV A=<<B\n").len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        assert_eq!(instructions("FROM a\nRUN <<EOF\nnever ends\n"), None);
        assert_eq!(instructions("FROM a\0"), None);
        assert_eq!(instructions(&"RUN x\n".repeat(LIMIT + 1)), None);
        assert_eq!(read("\\\n\\\n\\"), [(1, String::new(), String::new())]);
        assert!(read("").is_empty() && read("\r\n#\n  # x").is_empty());
        assert_eq!(read(&format!("RUN x\\\n{}", "y\\\n".repeat(50_000))).len(), 1);
    }
}
