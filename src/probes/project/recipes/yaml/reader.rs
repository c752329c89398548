//! From lines to values, by indentation.

use super::line::{inline, is_item, pair, text, unquoted, without_comment};
use super::{Node, Value};

/// How deep things may lie in each other.
const DEPTH: usize = 30;

/// No such file that somebody wrote has more lines.
const LIMIT: usize = 5000;

struct Line {
    number: usize,
    depth: usize,
    content: String,
}

/// Goes through the lines from top to bottom.
pub(super) struct Reader {
    lines: Vec<Line>,
    next: usize,
}

impl Reader {
    pub(super) fn new(text: &str) -> Reader {
        let lines = text.lines().take(LIMIT).enumerate().filter_map(|(index, line)| {
            let code = without_comment(line).trim_end();
            let content = code.trim_start();
            let is_code = !content.is_empty() && content != "---";
            is_code.then(|| Line { number: index + 1, depth: code.len() - content.len(), content: content.to_owned() })
        });
        Reader { lines: lines.collect(), next: 0 }
    }

    /// All that there is.
    pub(super) fn whole(&mut self) -> Node {
        let depth = self.lines.first().map_or(0, |line| line.depth);
        self.block(depth, 0)
    }

    /// What stands at this indentation, from the next line on.
    fn block(&mut self, depth: usize, nested: usize) -> Node {
        let Some(first) = self.lines.get(self.next) else { return text(0, "") };
        let (number, content) = (first.number, first.content.clone());
        if nested > DEPTH {
            self.next += 1;
            return text(number, &content);
        }
        let value = if is_item(&content) {
            Value::List(self.list(depth, nested))
        } else if pair(&content).is_some() {
            Value::Map(self.map(depth, nested))
        } else {
            self.next += 1;
            return inline(number, &content);
        };
        Node { line: number, value }
    }

    fn list(&mut self, depth: usize, nested: usize) -> Vec<Node> {
        let mut items = Vec::new();
        while let Some(line) =
            self.lines.get_mut(self.next).filter(|line| line.depth == depth && is_item(&line.content))
        {
            let rest = line.content[1..].trim_start().to_owned();
            let number = line.number;
            if rest.is_empty() {
                self.next += 1;
                items.push(self.below(depth + 1, nested).unwrap_or_else(|| text(number, "")));
                continue;
            }
            // What follows the dash stands as deep as the lines below it.
            line.depth += line.content.len() - rest.len();
            line.content = rest;
            let inner = line.depth;
            items.push(self.block(inner, nested + 1));
        }
        items
    }

    fn map(&mut self, depth: usize, nested: usize) -> Vec<(String, Node)> {
        let mut pairs = Vec::new();
        while let Some(line) = self.lines.get(self.next).filter(|line| line.depth == depth) {
            let number = line.number;
            let Some((key, value)) = pair(&line.content) else { break };
            let (key, value) = (unquoted(key).to_owned(), value.to_owned());
            self.next += 1;
            let node = if value.is_empty() {
                // The items of a list may stand as deep as their key.
                let is_list = |line: &&Line| line.depth == depth && is_item(&line.content);
                match self.lines.get(self.next).filter(is_list) {
                    Some(_) => Some(self.block(depth, nested + 1)),
                    None => self.below(depth + 1, nested),
                }
                .unwrap_or_else(|| text(number, ""))
            } else if value.starts_with(['|', '>']) {
                self.literal(number, depth)
            } else {
                inline(number, &value)
            };
            pairs.push((key, node));
        }
        // Lines that are deeper, and belong to nothing, are passed over.
        while self.lines.get(self.next).is_some_and(|line| line.depth > depth) {
            self.next += 1;
        }
        pairs
    }

    /// What stands at least this deep.
    fn below(&mut self, least: usize, nested: usize) -> Option<Node> {
        let depth = self.lines.get(self.next).filter(|line| line.depth >= least)?.depth;
        Some(self.block(depth, nested + 1))
    }

    fn literal(&mut self, number: usize, depth: usize) -> Node {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.get(self.next).filter(|line| line.depth > depth) {
            lines.push(line.content.clone());
            self.next += 1;
        }
        text(number, &lines.join("\n"))
    }
}
