//! What is wrong with the settings of a file, judged as WSL judges them.

use super::Dialect;
use super::keys::Kind;
use super::syntax::{Entry, Syntax};

/// Something wrong with one setting. WSL goes on behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueFault {
    /// The setting.
    pub entry: Entry,
    /// What is wrong with it.
    pub kind: ValueFaultKind,
}

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueFaultKind {
    /// WSL knows no such setting; the nearest that it knows, as written in
    /// the file's own section or with another.
    Unknown(Option<&'static str>),
    /// It belongs into the other file.
    OtherFile,
    /// Its value is not of the kind that it must be.
    Value(Kind),
    /// It stands there already, on that line; the first counts.
    Duplicate(usize),
    /// WSL takes it and says nothing, but escapes have changed the path.
    SilentEscape,
}

/// Looks at what the parser reads: up to the first bad line, where that ends
/// it.
pub(super) fn lint(syntax: &Syntax, dialect: Dialect) -> Vec<ValueFault> {
    let read = dialect.read(syntax);
    let mut faults = Vec::new();
    for (at, entry) in read.iter().enumerate() {
        let mut found = |kind| faults.push(ValueFault { entry: (*entry).clone(), kind });
        let Some(key) = dialect.key(&entry.name) else {
            found(match dialect.other().key(&entry.name) {
                Some(_) => ValueFaultKind::OtherFile,
                None => ValueFaultKind::Unknown(nearest(&entry.name, dialect)),
            });
            continue;
        };
        if let Some(first) = read[..at].iter().find(|earlier| key.is_named(&earlier.name)) {
            found(ValueFaultKind::Duplicate(first.line));
        } else if !key.kind.takes(&entry.value) {
            found(ValueFaultKind::Value(key.kind));
        } else if key.kind == Kind::Path && has_control(&entry.value) {
            found(ValueFaultKind::SilentEscape);
        }
    }
    faults
}

fn has_control(value: &str) -> bool {
    value.chars().any(|c| matches!(c, '\t' | '\n' | '\u{8}'))
}

/// The known setting that is written most alike: one that lacks its section
/// first, then one with few letters exchanged.
fn nearest(name: &str, dialect: Dialect) -> Option<&'static str> {
    let keys = || dialect.keys().iter().map(|key| key.name);
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let plain = last(name);
    keys().find(|known| last(known) == plain).or_else(|| {
        let distance = |known: &str| strsim::damerau_levenshtein(&last(known), &plain);
        keys().filter(|known| distance(known) <= 2).min_by_key(|known| distance(known))
    })
}

impl std::fmt::Display for ValueFault {
    /// In the words of WSL, where it has any.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Entry { name, value, .. } = &self.entry;
        match &self.kind {
            ValueFaultKind::Unknown(_) | ValueFaultKind::OtherFile => write!(f, "Unknown key '{name}'"),
            ValueFaultKind::Value(Kind::Boolean) => write!(f, "Invalid boolean value '{value}' for key '{name}'"),
            ValueFaultKind::Value(Kind::Integer) => write!(f, "Invalid integer value '{value}' for key '{name}'"),
            ValueFaultKind::Value(Kind::Memory) => {
                write!(f, "Invalid memory string '{value}' for .wslconfig entry '{name}'")
            }
            ValueFaultKind::Value(_) => write!(f, "Invalid value '{value}' for config key '{name}'"),
            ValueFaultKind::Duplicate(_) => write!(f, "Duplicated config key '{name}'"),
            ValueFaultKind::SilentEscape => write!(f, "escapes change the path of '{name}'"),
        }
    }
}
