use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use regex_lite::Regex;

use super::rc_files::StartFiles;
use super::{Form, RcFile, ShellKind, script};
use crate::host::{Host, Output, Program};
use crate::model::{Missing, Reason};
use crate::probes::{Fact, Probing};

/// How many files the parser is asked about: the ones that the shell reads by
/// itself come first.
const FILE_LIMIT: usize = 8;

/// How long the parser may take for one file.
const DEADLINE: Duration = Duration::from_secs(3);

/// What the shell's own parser says of the user's start files. Nothing in
/// them is run.
#[derive(Debug)]
pub struct RcSyntax {
    /// The family of the shell.
    pub shell: ShellKind,
    /// The shell's path, as it was called.
    pub program: String,
    /// The files that were looked at, in the order in which they are read.
    pub files: Vec<(PathBuf, Parsed)>,
}

/// What the parser says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed {
    /// It can be read.
    Sound,
    /// It cannot.
    Broken(SyntaxError),
    /// The parser was of no use.
    Unknown(Missing),
}

/// Where a parser stops, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The file for people.
    pub name: String,
    /// The line, from 1; one behind the last for something that is never
    /// finished.
    pub line: usize,
    /// The text of that line; None behind the last.
    pub text: Option<String>,
    /// The parser's words, without the place.
    pub message: String,
    /// Where what is never finished begins, with the text of that line, when
    /// the parser names the end of the file only.
    pub begun: Option<(usize, String)>,
}

impl Fact for RcSyntax {
    const ID: &'static str = "rc-syntax";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        // Its own programs start with the first one, not behind a shell.
        let StartFiles(rc) = &*probing.get::<StartFiles>()?;
        let program = host.machine().user.shell.clone();
        let program = program
            .as_ref()
            .and_then(|path| path.to_str())
            .filter(|path| path.starts_with('/'))
            .ok_or_else(|| Missing::absent("the user has no login shell"))?
            .to_owned();
        let shell = rc.shell();
        let files: Vec<&RcFile> = rc.files.iter().filter(|file| is_judged(file)).take(FILE_LIMIT).collect();
        // All at once: each takes as long as the shell needs to start.
        let parsed = std::thread::scope(|scope| {
            let asked: Vec<_> = files.iter().map(|file| scope.spawn(|| ask(host, shell, &program, file))).collect();
            asked.into_iter().map(|one| one.join().unwrap_or_else(|_| Parsed::Unknown(lost()))).collect::<Vec<_>>()
        });
        let files = files.into_iter().map(|file| file.path.clone()).zip(parsed).collect();
        Ok(RcSyntax { shell, program, files })
    }
}

fn lost() -> Missing {
    Missing::failed("asking the shell's parser failed inside")
}

/// Scripts that the user can repair. Those of the system serve everybody, and
/// would have been noticed.
fn is_judged(file: &RcFile) -> bool {
    file.own && matches!(file.form, Form::Posix | Form::Fish) && file.text.is_ok()
}

fn ask(host: &dyn Host, shell: ShellKind, program: &str, file: &RcFile) -> Parsed {
    let text = file.text.as_deref().unwrap_or_default();
    let Some(path) = file.path.to_str() else {
        return Parsed::Unknown(Missing::failed(format!("{}: its name is not UTF-8", file.name)));
    };
    let mut argv = vec![program.to_owned()];
    argv.extend(flags(shell, text).into_iter().map(str::to_owned));
    argv.push(path.to_owned());
    let mut command = Program::new(argv).env("LC_ALL", "C.UTF-8");
    command.deadline = Some(DEADLINE);
    match host.run(&command) {
        Ok(output) if output.success() => Parsed::Sound,
        Ok(output) => judge(&output, file, text, &command),
        Err(missing) => Parsed::Unknown(missing),
    }
}

/// What makes the shell parse and not run.
fn flags(shell: ShellKind, text: &str) -> Vec<&'static str> {
    match shell {
        // A file that switches extended patterns on uses them further down,
        // and `-n` does not run the line that does so.
        ShellKind::Bash if text.contains("extglob") => vec!["-O", "extglob", "-n"],
        ShellKind::Bash | ShellKind::Posix => vec!["-n"],
        // Without -f it would read the user's other files first.
        ShellKind::Zsh => vec!["-f", "-n"],
        ShellKind::Fish => vec!["--no-execute"],
    }
}

fn judge(output: &Output, file: &RcFile, text: &str, command: &Program) -> Parsed {
    let Some((line, message)) = place(&output.stderr, &file.path) else {
        let said = output.stderr.lines().next().unwrap_or("nothing");
        let code = output.code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
        let detail = format!("{} ended with {code} and said: {said}", command.line());
        return Parsed::Unknown(Missing::new(Reason::Failed, detail));
    };
    let line_text = |line: usize| text.lines().nth(line.saturating_sub(1)).map(str::to_owned);
    let mut error = SyntaxError { name: file.name.clone(), line, text: line_text(line), message, begun: None };
    if file.form == Form::Posix && !error.is_about_its_line() {
        error.begun = script::left_open(text).and_then(|line| Some((line, line_text(line)?)));
    }
    Parsed::Broken(error)
}

/// `FILE: line 3: …` (bash, ash), `FILE:3: …` (zsh), `FILE: 3: …` (dash),
/// `FILE[3]: …` (ksh), `FILE (line 3): …` (fish).
static PLACE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:: ?(?:line )?(\d+): ?|\[(\d+)\]: ?|.* \(line (\d+)\): )(.+)").ok());

/// The first place that a parser names, and what it says of it.
fn place(stderr: &str, path: &Path) -> Option<(usize, String)> {
    let regex = PLACE.as_ref()?;
    stderr.lines().find_map(|line| {
        // fish writes `~` for the home folder.
        let rest = path.to_str().and_then(|path| line.strip_prefix(path)).unwrap_or(line);
        let found = regex.captures(rest)?;
        let number = found.get(1).or_else(|| found.get(2)).or_else(|| found.get(3))?.as_str().parse().ok()?;
        Some((number, found.get(4)?.as_str().trim().to_owned()))
    })
}

impl SyntaxError {
    /// True when the parser stumbled over a word of that line, and not over
    /// the end of the file.
    #[must_use]
    pub fn is_about_its_line(&self) -> bool {
        let at_end = ["end of file", "EOF", "`\\n'", "Missing end", "end of string", "nterminated", "unmatched"];
        self.text.is_some() && !at_end.iter().any(|words| self.message.contains(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_parser_are_understood() {
        let path = Path::new("/home/kim/.rc");
        for (said, line, message) in [
            (
                "/home/kim/.rc: line 3: syntax error near unexpected token `fi'\n/home/kim/.rc: line 3: `fi'",
                3,
                "syntax error near unexpected token `fi'",
            ),
            ("/home/kim/.rc:3: parse error near `fi'", 3, "parse error near `fi'"),
            ("/home/kim/.rc: 12: Syntax error: \"fi\" unexpected", 12, "Syntax error: \"fi\" unexpected"),
            ("/home/kim/.rc[7]: syntax error: 'fi' unexpected", 7, "syntax error: 'fi' unexpected"),
            ("~/.rc (line 2): 'end' outside of a block\nend\n^~^", 2, "'end' outside of a block"),
            ("warning: x\n/home/kim/.rc: line 1: unexpected EOF", 1, "unexpected EOF"),
        ] {
            assert_eq!(place(said, path), Some((line, message.to_owned())), "{said}");
        }
        for said in ["", "bash: no such file", "\u{1b}[2J: line x: y", "/home/kim/.rc: line 99999999999999999999999: x"]
        {
            assert_eq!(place(said, path), None, "{said}");
        }
    }
}
