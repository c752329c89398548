use super::Shell;

/// A word, as far as blocks are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Opens a block: `if`, `for`, `{`.
    Open,
    /// Goes on inside a block: `then`, `else`, `do`.
    Middle,
    /// Closes a block: `fi`, `done`, `}`, `end`.
    Close,
    /// The `)` behind the pattern of a `case` arm.
    ArmOpen,
    /// `;;` and its kin.
    ArmEnd,
    /// Any other word.
    Word,
}

/// What a bare word is where a command may stand, and whether a command may
/// stand behind it.
pub(super) fn classify(word: &str, shell: Shell) -> (Mark, bool) {
    match shell {
        Shell::Posix => match word {
            "if" | "while" | "until" | "{" => (Mark::Open, true),
            "for" | "case" | "select" => (Mark::Open, false),
            "then" | "do" | "else" | "elif" => (Mark::Middle, true),
            "fi" | "done" | "esac" | "}" => (Mark::Close, false),
            "!" | "time" => (Mark::Word, true),
            _ => (Mark::Word, false),
        },
        Shell::Fish => match word {
            "if" | "while" | "begin" => (Mark::Open, true),
            "for" | "switch" | "function" => (Mark::Open, false),
            "else" => (Mark::Middle, true),
            "case" => (Mark::Middle, false),
            "end" => (Mark::Close, false),
            "and" | "or" | "not" => (Mark::Word, true),
            _ => (Mark::Word, false),
        },
    }
}

/// True when blocks that begin in these words also end in them, and none is
/// ended or continued that began before.
pub(super) fn balanced<'a>(marks: impl Iterator<Item = &'a Mark>) -> bool {
    #[derive(PartialEq)]
    enum Level {
        Block,
        Arm,
    }
    let mut open = Vec::new();
    for mark in marks {
        let fits = match mark {
            Mark::Word => true,
            Mark::Open => {
                open.push(Level::Block);
                true
            }
            Mark::Middle => open.last() == Some(&Level::Block),
            Mark::ArmOpen => {
                open.push(Level::Arm);
                true
            }
            Mark::ArmEnd => open.pop() == Some(Level::Arm),
            Mark::Close => {
                // The last arm of a case needs no `;;`.
                if open.last() == Some(&Level::Arm) {
                    open.pop();
                }
                open.pop() == Some(Level::Block)
            }
        };
        if !fits {
            return false;
        }
    }
    open.is_empty()
}
