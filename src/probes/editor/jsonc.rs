//! JSON with comments, as editors of the VS Code family write it, with the
//! lines on which things stand.

use jsonc_parser::ast::Value;
use jsonc_parser::{CollectOptions, parse_to_ast};

use crate::model::EDITOR_JSON;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Text(String),
    Flag(bool),
    Object(Vec<Member>),
    Array(Vec<Node>),
    Other,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) value: Node,
    /// From 1.
    pub(super) line: usize,
}

/// How deep a value is followed; settings stay far above.
const DEPTH: usize = 16;

/// Reads a document. An empty one is an empty object.
///
/// # Errors
/// The line and what is wrong there.
pub(super) fn parse(text: &str) -> Result<Node, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parsed = parse_to_ast(text, &CollectOptions::default(), &EDITOR_JSON)
        .map_err(|error| format!("line {}: {}", error.line_display(), error.kind()))?;
    let lines = Lines::of(text);
    Ok(parsed.value.map_or(Node::Object(Vec::new()), |value| Node::of(&value, &lines, 0)))
}

impl Node {
    fn of(value: &Value<'_>, lines: &Lines, depth: usize) -> Node {
        match value {
            _ if depth > DEPTH => Node::Other,
            Value::StringLit(text) => Node::Text(text.value.clone().into_owned()),
            Value::BooleanLit(flag) => Node::Flag(flag.value),
            Value::Array(array) => {
                Node::Array(array.elements.iter().map(|value| Node::of(value, lines, depth + 1)).collect())
            }
            Value::Object(object) => {
                let member = |property: &jsonc_parser::ast::ObjectProp<'_>| Member {
                    key: property.name.as_str().to_owned(),
                    value: Node::of(&property.value, lines, depth + 1),
                    line: lines.at(property.range.start),
                };
                Node::Object(object.properties.iter().map(member).collect())
            }
            _ => Node::Other,
        }
    }

    /// The member at the end of this way of keys. Of several with one name
    /// the last counts.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&Member> {
        let (first, rest) = keys.split_first()?;
        let Node::Object(members) = self else { return None };
        let member = members.iter().rev().find(|member| member.key == *first)?;
        if rest.is_empty() { Some(member) } else { member.value.get(rest) }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of an array, also of its objects with a `value`.
    pub(super) fn texts(&self) -> Vec<String> {
        let text = |node: &Node| match node.get(&["value"]) {
            Some(member) => member.value.text().map(str::to_owned),
            None => node.text().map(str::to_owned),
        };
        self.elements().iter().filter_map(text).collect()
    }

    pub(super) fn elements(&self) -> &[Node] {
        match self {
            Node::Array(elements) => elements,
            _ => &[],
        }
    }
}

/// Where lines begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_commas_and_a_byte_order_mark_are_taken() {
        let text = "\u{feff}{\r\n  // old\r\n  \"go.goroot\": \"/a\",\r\n  \"go.alternateTools\": { /* x */\r\n    \"go\": \"/b\",\r\n  },\r\n  \"go.goroot\": \"/c\",\r\n}\r\n";
        let node = parse(text).unwrap();
        let told =
            |keys: &[&str]| node.get(keys).and_then(|member| Some((member.value.text()?.to_owned(), member.line)));
        assert_eq!(told(&["go.goroot"]), Some(("/c".into(), 7)));
        assert_eq!(told(&["go.alternateTools", "go"]), Some(("/b".into(), 5)));
        assert_eq!(told(&["go.alternateTools", "dlv"]), None);
    }

    #[test]
    fn nothing_hostile_gets_through() {
        assert_eq!(parse(""), Ok(Node::Object(Vec::new())));
        assert!(parse("{\n\"a\": }").unwrap_err().starts_with("line 2"));
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("{}1{}", "[".repeat(200), "]".repeat(200))).is_ok());
        assert_eq!(parse("7").unwrap().get(&["a"]), None);
    }
}
