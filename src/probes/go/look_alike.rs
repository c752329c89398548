//! Names that look like those of Go's settings.

use super::setting_names::SETTING_NAMES;

/// What people put behind a name that has no such ending.
const ENDINGS: [&str; 4] = ["DIR", "PATH", "FOLDER", "URL"];

/// Shorter names have too many neighbours for a typing error to be told.
const SHORTEST_WITH_TYPO: usize = 6;

/// The setting that a name looks like; None for a name that is one, and for
/// one that is like none.
#[must_use]
pub fn look_alike(name: &str) -> Option<&'static str> {
    if SETTING_NAMES.contains(&name) || !(name.starts_with("GO") || name.starts_with("CGO")) {
        return None;
    }
    let plain = without_lines(name);
    let same = |known: &&&str| {
        let known = without_lines(known);
        plain == known || ENDINGS.iter().any(|ending| plain.strip_suffix(ending) == Some(&known))
    };
    let close = |known: &&&str| known.len() >= SHORTEST_WITH_TYPO && is_one_slip(name, known);
    SETTING_NAMES.iter().find(same).or_else(|| SETTING_NAMES.iter().find(close)).copied()
}

fn without_lines(name: &str) -> String {
    name.replace('_', "")
}

/// True when one letter is missing, too many, another, or two neighbours
/// stand in the wrong order. Digits and underscores are no slips: such names
/// are made on purpose.
fn is_one_slip(name: &str, known: &str) -> bool {
    let (name, known) = (name.as_bytes(), known.as_bytes());
    let same_start = name.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (a, b) = (&name[same_start..], &known[same_start..]);
    match (a, b) {
        ([x, rest @ ..], _) if rest == b => x.is_ascii_uppercase(),
        (_, [y, rest @ ..]) if rest == a => y.is_ascii_uppercase(),
        ([x, ra @ ..], [y, rb @ ..]) if ra == rb => x.is_ascii_uppercase() && y.is_ascii_uppercase(),
        ([x, y, ra @ ..], [v, w, rb @ ..]) => x == w && y == v && ra == rb,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_told_from_names_of_others() {
        for (name, like) in [
            ("GO_CACHE", Some("GOCACHE")),
            ("GOMODCACHEDIR", Some("GOMODCACHE")),
            ("GOMOD_CACHE", Some("GOMODCACHE")),
            ("GO_PROXY_URL", Some("GOPROXY")),
            ("GOFLAG", Some("GOFLAGS")),
            ("GOPRIVTE", Some("GOPRIVATE")),
            ("GOPRVIATE", Some("GOPRIVATE")),
            ("GOPROXYS", Some("GOPROXY")),
            ("CGO_ENABLE", Some("CGO_ENABLED")),
            ("GOCACHE", None),
            ("GO_ENV", None),
            ("GOENV_ROOT", None),
            ("GOLANG_VERSION", None),
            ("GOROOT_1_24_X64", None),
            ("GOROOT_BOOTSTRAP", None),
            ("GOROOT_FINAL", None),
            ("GOPATH1", None),
            ("GODEBUG", None),
            ("GOGC", None),
            ("GOMEMLIMIT", None),
            ("GOMAXPROCS", None),
            ("GOTRACEBACK", None),
            ("GOOGLE_CLOUD_PROJECT", None),
            ("GO", None),
            ("", None),
            ("\u{fffd}", None),
        ] {
            assert_eq!(look_alike(name), like, "{name}");
        }
    }
}
