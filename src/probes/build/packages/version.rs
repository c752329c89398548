//! The order of module versions.

use std::cmp::Ordering;

/// Which of two module versions is newer, as semantic versions are ordered:
/// `v1.2.0-rc.1` is older than `v1.2.0`, and `+incompatible` does not count.
/// What is no version is older than all that are.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    match (parse(a), parse(b)) {
        (Some(a), Some(b)) => a.0.cmp(&b.0).then_with(|| compare_early(a.1, b.1)),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

/// The three numbers, and what stands behind a dash.
fn parse(version: &str) -> Option<([u64; 3], Option<&str>)> {
    let version = version.strip_prefix('v')?.split('+').next()?;
    let (numbers, early) = match version.split_once('-') {
        Some((numbers, early)) => (numbers, Some(early)),
        None => (version, None),
    };
    let mut parts = numbers.split('.').map(|part| part.parse().ok());
    let mut next = || parts.next().unwrap_or(Some(0));
    Some(([next()?, next()?, next()?], early))
}

/// A version with something behind a dash comes before the one without.
fn compare_early(a: Option<&str>, b: Option<&str>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return b.is_some().cmp(&a.is_some()) };
    let word = |a: &str, b: &str| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match (is_number(a), is_number(b)) {
            // Numbers have no leading zeros, so the longer one is larger.
            (true, true) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
            (a_is, b_is) => b_is.cmp(&a_is).then_with(|| a.cmp(b)),
        }
    };
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => return word(a, b),
            (a, b) => return a.is_some().cmp(&b.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_go_orders_them() {
        let order = [
            "rubbish",
            "v0.0.0-20190101000000-abcdefabcdef",
            "v0.0.0-20240101000000-abcdefabcdef",
            "v0.1.0",
            "v1.2.0-alpha",
            "v1.2.0-alpha.1",
            "v1.2.0-alpha.beta",
            "v1.2.0-rc.2",
            "v1.2.0-rc.11",
            "v1.2.0",
            "v1.10.0",
            "v2.0.0+incompatible",
        ];
        for (at, a) in order.iter().enumerate() {
            for (other, b) in order.iter().enumerate() {
                assert_eq!(compare(a, b), at.cmp(&other), "{a} {b}");
            }
        }
        assert_eq!(compare("v2.0.0+incompatible", "v2.0.0"), Ordering::Equal);
    }
}
