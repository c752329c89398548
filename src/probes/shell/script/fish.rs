//! Scripts of fish as commands.

use super::frames::{Frame, Frames, tells_terminals};
use super::lexer::{Kind, Lexer};
use super::{Command, Dialect, Word};

/// The commands of a script, in order.
pub(super) fn commands(text: &str) -> Vec<Command> {
    let mut reader = Reader::default();
    for token in Lexer::new(text, Dialect::Fish) {
        match token.kind {
            Kind::Word(word) => reader.word(word, token.line),
            Kind::And => reader.finish(Some(true), false),
            Kind::Or => reader.finish(Some(false), false),
            Kind::Pipe => reader.finish(None, true),
            Kind::End | Kind::ArmEnd | Kind::Open | Kind::Close => reader.finish(None, false),
        }
    }
    reader.finish(None, false);
    reader.found
}

#[derive(Default)]
struct Reader {
    frames: Frames,
    found: Vec<Command>,
    words: Vec<Word>,
    line: usize,
    reads: Option<String>,
    negated: bool,
    /// The word `function` stood before.
    names_function: bool,
    /// The word `else` stood before.
    after_else: bool,
    /// What the command before told of terminals.
    told: Option<bool>,
}

impl Reader {
    fn word(&mut self, word: Word, line: usize) {
        if self.words.is_empty() && self.keyword(&word) {
            return;
        }
        if self.words.is_empty() {
            self.line = line;
        }
        self.words.push(word);
    }

    fn keyword(&mut self, word: &Word) -> bool {
        let Some(text) = word.text().filter(|text| word.is_bare(text)) else { return false };
        if std::mem::take(&mut self.names_function) {
            self.frames.push(Frame::Function(text));
            return true;
        }
        match text.as_str() {
            // `else if` goes on with the same block.
            "if" if std::mem::take(&mut self.after_else) => self.frames.begin_another_condition(),
            "if" => self.frames.push(Frame::If { in_condition: true, when: None }),
            "else" => {
                self.frames.begin_else();
                self.after_else = true;
            }
            "begin" | "while" | "switch" => self.frames.push_block(),
            // Its words are of use: the block begins, and they are a command.
            "for" => {
                self.frames.push_block();
                return false;
            }
            "function" => self.names_function = true,
            "end" => self.frames.close(|frame| !matches!(frame, Frame::Subshell)),
            "and" => self.frames.chain = self.told,
            "or" => self.frames.chain = self.told.map(|told| !told),
            "not" | "!" => self.negated = !self.negated,
            "builtin" | "command" => {}
            _ => return false,
        }
        true
    }

    fn finish(&mut self, and: Option<bool>, piped: bool) {
        let words = std::mem::take(&mut self.words);
        self.after_else = false;
        if words.is_empty() {
            self.negated = false;
            return;
        }
        let told = tells_terminals(&words).map(|told| told != self.negated);
        let outline = words.iter().map(Word::outline).collect::<Vec<_>>().join(" ");
        if words.first().is_some_and(|word| matches!(word.text().as_deref(), Some("return" | "exit"))) {
            self.frames.leave();
        }
        let condition = self.frames.in_condition();
        if condition {
            self.frames.set_condition(told);
        }
        if let Some(reach) = self.frames.reach() {
            self.found.push(Command { line: self.line, reach, words, reads: self.reads.take() });
        }
        if condition && and.is_none() && !piped {
            self.frames.begin_body();
        }
        self.negated = false;
        self.told = told;
        self.reads = piped.then_some(outline);
        self.frames.chain = and.and_then(|and| told.map(|told| told == and));
    }
}
