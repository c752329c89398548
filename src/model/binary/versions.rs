use std::cmp::Ordering;

/// A version of symbols that a binary asks a library for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The library: `libc.so.6`.
    pub library: String,
    /// The version: `GLIBC_2.34`.
    pub version: String,
    /// The program starts without it, too.
    pub weak: bool,
}

/// Orders dotted numbers such as `2.4` and `2.34`.
#[must_use]
pub fn compare(one: &str, other: &str) -> Ordering {
    let numbers = |version: &str| version.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    numbers(one).cmp(&numbers(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(compare("2.38", "2.36"), Ordering::Greater);
        assert_eq!(compare("2.4", "2.36"), Ordering::Less);
        assert_eq!(compare("2.36", "2.36"), Ordering::Equal);
        assert_eq!(compare("2.2.5", "2.36"), Ordering::Less);
    }
}
