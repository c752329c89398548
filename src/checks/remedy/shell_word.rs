/// A text as one word of a POSIX shell, for commands that are to be copied.
#[must_use]
pub fn shell_word(text: &str) -> String {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "/._-+@:,%=".contains(c));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word() {
        for (text, word) in [
            ("/opt/go/bin/go1.27.0", "/opt/go/bin/go1.27.0"),
            ("~/go", "'~/go'"),
            ("/a b", "'/a b'"),
            ("/it's;$(x)", "'/it'\\''s;$(x)'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}
