use std::ops::RangeInclusive;

use super::keyword::{Mark, balanced};
use super::reader::Reader;
use super::{ScriptLine, Shell};

/// The statement that a line begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fix) struct Statement {
    /// Its lines, counted from 0.
    pub lines: RangeInclusive<usize>,
    /// It is all that its block holds, and the shell takes no empty block.
    pub fills_block: bool,
}

/// The statement that begins on line `at`, counted from 0.
///
/// # Errors
/// Why the line cannot be taken out by itself, as the end of the sentence
/// "line 3 …".
pub(in crate::fix) fn statement_at(texts: &[&str], at: usize, shell: Shell) -> Result<Statement, &'static str> {
    let mut reader = Reader::new(shell);
    let script: Vec<ScriptLine> = texts.iter().map(|text| reader.line(text)).collect();
    let first = script.get(at).ok_or("is behind the end of the file")?;
    if !first.begins {
        return Err("belongs to a statement that begins further up");
    }
    let last = (at..script.len()).find(|line| script[*line].ends).ok_or("begins a statement that is never finished")?;
    if !balanced(script[at..=last].iter().flat_map(|line| &line.marks)) {
        return Err("begins, ends or divides a block");
    }
    let fills_block = shell == Shell::Posix && fills_block(&script, at, last);
    Ok(Statement { lines: at..=last, fills_block })
}

/// True when nothing else stands between `then`, `do`, `{` and the like and
/// what ends the block.
fn fills_block(script: &[ScriptLine], first: usize, last: usize) -> bool {
    let before = script[..first].iter().rev().find_map(|line| line.marks.last());
    let after = script[last + 1..].iter().find_map(|line| line.marks.first());
    matches!(before, Some(Mark::Open | Mark::Middle)) && matches!(after, Some(Mark::Close | Mark::Middle))
}

/// True when a line added at the end would begin a statement of its own.
pub(in crate::fix) fn ends_clear(texts: &[&str], shell: Shell) -> bool {
    let mut reader = Reader::new(shell);
    texts.iter().map(|text| reader.line(text)).last().is_none_or(|line| line.ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posix(script: &str, line: usize) -> Result<(usize, bool), &'static str> {
        at(script, line, Shell::Posix)
    }

    fn at(script: &str, line: usize, shell: Shell) -> Result<(usize, bool), &'static str> {
        let lines: Vec<&str> = script.lines().collect();
        statement_at(&lines, line - 1, shell).map(|found| (found.lines.end() + 1, found.fills_block))
    }

    const WHOLE: Result<(usize, bool), &str> = Ok((1, false));

    #[test]
    fn ordinary_lines_stand_alone() {
        for line in [
            "export GOROOT=/opt/go",
            "[ -d /opt/go ] && export GOROOT=/opt/go",
            "if [ -d /opt/go ]; then export GOROOT=/opt/go; fi",
            "export GOROOT=$(go env GOROOT) # don't",
            "export PATH=\"$PATH:${GOROOT:-\"/opt/go\"}/bin\"",
            "typeset -gx GOROOT=~/go{1,2}(N)",
            "case $x in a) export GOROOT=/a ;; *) export GOROOT=/b; esac",
            "go() { GOROOT=/x command go \"$@\"; }",
            "eval \"`gvm env`\" 2>&1 &",
            "x=$(( 1 << n )); read y <<< \"$x\"",
        ] {
            assert_eq!(posix(line, 1), WHOLE, "{line}");
        }
    }

    #[test]
    fn a_continued_statement_is_taken_whole() {
        assert_eq!(posix("export PATH=$PATH:\\\n/opt/go/bin\nx", 1), Ok((2, false)));
        assert_eq!(posix("[ -d /opt ] &&\n\n# why\n  export A=1\nx", 1), Ok((4, false)));
        assert_eq!(posix("export X=\"a\nb\" Y='c\n'\nx", 1), Ok((3, false)));
        assert_eq!(posix("cat <<-'E' >f\n  export A=1\n\tE\nx", 1), Ok((3, false)));
        assert_eq!(posix("path=(\n  /opt/go/bin # (\n)\nx", 1), Ok((3, false)));
    }

    #[test]
    fn the_inside_of_a_statement_is_refused() {
        for (script, line) in [
            ("export PATH=$PATH:\\\n/opt/go/bin", 2),
            ("[ -d /opt/go ] &&\n  export GOROOT=/opt/go", 2),
            ("X=\"\nexport GOROOT=/x\n\"", 2),
            ("cat <<E\nexport GOROOT=/x\nE", 2),
            ("path=(\n/opt/go/bin\n)", 2),
        ] {
            assert_eq!(posix(script, line), Err("belongs to a statement that begins further up"), "{script}");
        }
    }

    #[test]
    fn the_frame_of_a_block_is_refused() {
        for (script, line) in [
            ("if true; then\n  x\nfi", 1),
            ("if true\nthen export A=1\nfi", 2),
            ("if true; then x\n  export A=1; fi", 2),
            ("case $x in\na) export A=1\n;;\nesac", 2),
            ("case $x in\na)\nexport A=1 ;;\nesac", 3),
            ("f() {\n x\n}", 1),
            ("f() {\n x\n}", 3),
        ] {
            assert_eq!(posix(script, line), Err("begins, ends or divides a block"), "{script}");
        }
    }

    #[test]
    fn an_unfinished_statement_is_refused() {
        let refused = Err("begins a statement that is never finished");
        assert_eq!(posix("export A='x\ny", 1), refused);
        assert_eq!(posix("cat <<E\ny", 1), refused);
        assert!(!ends_clear(&["export A='x"], Shell::Posix));
        assert!(!ends_clear(&["x \\"], Shell::Posix));
        assert!(ends_clear(&["# it's fine"], Shell::Posix));
        assert!(ends_clear(&[], Shell::Posix));
    }

    #[test]
    fn what_fills_its_block_is_told() {
        assert_eq!(posix("if true; then\n  # go\n  export A=1\n\nfi", 3), Ok((3, true)));
        assert_eq!(posix("f() {\n  export A=1\n}", 2), Ok((2, true)));
        assert_eq!(posix("for x in a b\ndo\n  export A=1\ndone", 3), Ok((3, true)));
        assert_eq!(posix("if a; then\n  x\nelse\n  export A=1\nfi", 4), Ok((4, true)));
        assert_eq!(posix("if a; then\n  x\n  export A=1\nfi", 3), Ok((3, false)));
        assert_eq!(posix("case $x in\na)\nexport A=1\n;;\nesac", 3), Ok((3, false)));
    }

    #[test]
    fn fish_has_its_own_words_and_quotes() {
        let fish = |script, line| at(script, line, Shell::Fish);
        assert_eq!(fish("set -gx GOROOT /opt/go", 1), WHOLE);
        assert_eq!(fish("if true\n  set -gx A 1\nend", 2), Ok((2, false)));
        assert_eq!(fish("if test -d /x; set -gx A 1; end", 1), WHOLE);
        assert_eq!(fish("set -gx A 'it\\'s' # if", 1), WHOLE);
        assert_eq!(fish("set -gx A (\n go env GOROOT)\nx", 1), Ok((2, false)));
        assert_eq!(fish("fish_add_path \\\n /opt/go/bin", 1), Ok((2, false)));
        assert!(fish("switch $x\ncase a\n x\nend", 2).is_err());
        assert!(fish("function f\n x\nend", 3).is_err());
    }
}
