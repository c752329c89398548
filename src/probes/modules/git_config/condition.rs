//! The conditions of `includeIf`.

use std::path::Path;

use regex_lite::{Regex, RegexBuilder};

use super::entry::Reach;

/// What a pattern may take, in bytes.
const SIZE_LIMIT: usize = 256 * 1024;

/// The folders that a condition is held against.
#[derive(Debug)]
pub(super) struct Repositories {
    /// The git folder of the repository that is looked at.
    pub(super) project: Option<String>,
    /// A folder like those that Go downloads into.
    pub(super) downloads: Option<String>,
}

/// Whom an `includeIf` lets through. `here` is the folder of the file that
/// says so. Conditions about branches and remotes count for nobody: they
/// change from hour to hour.
pub(super) fn reach(condition: &str, here: &Path, home: Option<&Path>, repositories: &Repositories) -> Reach {
    let (pattern, any_case) = match condition.split_once(':') {
        Some(("gitdir", pattern)) => (pattern, false),
        Some(("gitdir/i", pattern)) => (pattern, true),
        _ => return Reach::Elsewhere,
    };
    let Some(pattern) = whole_pattern(pattern, here, home) else { return Reach::Elsewhere };
    let Some(expression) = expression(&pattern, any_case) else { return Reach::Elsewhere };
    let matches = |folder: &Option<String>| folder.as_ref().is_some_and(|folder| expression.is_match(folder));
    match (matches(&repositories.project), matches(&repositories.downloads)) {
        (true, true) => Reach::Both,
        (true, false) => Reach::Project,
        (false, true) => Reach::Downloads,
        (false, false) => Reach::Elsewhere,
    }
}

/// The pattern as git completes it.
fn whole_pattern(pattern: &str, here: &Path, home: Option<&Path>) -> Option<String> {
    let mut whole = if let Some(rest) = pattern.strip_prefix("~/") {
        format!("{}/{rest}", home?.display())
    } else if let Some(rest) = pattern.strip_prefix("./") {
        format!("{}/{rest}", here.display())
    } else if pattern.starts_with('/') {
        pattern.to_owned()
    } else {
        format!("**/{pattern}")
    };
    if whole.ends_with('/') {
        whole.push_str("**");
    }
    Some(whole)
}

/// The pattern as a regular expression, which takes no longer for many stars:
/// `*` and `?` stay within a name, `**` goes across folders.
fn expression(pattern: &str, any_case: bool) -> Option<Regex> {
    let mut out = format!("(?s{})^", if any_case { "i" } else { "" });
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let (taken, part) = match c {
            '*' if rest.starts_with("**/") => (3, "(?:.*/)?".to_owned()),
            '*' if rest.starts_with("**") => (2, ".*".to_owned()),
            '*' => (1, "[^/]*".to_owned()),
            '?' => (1, "[^/]".to_owned()),
            c => (c.len_utf8(), regex_lite::escape(&rest[..c.len_utf8()])),
        };
        out.push_str(&part);
        rest = &rest[taken..];
    }
    out.push('$');
    RegexBuilder::new(&out).size_limit(SIZE_LIMIT).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(condition: &str) -> Reach {
        let repositories = Repositories {
            project: Some("/home/kim/work/shop/.git".into()),
            downloads: Some("/home/kim/go/pkg/mod/cache/vcs/0".into()),
        };
        reach(condition, Path::new("/home/kim/.config/git"), Some(Path::new("/home/kim")), &repositories)
    }

    #[test]
    fn conditions_let_through_as_git_does() {
        for (condition, expected) in [
            ("gitdir:~/work/", Reach::Project),
            ("gitdir:~/go/", Reach::Downloads),
            ("gitdir:~/", Reach::Both),
            ("gitdir:work/", Reach::Project),
            ("gitdir:shop/.git", Reach::Project),
            ("gitdir:/home/*/work/**", Reach::Project),
            ("gitdir:/home/*/shop/**", Reach::Elsewhere),
            ("gitdir:/home/*/work", Reach::Elsewhere),
            ("gitdir/i:~/WORK/", Reach::Project),
            ("gitdir:~/WORK/", Reach::Elsewhere),
            ("gitdir:./x/", Reach::Elsewhere),
            ("onbranch:main", Reach::Elsewhere),
            ("hasconfig:remote.*.url:https://git.corp.example/**", Reach::Elsewhere),
            ("", Reach::Elsewhere),
        ] {
            assert_eq!(of(condition), expected, "{condition}");
        }
    }
}
