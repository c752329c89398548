//! Lines of start files that lower a limit with `ulimit`.

use super::comment_out;
use crate::model::{Evidence, Fix};
use crate::probes::shell::{RcFiles, Writer};

/// A line that sets a limit.
#[derive(Debug, Clone)]
pub struct LimitLine(Writer);

/// The lines of the shell's start files that set the limit of this letter:
/// `n` for open files, `v` for address space.
#[must_use]
pub fn limit_lines(rc: &RcFiles, letter: char) -> Vec<LimitLine> {
    let mut found = Vec::new();
    for file in rc.files.iter() {
        let Ok(text) = &file.text else { continue };
        for (index, line) in text.lines().enumerate().filter(|(_, line)| sets_limit(line, letter)) {
            found.push(LimitLine(Writer {
                path: file.path.clone(),
                name: file.name.clone(),
                line: index + 1,
                text: line.to_owned(),
                value: None,
                sets: Vec::new(),
                contexts: file.contexts.clone(),
                own: file.own,
                form: file.form,
            }));
        }
    }
    found
}

/// True for a plain `ulimit -Sn 256`. What stands in an `if` or behind `&&`
/// may not run, and is left to the user.
fn sets_limit(line: &str, letter: char) -> bool {
    let mut words = line.split_whitespace();
    if words.next() != Some("ulimit") {
        return false;
    }
    let words: Vec<&str> = words.take_while(|word| !word.starts_with('#')).collect();
    let asks = words.iter().any(|word| word.starts_with('-') && word.contains(letter));
    asks && words.iter().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

impl LimitLine {
    /// The line as evidence.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.0.evidence()
    }

    /// Comments it out.
    #[must_use]
    pub fn fix(&self, why: &str) -> Fix {
        comment_out(&self.0, why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_lines_count() {
        for line in ["ulimit -n 256", "  ulimit -S -n 64 # small", "ulimit -Sn 12"] {
            assert!(sets_limit(line, 'n'), "{line}");
        }
        for line in
            ["ulimit -n", "ulimit -v 100", "# ulimit -n 256", "test -t 0 && ulimit -n 9", "ulimit -n unlimited", ""]
        {
            assert!(!sets_limit(line, 'n'), "{line}");
        }
    }
}
