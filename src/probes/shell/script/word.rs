//! Words as a shell reads them, with what it would put in left open.

/// One word of a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::probes::shell) struct Word {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
    /// The elements of `name=(…)`; the pieces then end in `=`.
    pub array: Option<Vec<Word>>,
}

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::probes::shell) enum Piece {
    /// Text as it stands.
    Text {
        /// Without its quotes.
        text: String,
        /// It had none: it may be a keyword or a pattern.
        bare: bool,
    },
    /// `~` where it means the home folder.
    Tilde,
    /// A variable, with what `${name:-…}` gives for one that is not set.
    Variable {
        /// Its name; `-` for the shell's flags.
        name: String,
        /// What stands for it when it is not set.
        default: Option<Vec<Piece>>,
    },
    /// The output of this command line.
    Output(String),
    /// Something that only the shell itself could tell.
    Opaque,
}

/// What variables are worth.
pub(in crate::probes::shell) trait Names {
    /// The value of a variable; None when it is not known.
    fn value(&self, name: &str) -> Option<String>;

    /// The home folder.
    fn home(&self) -> Option<String> {
        self.value("HOME")
    }
}

impl Word {
    /// Adds text, to the part before it where that is of the same kind.
    pub(super) fn push(&mut self, more: &str, is_bare: bool) {
        match self.pieces.last_mut() {
            Some(Piece::Text { text, bare }) if *bare == is_bare => text.push_str(more),
            _ => self.pieces.push(Piece::Text { text: more.to_owned(), bare: is_bare }),
        }
    }

    /// True when this is just that text, without quotes: a keyword.
    pub(super) fn is_bare(&self, wanted: &str) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Text { text, bare: true }] if text == wanted) && self.array.is_none()
    }

    /// The text of a word that holds nothing else, quoted or not.
    pub(in crate::probes::shell) fn text(&self) -> Option<String> {
        let mut whole = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { text, .. } => whole.push_str(text),
                _ => return None,
            }
        }
        self.array.is_none().then_some(whole)
    }

    /// The word as the shell would expand it; None when it cannot be told.
    pub(in crate::probes::shell) fn expand(&self, names: &dyn Names) -> Option<String> {
        self.array.is_none().then(|| expand(&self.pieces, names)).flatten()
    }

    /// `name=value` and `name+=value`: the name, whether it is added to, and
    /// the value.
    pub(super) fn assignment(&self) -> Option<(String, bool, Word)> {
        let Some(Piece::Text { text, bare: true }) = self.pieces.first() else { return None };
        let (head, rest) = text.split_once('=')?;
        let (name, adds) = head.strip_suffix('+').map_or((head, false), |name| (name, true));
        let proper = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !proper {
            return None;
        }
        let mut value = Word { pieces: Vec::new(), array: self.array.clone() };
        if !rest.is_empty() {
            value.push(rest, true);
        }
        value.pieces.extend(self.pieces.iter().skip(1).cloned());
        Some((name.to_owned(), adds, value))
    }

    /// True when the word has this variable in it.
    pub(in crate::probes::shell) fn mentions(&self, wanted: &str) -> bool {
        let elements = self.array.iter().flatten().flat_map(|word| &word.pieces);
        self.pieces.iter().chain(elements).any(|piece| matches!(piece, Piece::Variable { name, .. } if name == wanted))
    }

    /// Its text with `…` for what is left open, to look for words in.
    pub(in crate::probes::shell) fn outline(&self) -> String {
        let elements = self.array.iter().flatten().flat_map(|word| &word.pieces);
        let show = |piece: &Piece| match piece {
            Piece::Text { text, .. } | Piece::Output(text) => text.clone(),
            Piece::Tilde => "~".to_owned(),
            Piece::Variable { name, .. } => format!("${name}"),
            Piece::Opaque => "…".to_owned(),
        };
        self.pieces.iter().chain(elements).map(show).collect()
    }
}

/// These parts as the shell would expand them.
pub(in crate::probes::shell) fn expand(pieces: &[Piece], names: &dyn Names) -> Option<String> {
    let mut whole = String::new();
    for piece in pieces {
        match piece {
            Piece::Text { text, .. } => whole.push_str(text),
            Piece::Tilde => whole.push_str(&names.home()?),
            Piece::Variable { name, default } => match (names.value(name), default) {
                (Some(value), _) => whole.push_str(&value),
                (None, Some(default)) => whole.push_str(&expand(default, names)?),
                (None, None) => return None,
            },
            Piece::Output(_) | Piece::Opaque => return None,
        }
    }
    Some(whole)
}
