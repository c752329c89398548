//! Patterns as Go's path.Match compares them.

/// Follows path.Match; None for a pattern that it rejects.
pub(super) fn glob(pattern: &str, text: &str) -> Option<bool> {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let pieces = pieces(&pattern)?;
    // Which prefixes of the text the pieces so far can match.
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for piece in &pieces {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            match piece {
                Piece::Star => next[at] = ends[at] || (at > 0 && next[at - 1] && text[at - 1] != '/'),
                Piece::One(set) => next[at] = at > 0 && ends[at - 1] && set.has(text[at - 1]),
            }
        }
        ends = next;
    }
    Some(ends[text.len()])
}

/// A part of a pattern.
enum Piece {
    /// Any text within an element.
    Star,
    /// One character.
    One(Set),
}

/// The characters that one place takes.
struct Set {
    ranges: Vec<(char, char)>,
    without: bool,
}

impl Set {
    fn has(&self, c: char) -> bool {
        let inside = self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&c));
        // `?` and `[^a]` stop at a slash.
        (!self.without || c != '/') && inside != self.without
    }
}

fn pieces(pattern: &[char]) -> Option<Vec<Piece>> {
    let mut out = Vec::new();
    let mut rest = pattern;
    while let [first, behind @ ..] = rest {
        rest = behind;
        let one = |c: char| Piece::One(Set { ranges: vec![(c, c)], without: false });
        out.push(match first {
            '*' => Piece::Star,
            '?' => Piece::One(Set { ranges: Vec::new(), without: true }),
            '\\' => {
                let (c, behind) = rest.split_first()?;
                rest = behind;
                one(*c)
            }
            '[' => {
                let (set, behind) = set(rest)?;
                rest = behind;
                Piece::One(set)
            }
            c => one(*c),
        });
    }
    Some(out)
}

/// A set in brackets, from behind the opening one.
fn set(text: &[char]) -> Option<(Set, &[char])> {
    let (without, mut rest) = match text {
        ['^', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut ranges = Vec::new();
    loop {
        match rest {
            [']', behind @ ..] if !ranges.is_empty() => return Some((Set { ranges, without }, behind)),
            [low, '-', high, behind @ ..] if *high != ']' => {
                ranges.push((*low, *high));
                rest = behind;
            }
            [']' | '-', ..] | [] => return None,
            ['\\', c, behind @ ..] | [c, behind @ ..] => {
                ranges.push((*c, *c));
                rest = behind;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_path_match_does() {
        for (pattern, text, expected) in [
            ("a*c", "abbc", Some(true)),
            ("a*c", "ab/c", Some(false)),
            ("*", "", Some(true)),
            ("a?c", "abc", Some(true)),
            ("a?c", "a/c", Some(false)),
            ("[a-c]x", "bx", Some(true)),
            ("[^a-c]x", "bx", Some(false)),
            ("[^a]x", "/x", Some(false)),
            ("\\*", "*", Some(true)),
            ("[", "a", None),
            ("[]a]", "a", None),
            ("[a-]", "a", None),
            ("\\", "a", None),
        ] {
            assert_eq!(glob(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn many_stars_take_no_longer() {
        let pattern = "*a".repeat(200) + "b";
        assert_eq!(glob(&pattern, &"a".repeat(400)), Some(false));
    }
}
