use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use super::kind::Kind;

/// The programs that print an environment with NULs between.
const PRINTERS: [&str; 2] = ["/usr/bin/env", "/bin/env"];

/// The first of them that is there.
pub(super) fn printer() -> Option<&'static str> {
    PRINTERS.into_iter().find(|path| Path::new(path).is_file())
}

/// What stands before and after each environment in the output, so that
/// nothing else that is printed is taken for one.
pub(super) struct Marks {
    pub(super) login: (String, String),
    pub(super) interactive: (String, String),
}

impl Marks {
    pub(super) fn unguessable() -> Self {
        let pair = || (format!("<gomedic {}>", unguessable()), format!("</gomedic {}>", unguessable()));
        Marks { login: pair(), interactive: pair() }
    }
}

/// A number that nothing else prints.
pub(super) fn unguessable() -> String {
    format!("{:016x}{:016x}", RandomState::new().hash_one(1), RandomState::new().hash_one(2))
}

/// What the shell is told to do.
pub(super) struct Script<'a> {
    pub(super) kind: Kind,
    /// The shell's absolute path.
    pub(super) shell: &'a str,
    /// The absolute path of `env`.
    pub(super) printer: &'a str,
    pub(super) marks: &'a Marks,
}

impl Script<'_> {
    /// The whole command line.
    pub(super) fn argv(&self) -> Vec<String> {
        vec![self.shell.to_owned(), "-l".to_owned(), "-c".to_owned(), self.login()]
    }

    /// The command line of a shell that only runs a command.
    pub(super) fn argv_of_command(&self) -> Vec<String> {
        vec![self.shell.to_owned(), "-c".to_owned(), self.print(&self.marks.login)]
    }

    fn login(&self) -> String {
        let shell = quote(self.kind, self.shell);
        let next = quote(self.kind, &self.interactive());
        format!("{}; exec {shell} -i -c {next}", self.print(&self.marks.login))
    }

    /// Ends without ending the shell in the ordinary way: that would write
    /// its history file and run the user's exit traps.
    fn interactive(&self) -> String {
        let print = self.print(&self.marks.interactive);
        match self.kind {
            Kind::Bash | Kind::Zsh | Kind::Posix => format!("{print}; kill -KILL $$"),
            // It has no kill of its own, and keeps no history of `-c`.
            Kind::Fish => print,
        }
    }

    fn print(&self, (begin, end): &(String, String)) -> String {
        let printer = self.printer;
        format!("printf %s '{begin}'; {printer} -0; printf %s '{end}'")
    }
}

/// `text` as one word of the shell, whatever it holds.
pub(super) fn quote(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Fish => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        _ => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted() {
        assert_eq!(quote(Kind::Bash, "a'b\\c $x"), "'a'\\''b\\c $x'");
        assert_eq!(quote(Kind::Fish, "a'b\\c $x"), "'a\\'b\\\\c $x'");
    }

    #[test]
    fn marks_differ() {
        let (one, other) = (Marks::unguessable(), Marks::unguessable());
        assert_ne!(one.login, other.login);
        assert_ne!(one.login, one.interactive);
    }
}
