//! The Go that a workflow sets up: the `go-version:` keys of its YAML. Only
//! plain values and lists count; what is computed is passed over.

/// The lines that name a version, from 1, with the version.
pub(super) fn versions(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut list: Option<usize> = None;
    for (index, line) in text.lines().enumerate() {
        let code = line.split(" #").next().unwrap_or_default();
        let depth = code.len() - code.trim_start().len();
        let code = code.trim();
        if code.is_empty() || code.starts_with('#') {
            continue;
        }
        if let Some(item) = code.strip_prefix("- ").filter(|_| list.is_some_and(|key| depth >= key)) {
            found.extend(plain(item).map(|version| (index + 1, version)));
            continue;
        }
        list = None;
        let Some((key, value)) = code.trim_start_matches("- ").split_once(':') else { continue };
        if key.trim().trim_matches(['"', '\'']) != "go-version" {
            continue;
        }
        match value.trim() {
            "" => list = Some(depth),
            value if value.starts_with('[') => {
                let items = value.trim_matches(['[', ']']).split(',');
                found.extend(items.filter_map(plain).map(|version| (index + 1, version)));
            }
            value => found.extend(plain(value).map(|version| (index + 1, version))),
        }
    }
    found
}

/// A value that stands for itself.
fn plain(value: &str) -> Option<String> {
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty() && !value.contains(['$', '{', '*', '&', '|', '>'])).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_lists_are_read() {
        let text = "jobs:\n  a:\n    strategy:\n      matrix:\n        go-version: ['1.25', \"1.26.x\"]\n    steps:\n      - uses: actions/setup-go@v5\n        with:\n          go-version: 1.24.1 # old\n          cache: true\n";
        assert_eq!(versions(text), [(5, "1.25".into()), (5, "1.26.x".into()), (9, "1.24.1".into())]);
        let text = "matrix:\n  go-version:\n    - 1.21\n    - 'stable'\n  os:\n    - linux\n";
        assert_eq!(versions(text), [(3, "1.21".into()), (4, "stable".into())]);
        assert_eq!(versions("go-version:\n- 1.21\n- 1.22\nx: y\n- 1.23\n"), [(2, "1.21".into()), (3, "1.22".into())]);
    }

    #[test]
    fn what_is_computed_or_commented_out_is_passed_over() {
        let text = "# go-version: 1.1\ngo-version: ${{ matrix.go }}\ngo-version-file: go.mod\ngo-version: '>=1.20'\n: :\n- \ngo-version";
        assert!(versions(text).is_empty());
    }
}
