use std::collections::HashSet;

/// What a sum is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SumKind {
    /// The module: all its files.
    Module,
    /// Its go.mod file alone.
    GoMod,
}

/// The entries of a go.sum.
#[derive(Debug, Default)]
pub(super) struct Sums {
    entries: HashSet<(String, String, SumKind)>,
}

impl Sums {
    /// Reads a go.sum; None when it has a line that Go cannot read.
    pub(super) fn parse(text: &str) -> Option<Sums> {
        let mut sums = Sums::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [path, version, sum] = words.as_slice() else {
                if words.is_empty() {
                    continue;
                }
                return None;
            };
            // Sums of another kind are passed over.
            if sum.starts_with("h1:") {
                let (version, kind) = match version.strip_suffix("/go.mod") {
                    Some(version) => (version, SumKind::GoMod),
                    None => (*version, SumKind::Module),
                };
                sums.entries.insert(((*path).to_owned(), version.to_owned(), kind));
            }
        }
        Some(sums)
    }

    /// Whether there is an entry.
    pub(super) fn has(&self, path: &str, version: &str, kind: SumKind) -> bool {
        self.entries.contains(&(path.to_owned(), version.to_owned(), kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_as_go_reads_them() {
        let sums =
            Sums::parse("a.b/c v1.0.0 h1:x\r\n\r\na.b/c v1.0.0/go.mod h1:y\na.b/d v1.0.0 h2:z\n").expect("it is well");
        assert!(sums.has("a.b/c", "v1.0.0", SumKind::Module) && sums.has("a.b/c", "v1.0.0", SumKind::GoMod));
        assert!(!sums.has("a.b/d", "v1.0.0", SumKind::Module), "Go knows h1 alone");
        assert!(!sums.has("a.b/C", "v1.0.0", SumKind::Module));
    }

    #[test]
    fn rubbish_is_no_go_sum() {
        for text in ["<<<<<<< HEAD\n", "a v1\n", "\u{0}\n", "a b c d\n", &"x ".repeat(100_000)] {
            assert!(Sums::parse(text).is_none());
        }
        assert!(Sums::parse("").is_some());
    }
}
