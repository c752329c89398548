use std::path::{Path, PathBuf};

use super::cgo_choice::{Cgo, default_cc, default_cxx};
use crate::host::Host;
use crate::model::{Context, Missing, Target};
use crate::probes::go::{Setting, Settings, View};
use crate::probes::{Fact, Probing, lookup};

/// The C and C++ compilers that Go calls, context by context.
#[derive(Debug)]
pub struct Compilers {
    found: Vec<Compiler>,
}

/// The compiler that Go calls for one language in one context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiler {
    /// The setting: `CC` or `CXX`.
    pub name: &'static str,
    /// The context.
    pub context: Context,
    /// What somebody set; None for Go's own choice.
    pub setting: Option<Setting>,
    /// Go's own choice, which it looks for to decide whether cgo is on.
    pub default: &'static str,
    /// True when the context's PATH has Go's own choice.
    pub has_default: bool,
    /// Another compiler of the same language on that PATH, where Go's own
    /// choice is not: Go does not look for it.
    pub other: Option<&'static str>,
    /// Why it cannot be called; None when it can.
    pub fault: Option<CallFault>,
    /// The program that is called, as PATH or the setting names it; None when
    /// none is.
    pub program: Option<PathBuf>,
    /// Whether Go uses cgo in this context.
    pub cgo: Cgo,
}

/// C compilers of a machine under names that Go does not look for.
pub const OTHER_C: [&str; 9] = ["clang", "cc", "gcc-16", "gcc-15", "gcc-14", "gcc-13", "gcc-12", "gcc-11", "musl-gcc"];

/// C++ compilers under names that Go does not look for.
const OTHER_CXX: [&str; 8] = ["clang++", "c++", "g++-16", "g++-15", "g++-14", "g++-13", "g++-12", "g++-11"];

/// Why a compiler cannot be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallFault {
    /// The command names nothing that runs.
    Nothing(String),
    /// A path that is not absolute, which Go refuses.
    Relative(String),
    /// A value that begins with this quote and does not end with it.
    OpenQuote(char),
}

impl Fact for Compilers {
    const ID: &'static str = "c-compilers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let settings = probing.get::<Settings>()?;
        let of = |name| settings.views().map(move |(context, view)| Compiler::read(host, name, context, view));
        Ok(Compilers { found: of("CC").chain(of("CXX")).collect() })
    }
}

impl Compilers {
    /// All of them: C before C++, contexts in the order in which they are shown.
    pub fn all(&self) -> impl Iterator<Item = &Compiler> {
        self.found.iter()
    }

    /// The C compilers.
    pub fn c(&self) -> impl Iterator<Item = &Compiler> {
        self.found.iter().filter(|compiler| compiler.name == "CC")
    }
}

impl Compiler {
    fn read(host: &dyn Host, name: &'static str, context: Context, view: &View) -> Compiler {
        let goos = host.machine().goos();
        let default = if name == "CC" { default_cc(goos) } else { default_cxx(goos) };
        let own_choice = lookup(host, default, view.environment());
        let has_default = own_choice.is_some();
        let find = |names: &'static [&'static str]| {
            names.iter().copied().find(|other| lookup(host, other, view.environment()).is_some())
        };
        let other = if has_default { None } else { find(if name == "CC" { &OTHER_C } else { &OTHER_CXX }) };
        let setting = view.get(name);
        let called = match &setting {
            Some(setting) => call(host, &setting.value, view),
            None => own_choice.map(Some).ok_or_else(|| CallFault::Nothing(default.to_owned())),
        };
        let (program, fault) = match called {
            Ok(program) => (program, None),
            Err(fault) => (None, Some(fault)),
        };
        let cgo = Cgo::of(host, view, &Target::new(view.value("GOOS"), view.value("GOARCH")));
        Compiler { name, context, setting, default, has_default, other, fault, program, cgo }
    }
}

/// The program that a setting calls; None for a setting of blanks.
fn call(host: &dyn Host, value: &str, view: &View) -> Result<Option<PathBuf>, CallFault> {
    let Some(command) = first_word(value).map_err(CallFault::OpenQuote)? else { return Ok(None) };
    let path = Path::new(command);
    let program = if path.is_absolute() {
        host.is_executable(path).then(|| path.to_owned())
    } else if command.contains('/') {
        return Err(CallFault::Relative(command.to_owned()));
    } else {
        lookup(host, command, view.environment())
    };
    program.map(Some).ok_or_else(|| CallFault::Nothing(command.to_owned()))
}

/// The first word of a command, as Go splits it: a word that begins with a
/// quote reaches to the next one. None when there is no word; the quote when
/// it is not closed.
fn first_word(value: &str) -> Result<Option<&str>, char> {
    let value = value.trim_start_matches([' ', '\t', '\n', '\r']);
    match value.chars().next() {
        Some(quote @ ('\'' | '"')) => value[1..].split_once(quote).map(|(word, _)| Some(word)).ok_or(quote),
        _ => Ok(value.split([' ', '\t', '\n', '\r']).next().filter(|word| !word.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_split_as_go_splits_them() {
        assert_eq!(first_word("gcc -m32"), Ok(Some("gcc")));
        assert_eq!(first_word(" '/opt/my cc/gcc' -O2"), Ok(Some("/opt/my cc/gcc")));
        assert_eq!(first_word("\"zig\" cc"), Ok(Some("zig")));
        assert_eq!(first_word("'gcc -m32"), Err('\''));
        assert_eq!(first_word("  \t"), Ok(None));
        assert_eq!(first_word("g\u{e9}\u{fffd}"), Ok(Some("g\u{e9}\u{fffd}")));
    }
}
