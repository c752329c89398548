//! What the users of a program lose when a package does without C.

use crate::model::Loss;

/// Packages whose loss is known.
const KNOWN: [(&str, &str); 4] = [
    ("net", "names are looked up by Go itself: no mDNS, no NSS module, and on a VPN perhaps not its names"),
    ("os/user", "users are read from /etc/passwd alone: none from LDAP or SSSD"),
    ("plugin", "plugin.Open always fails"),
    ("github.com/mattn/go-sqlite3", "a stub is built in: every query fails when the program runs"),
];

/// The loss of a package.
pub(super) fn loss(package: &str) -> Loss {
    let what = KNOWN.iter().find(|(known, _)| *known == package).map(|(_, what)| *what);
    Loss { package: package.to_owned(), what }
}
