//! As much of YAML as people write into the configuration of a tool: maps and
//! lists by indentation, lists and maps in brackets on one line, plain and
//! quoted words. What goes beyond is text.

mod line;
mod reader;

use reader::Reader;

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
        Reader::new(text).whole()
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
