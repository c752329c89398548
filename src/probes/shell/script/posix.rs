//! Scripts of sh, bash and zsh as commands.

use super::frames::{CaseStage, Frame, Frames, is_flags, tells_terminals};
use super::lexer::{Kind, Lexer};
use super::{Command, Dialect, Word};

/// The commands of a script, in order.
pub(super) fn commands(text: &str) -> Vec<Command> {
    read(&mut Lexer::new(text, Dialect::Posix)).found
}

/// The line of what is begun and never finished: a quote, a bracket, or else
/// the innermost block.
pub(super) fn left_open(text: &str) -> Option<usize> {
    let mut lexer = Lexer::new(text, Dialect::Posix);
    let reader = read(&mut lexer);
    lexer.unfinished.or_else(|| reader.frames.innermost())
}

fn read(lexer: &mut Lexer<'_>) -> Reader {
    let mut reader = Reader::default();
    for token in lexer {
        reader.take(token.kind, token.line);
    }
    reader.finish(Joint::End);
    reader
}

/// What stands between two commands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    End,
    And,
    Or,
    Pipe,
}

#[derive(Default)]
struct Reader {
    frames: Frames,
    found: Vec<Command>,
    words: Vec<Word>,
    line: usize,
    /// The command before a pipe.
    reads: Option<String>,
    /// `!` stood before this command.
    negated: bool,
    /// The function whose body is about to begin.
    function: Option<String>,
    /// The word `function` stood before.
    names_function: bool,
    /// Inside the brackets of `name()` or zsh's `for x (…)`.
    in_brackets: bool,
    /// The brackets of `name()` are closed.
    after_brackets: bool,
}

impl Reader {
    fn take(&mut self, kind: Kind, line: usize) {
        self.frames.line = line;
        match kind {
            Kind::Word(word) => self.word(word, line),
            Kind::End => self.finish(Joint::End),
            Kind::And => self.finish(Joint::And),
            Kind::Or => self.finish(Joint::Or),
            Kind::Pipe => self.finish(Joint::Pipe),
            Kind::ArmEnd => {
                self.finish(Joint::End);
                if let Some(Frame::Case { stage, .. }) = self.frames.top() {
                    *stage = CaseStage::Pattern;
                }
            }
            Kind::Open => self.open(),
            Kind::Close => self.close(),
        }
    }

    fn word(&mut self, word: Word, line: usize) {
        if self.in_case(&word) || (self.words.is_empty() && self.keyword(&word)) {
            return;
        }
        if self.words.is_empty() {
            self.line = line;
        }
        self.words.push(word);
    }

    /// The words of a `case` that are no commands.
    fn in_case(&mut self, word: &Word) -> bool {
        let Some(Frame::Case { stage, about_flags, when }) = self.frames.top() else { return false };
        match stage {
            CaseStage::Subject if word.is_bare("in") => *stage = CaseStage::Pattern,
            CaseStage::Subject => *about_flags |= is_flags(word),
            CaseStage::Pattern if word.is_bare("esac") => {
                self.frames.close(|frame| matches!(frame, Frame::Case { .. }));
            }
            CaseStage::Pattern => {
                let terminals = word.outline().contains('i');
                *when = about_flags.then_some(terminals);
            }
            CaseStage::Body => return false,
        }
        true
    }

    /// A keyword where a command may stand.
    fn keyword(&mut self, word: &Word) -> bool {
        let Some(text) = word.text().filter(|text| word.is_bare(text)) else { return false };
        if std::mem::take(&mut self.names_function) {
            self.function = Some(text);
            return true;
        }
        match text.as_str() {
            "if" => self.frames.push(Frame::If { in_condition: true, when: None }),
            "then" => self.frames.begin_body(),
            "elif" => self.frames.begin_another_condition(),
            "else" => self.frames.begin_else(),
            "fi" => self.frames.close(|frame| matches!(frame, Frame::If { .. })),
            "do" => self.frames.push_block(),
            "done" => self.frames.close(|frame| matches!(frame, Frame::Block { .. })),
            "case" => {
                self.frames.push(Frame::Case { stage: CaseStage::Subject, about_flags: false, when: None });
            }
            "esac" => self.frames.close(|frame| matches!(frame, Frame::Case { .. })),
            "{" => match self.function.take() {
                Some(name) => self.frames.push(Frame::Function(name)),
                None => self.frames.push_block(),
            },
            "}" => self.frames.close(|frame| matches!(frame, Frame::Block { .. } | Frame::Function(_))),
            "function" => self.names_function = true,
            "!" => self.negated = !self.negated,
            "while" | "until" | "time" | "coproc" => {}
            _ => return false,
        }
        // Behind a keyword a new list begins.
        if text != "!" {
            self.frames.chain = None;
        }
        true
    }

    fn open(&mut self) {
        if matches!(self.frames.top(), Some(Frame::Case { stage: CaseStage::Pattern, .. })) {
            return;
        }
        match self.words.as_slice() {
            // `function name()`
            [] if self.function.is_some() && !self.after_brackets => self.in_brackets = true,
            [] => self.frames.push(self.function.take().map_or(Frame::Subshell, Frame::Function)),
            [name] => {
                self.function = name.text();
                self.in_brackets = true;
            }
            // `for x (…)`, or a test with brackets in it.
            _ => self.in_brackets = true,
        }
    }

    fn close(&mut self) {
        if let Some(Frame::Case { stage: stage @ CaseStage::Pattern, .. }) = self.frames.top() {
            *stage = CaseStage::Body;
        } else if std::mem::take(&mut self.in_brackets) {
            if self.function.is_some() {
                self.words.clear();
                self.after_brackets = true;
            } else if self.words.first().is_some_and(|word| word.is_bare("for")) {
                self.finish(Joint::End);
            }
        } else {
            self.finish(Joint::End);
            self.frames.close(|frame| matches!(frame, Frame::Subshell | Frame::Function(_)));
        }
    }

    /// Ends the command that is being read.
    fn finish(&mut self, joint: Joint) {
        let words = std::mem::take(&mut self.words);
        if words.is_empty() {
            // A line end behind `&&` or in the middle of a list ends nothing.
            return;
        }
        let told = tells_terminals(&words).map(|told| told != self.negated);
        let outline = words.iter().map(Word::outline).collect::<Vec<_>>().join(" ");
        if words.first().is_some_and(|word| matches!(word.text().as_deref(), Some("return" | "exit"))) {
            self.frames.leave();
        }
        if self.frames.in_condition() {
            self.frames.set_condition(told);
        }
        if let Some(reach) = self.frames.reach() {
            self.found.push(Command { line: self.line, reach, words, reads: self.reads.take() });
        }
        self.negated = false;
        self.in_brackets = false;
        self.after_brackets = false;
        self.function = None;
        self.reads = (joint == Joint::Pipe).then_some(outline);
        self.frames.chain = match joint {
            Joint::And => told.or(self.frames.chain),
            Joint::Or => told.map(|told| !told),
            Joint::End | Joint::Pipe => None,
        };
    }
}
