/// A fenced block of a Markdown document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    /// What stands behind the opening fence, such as `toml` or `toml expect`.
    pub info: &'a str,
    /// The text between the fences.
    pub text: &'a str,
    /// Line of the opening fence, from 1.
    pub line: usize,
    /// Byte offset of `text` in the document.
    pub offset: usize,
}

/// The fenced blocks of a Markdown document. A block whose fence is not
/// closed reaches to the end.
#[must_use]
pub fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str, usize, usize)> = None;
    let mut offset = 0;
    for (index, line) in document.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim_end();
        match open {
            None => {
                let ticks = trimmed.bytes().take_while(|byte| *byte == b'`').count();
                if ticks >= 3 {
                    open = Some((ticks, trimmed[ticks..].trim(), index + 1, offset));
                }
            }
            Some((ticks, info, line_number, from)) => {
                let closes = trimmed.len() >= ticks && trimmed.bytes().all(|byte| byte == b'`');
                if closes {
                    found.push(Block { info, text: &document[from..start], line: line_number, offset: from });
                    open = None;
                }
            }
        }
    }
    if let Some((_, info, line, from)) = open {
        found.push(Block { info, text: &document[from..], line, offset: from });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_fences_hold_shorter_ones() {
        let found = blocks("text\n````toml\na = '''\n```\n'''\n````\nmore\n```toml expect\nb = 1\n```\n");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].info, found[0].text, found[0].line), ("toml", "a = '''\n```\n'''\n", 2));
        assert_eq!((found[1].info, found[1].text), ("toml expect", "b = 1\n"));
    }
}
