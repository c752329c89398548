use super::syntax::{Fault, Statement};

/// A statement with one word: `go 1.22`, `toolchain go1.22.3`, `use ./a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The word.
    pub value: String,
    /// The line, from 1.
    pub line: usize,
    /// The line as it stands, without its end.
    pub text: String,
}

impl Directive {
    /// The statement as a directive, unless it has not just one word.
    pub(super) fn of(statement: &Statement) -> Result<Directive, Fault> {
        match statement.words.as_slice() {
            [value] => Ok(Directive { value: value.clone(), line: statement.line, text: statement.text.clone() }),
            words => Err(Fault {
                line: statement.line,
                what: format!("'{}' takes one word and has {}", statement.verb, words.len()),
            }),
        }
    }

    /// Keeps the first directive of its kind in `place`; Go takes no second.
    pub(super) fn set(place: &mut Option<Directive>, statement: &Statement, faults: &mut Vec<Fault>) {
        match Directive::of(statement) {
            Ok(_) if place.is_some() => {
                faults.push(Fault { line: statement.line, what: format!("'{}' stands here again", statement.verb) });
            }
            Ok(directive) => *place = Some(directive),
            Err(fault) => faults.push(fault),
        }
    }
}
