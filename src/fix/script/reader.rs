use std::collections::VecDeque;
use std::mem;

use super::cursor::{Carry, Cursor, Heredoc, Open};
use super::keyword::{Mark, classify};
use super::{ScriptLine, Shell};

/// Reads a script line by line.
pub(super) struct Reader {
    shell: Shell,
    open: Vec<Open>,
    heredocs: VecDeque<Heredoc>,
    /// The lines of the first here-document are being read.
    in_heredoc: bool,
    /// The line so far ends in a backslash or in `&&`, `||`, `|`.
    carry: Carry,
}

impl Reader {
    pub(super) fn new(shell: Shell) -> Self {
        Reader { shell, open: Vec::new(), heredocs: VecDeque::new(), in_heredoc: false, carry: Carry::No }
    }

    /// Takes in the next line, without its line end.
    pub(super) fn line(&mut self, text: &str) -> ScriptLine {
        if self.in_heredoc {
            return self.heredoc_line(text);
        }
        let begins = self.open.is_empty() && self.carry == Carry::No;
        let carried = mem::replace(&mut self.carry, Carry::No);
        let mut cursor = Cursor {
            rest: text.chars().peekable(),
            marks: Vec::new(),
            word: String::new(),
            quoted: false,
            in_word: false,
            command: begins || carried == Carry::Operator,
        };
        while let Some(c) = cursor.rest.next() {
            match self.open.last() {
                None | Some(Open::Bracket) => {
                    if !self.code(c, &mut cursor) {
                        break;
                    }
                }
                Some(quote) => self.quoted(*quote, c, &mut cursor),
            }
        }
        self.end_word(&mut cursor);
        if carried == Carry::Operator && cursor.marks.is_empty() && self.carry == Carry::No {
            self.carry = Carry::Operator;
        }
        self.in_heredoc = !self.heredocs.is_empty();
        ScriptLine { begins, ends: self.is_clear(), marks: cursor.marks }
    }

    fn is_clear(&self) -> bool {
        self.open.is_empty() && self.carry == Carry::No && self.heredocs.is_empty()
    }

    fn heredoc_line(&mut self, text: &str) -> ScriptLine {
        if let Some(heredoc) = self.heredocs.front() {
            let line = if heredoc.strip_tabs { text.trim_start_matches('\t') } else { text };
            if line == heredoc.delimiter {
                self.heredocs.pop_front();
            }
        }
        self.in_heredoc = !self.heredocs.is_empty();
        ScriptLine { begins: false, ends: self.is_clear(), marks: Vec::new() }
    }

    /// One character outside quotes. False when the rest is a comment.
    fn code(&mut self, c: char, cursor: &mut Cursor<'_>) -> bool {
        match c {
            '#' if !cursor.in_word => return false,
            ' ' | '\t' => self.end_word(cursor),
            '\\' => match cursor.rest.next() {
                None => self.carry = Carry::Backslash,
                Some(_) => cursor.begin_quoted_part(),
            },
            '\'' => self.begin_quote(self.single_quote(), cursor),
            '"' => self.begin_quote(Open::Double, cursor),
            '`' if self.shell == Shell::Posix => self.begin_quote(Open::Backtick, cursor),
            '$' => self.dollar(cursor),
            '(' => {
                self.end_word(cursor);
                self.open.push(Open::Bracket);
            }
            ')' => self.close_bracket(cursor),
            ';' => self.semicolon(cursor),
            '&' | '|' => self.operator(c, cursor),
            '<' if self.shell == Shell::Posix && cursor.rest.peek() == Some(&'<') => {
                self.heredoc_operator(cursor);
            }
            _ => {
                cursor.in_word = true;
                cursor.word.push(c);
            }
        }
        true
    }

    fn single_quote(&self) -> Open {
        match self.shell {
            Shell::Posix => Open::Single,
            Shell::Fish => Open::Escaped,
        }
    }

    fn begin_quote(&mut self, quote: Open, cursor: &mut Cursor<'_>) {
        cursor.begin_quoted_part();
        self.open.push(quote);
    }

    /// One character inside quotes or `${…}`.
    fn quoted(&mut self, quote: Open, c: char, cursor: &mut Cursor<'_>) {
        cursor.begin_quoted_part();
        match (quote, c) {
            (Open::Single, '\'')
            | (Open::Escaped, '\'')
            | (Open::Double, '"')
            | (Open::Backtick, '`')
            | (Open::Brace, '}') => {
                self.open.pop();
            }
            (Open::Single, _) => {}
            (_, '\\') => {
                cursor.rest.next();
            }
            (Open::Escaped, _) => {}
            (_, '$') => self.dollar(cursor),
            (Open::Backtick | Open::Brace, '"') => self.open.push(Open::Double),
            (Open::Backtick, '\'') => self.open.push(Open::Single),
            (Open::Double | Open::Brace, '`') if self.shell == Shell::Posix => {
                self.open.push(Open::Backtick);
            }
            _ => {}
        }
    }

    fn dollar(&mut self, cursor: &mut Cursor<'_>) {
        cursor.begin_quoted_part();
        let inside_double = self.open.last() == Some(&Open::Double);
        let opens = match (self.shell, cursor.rest.peek()) {
            (_, Some('(')) => Some(Open::Bracket),
            (Shell::Posix, Some('{')) => Some(Open::Brace),
            (Shell::Posix, Some('\'')) if !inside_double => Some(Open::Escaped),
            _ => None,
        };
        if let Some(open) = opens {
            cursor.rest.next();
            self.open.push(open);
        } else if cursor.rest.peek() == Some(&'#') {
            // `$#` is a parameter, not the beginning of a comment.
            cursor.rest.next();
        }
    }

    fn close_bracket(&mut self, cursor: &mut Cursor<'_>) {
        self.end_word(cursor);
        if self.open.pop().is_none() {
            cursor.marks.push(Mark::ArmOpen);
        }
        // `pattern) command`, `name() {`.
        cursor.command = true;
    }

    fn semicolon(&mut self, cursor: &mut Cursor<'_>) {
        self.end_word(cursor);
        if self.shell == Shell::Posix && matches!(cursor.rest.peek(), Some(';' | '&')) {
            while matches!(cursor.rest.peek(), Some(';' | '&')) {
                cursor.rest.next();
            }
            self.mark(Mark::ArmEnd, cursor);
        }
        cursor.command = true;
    }

    fn operator(&mut self, c: char, cursor: &mut Cursor<'_>) {
        // `2>&1`, `<&-` and `&>file` redirect.
        let redirects = c == '&' && (cursor.word.ends_with(['<', '>']) || cursor.rest.peek() == Some(&'>'));
        if redirects {
            cursor.in_word = true;
            cursor.word.push(c);
            return;
        }
        self.end_word(cursor);
        let doubled = cursor.rest.peek() == Some(&c);
        if doubled {
            cursor.rest.next();
        }
        if self.open.is_empty() && (doubled || c == '|') {
            self.carry = Carry::Operator;
        }
        cursor.command = true;
    }

    /// `<<WORD`, `<<-WORD`, `<<'WORD'`; not `<<<`.
    fn heredoc_operator(&mut self, cursor: &mut Cursor<'_>) {
        cursor.rest.next();
        if cursor.rest.peek() == Some(&'<') {
            cursor.rest.next();
            cursor.begin_quoted_part();
            return;
        }
        let strip_tabs = cursor.rest.next_if_eq(&'-').is_some();
        while cursor.rest.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
        let mut delimiter = String::new();
        while let Some(c) = cursor.rest.next_if(|c| !" \t;&|<>()".contains(*c)) {
            if !matches!(c, '\'' | '"' | '\\') {
                delimiter.push(c);
            }
        }
        cursor.begin_quoted_part();
        // `$((1 << n))` shifts.
        let arithmetic = self.open.ends_with(&[Open::Bracket, Open::Bracket]);
        if !arithmetic && !delimiter.is_empty() {
            self.heredocs.push_back(Heredoc { delimiter, strip_tabs });
        }
    }

    fn end_word(&mut self, cursor: &mut Cursor<'_>) {
        if !mem::take(&mut cursor.in_word) {
            return;
        }
        let word = mem::take(&mut cursor.word);
        let bare = !mem::take(&mut cursor.quoted);
        let brace = self.shell == Shell::Posix && matches!(word.as_str(), "{" | "}");
        let (mark, command) =
            if bare && (cursor.command || brace) { classify(&word, self.shell) } else { (Mark::Word, false) };
        cursor.command = command;
        self.mark(mark, cursor);
    }

    /// Notes a word at the top level, and that an operator has got its command.
    fn mark(&mut self, mark: Mark, cursor: &mut Cursor<'_>) {
        if self.carry == Carry::Operator {
            self.carry = Carry::No;
        }
        if self.open.is_empty() {
            cursor.marks.push(mark);
        }
    }
}
