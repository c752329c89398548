//! Variables of a Makefile.

use std::collections::BTreeMap;

/// How deep variables name others.
const DEPTH: usize = 8;

/// The longest text that variables are put into.
const LENGTH: usize = 16 * 1024;

/// What a Makefile says of its variables, outside of rules.
#[derive(Debug, Default)]
pub(super) struct Variables {
    /// The values with the line of each; None where there are several.
    values: BTreeMap<String, Option<(usize, String)>>,
    exported: Vec<String>,
    exports_all: bool,
}

impl Variables {
    /// Reads a line, with its number. False when it sets no variable.
    pub(super) fn read(&mut self, number: usize, line: &str) -> bool {
        let (line, is_export) = match line.strip_prefix("export") {
            Some("") => {
                self.exports_all = true;
                return true;
            }
            Some(rest) if rest.starts_with([' ', '\t']) => (rest.trim(), true),
            _ => (line.strip_prefix("override ").unwrap_or(line).trim(), false),
        };
        let Some((name, value)) = assignment(line) else {
            if is_export {
                self.exported.extend(line.split_whitespace().map(str::to_owned));
            }
            return is_export;
        };
        if is_export {
            self.exported.push(name.to_owned());
        }
        let value = Some((number, value.to_owned()));
        // Which of several is in effect hangs on conditions.
        self.values.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(value);
        true
    }

    /// A variable that recipes see in their environment.
    pub(super) fn exported(&self) -> impl Iterator<Item = (&str, usize, String)> {
        let is_exported = |name: &str| self.exports_all || self.exported.iter().any(|known| known == name);
        let known = self.values.iter().filter(move |(name, _)| is_exported(name));
        known.map(|(name, value)| match value {
            Some((line, value)) => (name.as_str(), *line, self.expand(value)),
            None => (name.as_str(), 0, "$".to_owned()),
        })
    }

    /// A text with the variables that are known in their places; others stay
    /// as they are.
    pub(super) fn expand(&self, text: &str) -> String {
        self.expand_to(text, DEPTH)
    }

    fn expand_to(&self, text: &str, depth: usize) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('$') {
            out.push_str(before);
            rest = behind;
            if let Some(behind) = rest.strip_prefix('$') {
                // What the shell sees.
                out.push('$');
                rest = behind;
                continue;
            }
            let close = match rest.chars().next() {
                Some('(') => ')',
                Some('{') => '}',
                _ => {
                    out.push('$');
                    continue;
                }
            };
            let name = rest[1..].split_once(close).map_or("", |(name, _)| name);
            match self.values.get(name).filter(|_| depth > 0 && out.len() < LENGTH) {
                Some(Some((_, value))) => {
                    out.push_str(&self.expand_to(value, depth - 1));
                    rest = &rest[name.len() + 2..];
                }
                _ => out.push('$'),
            }
        }
        out.push_str(rest);
        out
    }
}

/// `NAME = value` in all its forms.
pub(super) fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end_matches([':', '?']).trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    is_name.then(|| (name, value.split(" #").next().unwrap_or_default().trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_replaced_and_exported() {
        let mut variables = Variables::default();
        for (index, line) in ["GO ?= go", "F := -o $(OUT)", "OUT=app", "export CC = x", "A = 1", "A = 2", "export OUT"]
            .iter()
            .enumerate()
        {
            assert!(variables.read(index + 1, line), "{line}");
        }
        assert_eq!(
            variables.expand("$(GO) build $(F) $$x ${A} $(shell a) $@"),
            "go build -o app $x ${A} $(shell a) $@"
        );
        let exported: Vec<_> = variables.exported().collect();
        assert_eq!(exported, [("CC", 4, "x".to_owned()), ("OUT", 3, "app".to_owned())]);
        assert!(!variables.read(9, "all: app") && !variables.read(9, "a b = c"));
    }

    #[test]
    fn variables_that_name_themselves_end() {
        let mut variables = Variables::default();
        variables.read(1, "A = $(A)$(A)$(B)");
        variables.read(2, "B = $(A)$(A)");
        assert!(variables.expand("$(A)").len() < 1024 * 1024);
        assert_eq!(variables.expand("$( ${ $"), "$( ${ $");
    }
}
