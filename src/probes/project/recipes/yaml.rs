//! As much of YAML as people write into the configuration of a tool: maps and
//! lists by indentation, lists and maps in brackets on one line, plain and
//! quoted words. What goes beyond is text.

/// How deep things may lie in each other.
const DEPTH: usize = 30;

/// No such file that somebody wrote has more lines.
const LIMIT: usize = 5000;

/// A value, with the line that it begins on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Reads a file.
    pub(super) fn parse(text: &str) -> Node {
        let lines = text.lines().take(LIMIT).enumerate().filter_map(|(index, line)| {
            let code = without_comment(line).trim_end();
            let content = code.trim_start();
            let is_code = !content.is_empty() && content != "---";
            is_code.then(|| Line { number: index + 1, depth: code.len() - content.len(), content: content.to_owned() })
        });
        let mut reader = Reader { lines: lines.collect(), next: 0 };
        let depth = reader.lines.first().map_or(0, |line| line.depth);
        reader.block(depth, 0)
    }

    /// A value of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(pairs) => pairs.iter().find(|(known, _)| known == key).map(|(_, node)| node),
            Value::Text(_) | Value::List(_) => None,
        }
    }

    /// The members of a list; a text that is not empty is a list of one.
    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Text(text) if !text.is_empty() => std::slice::from_ref(self),
            Value::Text(_) | Value::Map(_) => &[],
        }
    }

    /// A text.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }
}

struct Line {
    number: usize,
    depth: usize,
    content: String,
}

struct Reader {
    lines: Vec<Line>,
    next: usize,
}

impl Reader {
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

fn text(line: usize, text: &str) -> Node {
    Node { line, value: Value::Text(text.to_owned()) }
}

fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// `key: value`, or `key:`.
fn pair(content: &str) -> Option<(&str, &str)> {
    if content.starts_with(['[', '{']) {
        return None;
    }
    let key_end = match content.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => content[1..].find(quote)? + 2,
        None => 0,
    };
    let colon = content[key_end..].match_indices(':').map(|(at, _)| key_end + at);
    let at = colon.into_iter().find(|at| content[at + 1..].is_empty() || content[at + 1..].starts_with([' ', '\t']))?;
    Some((content[..at].trim(), content[at + 1..].trim()))
}

/// A value that stands on one line.
fn inline(line: usize, value: &str) -> Node {
    let inner = |open, close| value.strip_prefix(open)?.strip_suffix(close);
    let parts = |inner: &str| {
        inner.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    let value = if let Some(inner) = inner('[', ']') {
        Value::List(parts(inner).iter().map(|part| text(line, unquoted(part))).collect())
    } else if let Some(inner) = inner('{', '}').filter(|inner| !inner.starts_with('{')) {
        let pairs = parts(inner);
        let pairs = pairs.iter().filter_map(|part| part.split_once(':'));
        Value::Map(
            pairs.map(|(key, value)| (unquoted(key.trim()).to_owned(), text(line, unquoted(value.trim())))).collect(),
        )
    } else {
        Value::Text(unquoted(value).to_owned())
    };
    Node { line, value }
}

fn unquoted(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

fn without_comment(line: &str) -> &str {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') if before.is_whitespace() || matches!(before, '[' | ',') => quote = Some(c),
            (None, '#') if before.is_whitespace() => return &line[..at],
            _ => {}
        }
        before = c;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in one line.
    fn show(node: &Node) -> String {
        match &node.value {
            Value::Text(text) => text.clone(),
            Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join("|")),
            Value::Map(pairs) => {
                let pairs = pairs.iter().map(|(key, node)| format!("{key}={}", show(node)));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(";"))
            }
        }
    }

    #[test]
    fn maps_and_lists_are_read() {
        let text = "---\n# c\nbuilds:\n  - id: a # x\n    env:\n      - CGO_ENABLED=1\n      - 'CC={{ .Env.X }}'\n    goos: [linux, \"windows\"]\n    ignore:\n    - goos: windows\n      goarch: arm64\n    - {goos: linux, goarch: 386}\n  -\n    id: b\n    main: ./cmd/b\nenv:\n- A=b:c\nnote: |\n  x: y # kept out\n  - z\nlast: \"# no comment\"\n";
        assert_eq!(
            show(&Node::parse(text)),
            "{builds=[{id=a;env=[CGO_ENABLED=1|CC={{ .Env.X }}];goos=[linux|windows];ignore=[{goos=windows;goarch=arm64}|{goos=linux;goarch=386}]}|{id=b;main=./cmd/b}];env=[A=b:c];note=x: y\n- z;last=# no comment}"
        );
        let node = Node::parse(text);
        let env = node.get("builds").and_then(|builds| builds.items()[0].get("env")).expect("it is there");
        assert_eq!(env.items()[1].line, 7);
    }

    #[test]
    fn hostile_text_ends() {
        for text in
            ["", "- ", "-", ":", ": :", "a:\n - b\n  c\n d", "[", "{", "'", "\"a", "a: [\n b]", "\u{feff}\u{0}\u{fffd}"]
        {
            Node::parse(text);
        }
        Node::parse(&"- ".repeat(100_000));
        Node::parse(&(0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>());
    }
}
