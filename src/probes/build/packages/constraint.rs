//! Build constraints, as Go reads them.

/// How large an expression may be; Go refuses larger ones.
const SIZE_LIMIT: usize = 1000;

/// The condition under which a file is a part of its package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Constraint {
    /// A tag is set.
    Tag(String),
    /// Something is not so.
    Not(Box<Constraint>),
    /// All of these.
    All(Vec<Constraint>),
    /// One of these.
    Any(Vec<Constraint>),
}

/// An expression that Go cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

impl Constraint {
    /// Reads what stands behind `//go:build`.
    pub(crate) fn parse(text: &str) -> Result<Constraint, Unreadable> {
        let mut parser = Parser { rest: text.trim(), size: 0 };
        let found = parser.any()?;
        if parser.rest.is_empty() { Ok(found) } else { Err(Unreadable) }
    }

    /// Reads what stands behind `// +build`: words of which one must hold,
    /// each of them tags with commas, which must all hold. A word that is no
    /// tag never holds.
    pub(crate) fn parse_plus(text: &str) -> Constraint {
        let tag = |text: &str| match text.strip_prefix('!') {
            Some(name) if is_tag(name) => Constraint::Not(Box::new(Constraint::Tag(name.to_owned()))),
            _ => Constraint::Tag(if is_tag(text) { text } else { "ignore" }.to_owned()),
        };
        let word = |text: &str| Constraint::All(text.split(',').map(tag).collect());
        let words: Vec<_> = text.split_whitespace().map(word).collect();
        if words.is_empty() { Constraint::Tag("ignore".to_owned()) } else { Constraint::Any(words) }
    }

    /// Whether it holds where `is_set` tells which tags are set.
    pub(crate) fn holds(&self, is_set: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Constraint::Tag(name) => is_set(name),
            Constraint::Not(inner) => !inner.holds(is_set),
            Constraint::All(parts) => parts.iter().all(|part| part.holds(is_set)),
            Constraint::Any(parts) => parts.iter().any(|part| part.holds(is_set)),
        }
    }

    /// True when somewhere it asks that a tag is not set.
    pub(crate) fn denies(&self, tag: &str) -> bool {
        match self {
            Constraint::Tag(_) => false,
            Constraint::Not(inner) => matches!(&**inner, Constraint::Tag(name) if name == tag) || inner.denies(tag),
            Constraint::All(parts) | Constraint::Any(parts) => parts.iter().any(|part| part.denies(tag)),
        }
    }
}

fn is_tag(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_part_of_tag)
}

fn is_part_of_tag(c: char) -> bool {
    c.is_alphabetic() || c.is_numeric() || matches!(c, '_' | '.')
}

/// Reads an expression from its front. Each step back into `any` takes a
/// bracket, and the size bounds the brackets.
struct Parser<'t> {
    rest: &'t str,
    size: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Constraint, Unreadable> {
        self.list("||", Parser::all, Constraint::Any)
    }

    fn all(&mut self) -> Result<Constraint, Unreadable> {
        self.list("&&", Parser::not, Constraint::All)
    }

    fn list(
        &mut self,
        operator: &str,
        part: fn(&mut Self) -> Result<Constraint, Unreadable>,
        join: fn(Vec<Constraint>) -> Constraint,
    ) -> Result<Constraint, Unreadable> {
        let first = part(self)?;
        let mut more = Vec::new();
        while self.takes(operator) {
            more.push(part(self)?);
        }
        if more.is_empty() {
            return Ok(first);
        }
        more.insert(0, first);
        Ok(join(more))
    }

    fn not(&mut self) -> Result<Constraint, Unreadable> {
        self.size += 1;
        if self.size > SIZE_LIMIT {
            return Err(Unreadable);
        }
        if !self.takes("!") {
            return self.atom();
        }
        // Go takes no double negation.
        if self.takes("!") { Err(Unreadable) } else { Ok(Constraint::Not(Box::new(self.atom()?))) }
    }

    fn atom(&mut self) -> Result<Constraint, Unreadable> {
        if self.takes("(") {
            let inner = self.any()?;
            return if self.takes(")") { Ok(inner) } else { Err(Unreadable) };
        }
        let end = self.rest.find(|c| !is_part_of_tag(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start_matches([' ', '\t']);
        if name.is_empty() { Err(Unreadable) } else { Ok(Constraint::Tag(name.to_owned())) }
    }

    /// Passes over a token, if it stands next.
    fn takes(&mut self, token: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(token) else { return false };
        self.rest = rest.trim_start_matches([' ', '\t']);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> Option<bool> {
        let set = |tag: &str| ["linux", "amd64", "cgo", "go1.21", "unix", "ü"].contains(&tag);
        Constraint::parse(text).ok().map(|found| found.holds(&set))
    }

    #[test]
    fn operators_bind_as_in_go() {
        for (text, expected) in [
            ("linux", true),
            ("linux && !cgo", false),
            ("windows || linux && amd64", true),
            ("(windows || linux) && !amd64", false),
            ("!(windows || darwin)", true),
            ("!windows&&!darwin", true),
            ("go1.21 && !go1.22", true),
            ("  ( ( linux ) )\t", true),
            ("ü", true),
        ] {
            assert_eq!(holds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for text in
            ["", "!", "!!linux", "linux amd64", "linux &&", "(linux", "linux)", "linux & amd64", "linux // x", "a,b"]
        {
            assert_eq!(holds(text), None, "{text}");
        }
        assert_eq!(holds(&"(".repeat(100_000)), None);
        assert_eq!(holds(&"linux||".repeat(100_000)), None);
        assert_eq!(holds(&format!("{}linux{}", "(".repeat(900), ")".repeat(900))), Some(true));
    }

    #[test]
    fn old_lines_are_alternatives_of_comma_lists() {
        let set = |tag: &str| ["linux", "cgo"].contains(&tag);
        for (text, expected) in [
            ("linux", true),
            ("windows darwin", false),
            ("windows linux,cgo", true),
            ("linux,!cgo", false),
            ("!windows", true),
            ("!!linux", false),
            ("linux&&cgo", false),
            ("", false),
        ] {
            assert_eq!(Constraint::parse_plus(text).holds(&set), expected, "{text}");
        }
    }

    #[test]
    fn twins_are_told() {
        let denies = |text: &str| Constraint::parse(text).is_ok_and(|found| found.denies("cgo"));
        assert!(denies("linux && !cgo") && denies("(!cgo || windows) && go1.21"));
        assert!(!denies("cgo") && !denies("!linux"));
    }
}
