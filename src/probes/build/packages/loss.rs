//! What a package loses with its files that need cgo.

use super::selected::Selected;

/// What a package loses with its files that need cgo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// All: none of its files is left.
    Everything,
    /// It does the same in Go, within these limits.
    Limits(&'static str),
    /// It builds, and fails where it is used: how.
    FailsInUse(&'static str),
    /// Programs with it are not linked: it is for those that use cgo alone.
    NotLinked,
    /// Files that are for builds without cgo stand in for them, of which this
    /// is the first. What they lack is not known.
    StandIn(String),
    /// What they declare. Nothing stands in for it, so that what uses it does
    /// not compile.
    Declarations,
}

/// What cannot be seen from build constraints: how stand-ins behave.
const KNOWN: [(&str, Loss); 5] = [
    (
        "net",
        Loss::Limits(
            "Go's own resolver looks up names: those that only the C library finds (mDNS, LDAP, modules of nsswitch.conf) are not found",
        ),
    ),
    (
        "os/user",
        Loss::Limits(
            "users and groups are read from /etc/passwd and /etc/group: those of LDAP, NIS or SSSD are not found",
        ),
    ),
    ("plugin", Loss::FailsInUse("plugin: not implemented")),
    ("crypto/internal/boring", Loss::Limits("Go's own cryptography is used, not BoringCrypto")),
    (
        "github.com/mattn/go-sqlite3",
        Loss::FailsInUse("Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work"),
    ),
];

impl Loss {
    /// What a package loses of which this is left; `name` gives a file's name
    /// for people.
    pub(super) fn of(package: &str, left: &Selected<'_>, name: impl Fn(usize) -> String) -> Loss {
        if left.files == 0 {
            return Loss::Everything;
        }
        if package == "runtime/cgo" {
            return Loss::NotLinked;
        }
        let Some(stand_in) = left.stand_in else { return Loss::Declarations };
        let known = KNOWN.into_iter().find(|(known, _)| *known == package);
        known.map_or_else(|| Loss::StandIn(name(stand_in)), |(_, loss)| loss)
    }
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Loss::Everything => write!(f, "build constraints exclude all Go files"),
            Loss::Limits(limits) => write!(f, "{limits}"),
            Loss::FailsInUse(how) => write!(f, "it builds, and fails where it is used: {how}"),
            Loss::NotLinked => write!(f, "the linker refuses programs that import it"),
            Loss::StandIn(file) => write!(f, "{file} stands in, and may not do the same"),
            Loss::Declarations => write!(f, "what its files with C declare is missing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(package: &str, files: usize, stand_in: Option<usize>) -> Loss {
        let left = Selected { files, stand_in, left_out: Some(0), ..Selected::default() };
        Loss::of(package, &left, |at| format!("file {at}"))
    }

    #[test]
    fn what_is_left_decides() {
        assert_eq!(loss("a.b/c", 0, None), Loss::Everything);
        assert_eq!(loss("a.b/c", 1, None), Loss::Declarations);
        assert_eq!(loss("a.b/c", 2, Some(1)), Loss::StandIn("file 1".to_owned()));
    }

    #[test]
    fn what_is_known_counts_where_something_stands_in() {
        let sqlite = "github.com/mattn/go-sqlite3";
        assert!(matches!(loss(sqlite, 1, Some(0)), Loss::FailsInUse(_)));
        assert_eq!(loss(sqlite, 0, None), Loss::Everything, "a version without a stand-in");
        assert!(matches!(loss("net", 9, Some(0)), Loss::Limits(_)));
    }
}
