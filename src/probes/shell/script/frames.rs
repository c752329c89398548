//! The blocks around a command, as far as they tell who comes to it.

use super::Reach;
use super::word::{Piece, Word};

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Frame {
    /// `if`, from its condition to its end. Holds when the part that is being
    /// read is run: `Some(true)` only in a terminal, `Some(false)` only
    /// elsewhere.
    If { in_condition: bool, when: Option<bool> },
    /// `case`, with the same for the arm that is being read.
    Case { stage: CaseStage, about_flags: bool, when: Option<bool> },
    /// A loop, `{ … }`, `begin`, `switch`; when its list is run.
    Block { when: Option<bool> },
    /// `( … )`: nothing in it reaches the shell itself.
    Subshell,
    /// The body of a function.
    Function(String),
}

/// How far a `case` has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CaseStage {
    Subject,
    Pattern,
    Body,
}

/// The blocks that are open, and what is known of the shells that come here.
#[derive(Debug, Default)]
pub(super) struct Frames {
    open: Vec<Frame>,
    /// The line that each of them begins on.
    began: Vec<usize>,
    /// The line that is being read.
    pub(super) line: usize,
    /// Only terminals come past a line above.
    guarded: bool,
    /// When the next command of this `&&` and `||` list is run.
    pub(super) chain: Option<bool>,
}

impl Frames {
    pub(super) fn push(&mut self, frame: Frame) {
        self.open.push(frame);
        self.began.push(self.line);
    }

    /// Opens a block that is run when the list that it stands in is.
    pub(super) fn push_block(&mut self) {
        let when = self.chain.take();
        self.push(Frame::Block { when });
    }

    pub(super) fn top(&mut self) -> Option<&mut Frame> {
        self.open.last_mut()
    }

    /// Closes the innermost block of this kind, and what is open inside.
    pub(super) fn close(&mut self, is_kind: impl Fn(&Frame) -> bool) {
        if let Some(at) = self.open.iter().rposition(is_kind) {
            self.open.truncate(at);
            self.began.truncate(at);
        }
    }

    /// The line of the innermost block that is open.
    pub(super) fn innermost(&self) -> Option<usize> {
        self.began.last().copied()
    }

    /// True directly inside the condition of an `if`.
    pub(super) fn in_condition(&self) -> bool {
        matches!(self.open.last(), Some(Frame::If { in_condition: true, .. }))
    }

    /// Notes what the condition of the innermost `if` tells.
    pub(super) fn set_condition(&mut self, told: Option<bool>) {
        if let Some(Frame::If { in_condition: true, when }) = self.open.last_mut()
            && told.is_some()
        {
            *when = told;
        }
    }

    /// `then`, or the end of a fish condition.
    pub(super) fn begin_body(&mut self) {
        if let Some(Frame::If { in_condition, .. }) = self.open.last_mut() {
            *in_condition = false;
        }
    }

    /// `else`.
    pub(super) fn begin_else(&mut self) {
        if let Some(Frame::If { in_condition, when }) = self.open.last_mut() {
            *in_condition = false;
            *when = when.map(|when| !when);
        }
    }

    /// `elif` and `else if`.
    pub(super) fn begin_another_condition(&mut self) {
        if let Some(Frame::If { in_condition, when }) = self.open.last_mut() {
            *in_condition = true;
            *when = None;
        }
    }

    /// Whether the command here is run only in a terminal, or only elsewhere.
    fn when(&self) -> Option<bool> {
        let of_frame = |frame: &Frame| match frame {
            Frame::If { in_condition: false, when }
            | Frame::Case { stage: CaseStage::Body, when, .. }
            | Frame::Block { when } => *when,
            _ => None,
        };
        self.chain.or_else(|| self.open.iter().rev().find_map(of_frame))
    }

    /// `return` or `exit`: whoever comes here goes no further.
    pub(super) fn leave(&mut self) {
        let in_function = self.open.iter().any(|frame| matches!(frame, Frame::Function(_) | Frame::Subshell));
        if !in_function && self.when() == Some(false) {
            self.guarded = true;
        }
    }

    /// Who comes to the command here; None for the inside of a subshell.
    pub(super) fn reach(&self) -> Option<Reach> {
        for frame in self.open.iter().rev() {
            match frame {
                Frame::Function(name) => return Some(Reach::Function(name.clone())),
                Frame::Subshell => return None,
                _ => {}
            }
        }
        let interactive = self.guarded || self.when() == Some(true);
        Some(if interactive { Reach::Interactive } else { Reach::Every })
    }
}

/// What a test tells: `Some(true)` when it holds in terminals only,
/// `Some(false)` when it holds elsewhere only.
pub(super) fn tells_terminals(words: &[Word]) -> Option<bool> {
    let outlines: Vec<String> = words.iter().map(Word::outline).collect();
    let asks = words.iter().any(|word| is_flags(word) || word.mentions("PS1"))
        || outlines.iter().any(|text| matches!(text.as_str(), "is-interactive" | "--is-interactive"))
        || outlines
            .windows(2)
            .any(|pair| matches!((pair[0].as_str(), pair[1].as_str()), ("-t", "0" | "1") | ("-o", "interactive")));
    if !asks {
        return None;
    }
    let denies = outlines.iter().filter(|text| matches!(text.as_str(), "!" | "!=" | "-z" | "not")).count();
    Some(denies % 2 == 0)
}

/// `$-`, the shell's flags.
pub(super) fn is_flags(word: &Word) -> bool {
    word.pieces.iter().any(|piece| matches!(piece, Piece::Variable { name, .. } if name == "-"))
}
