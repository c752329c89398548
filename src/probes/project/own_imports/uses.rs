//! What the code of a file asks of the system that it runs on.

use super::ImportedAt;

/// Something that a program finds in files of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// The certificates of the authorities that it trusts.
    Certificates,
    /// The time zones.
    Zones,
}

/// What a file does about the system's files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// The line, from 1, that asks another server something, when the file
    /// names no plain address alone.
    pub(super) client: Option<usize>,
    /// The line that opens a TLS connection.
    pub(super) dials: Option<usize>,
    /// The line that looks up a time zone.
    pub(super) zone: Option<usize>,
    /// True when it names an address of HTTPS.
    pub(super) is_secure: bool,
    /// True when it says itself whom it trusts.
    pub(super) has_roots: bool,
}

/// Calls of net/http that ask another server something.
const CLIENT: [&str; 9] = [
    "http.Get(",
    "http.Post(",
    "http.PostForm(",
    "http.Head(",
    "http.NewRequest",
    "http.Client{",
    "http.DefaultClient",
    "http.DefaultTransport",
    "http.Transport{",
];

/// Calls of crypto/tls that check a certificate.
const DIALS: [&str; 3] = ["tls.Dial(", "tls.DialWithDialer(", "tls.Client("];

/// Words of a program that chooses by itself whom it trusts.
const ROOTS: [&str; 4] = ["RootCAs", "AppendCertsFromPEM", "InsecureSkipVerify", "SetFallbackRoots"];

/// Packages, and those below them, that speak HTTPS with servers of the
/// Internet.
const CLIENTS: [&str; 12] = [
    "cloud.google.com/go",
    "github.com/Azure/azure-sdk-for-go",
    "github.com/aws/aws-sdk-go",
    "github.com/aws/aws-sdk-go-v2",
    "github.com/getsentry/sentry-go",
    "github.com/google/go-github",
    "github.com/openai/openai-go",
    "github.com/sashabaranov/go-openai",
    "github.com/slack-go/slack",
    "github.com/stripe/stripe-go",
    "golang.org/x/oauth2",
    "google.golang.org/api",
];

/// Packages that put certificates into the program.
const BRING_CERTIFICATES: [&str; 4] = [
    "golang.org/x/crypto/x509roots/fallback",
    "github.com/breml/rootcerts",
    "github.com/certifi/gocertifi",
    "github.com/gwatts/rootcerts",
];

/// Packages that put time zones into the program.
const BRING_ZONES: [&str; 2] = ["time/tzdata", "4d63.com/tz"];

impl Need {
    /// True for a package that brings it into the program.
    pub(super) fn is_brought_by(self, path: &str) -> bool {
        let packages = match self {
            Need::Certificates => BRING_CERTIFICATES.as_slice(),
            Need::Zones => BRING_ZONES.as_slice(),
        };
        packages.iter().any(|known| is_below(path, known))
    }
}

/// True for a package that speaks HTTPS with servers of the Internet.
pub(super) fn is_client(path: &str) -> bool {
    CLIENTS.iter().any(|known| is_below(path, known))
}

fn is_below(path: &str, parent: &str) -> bool {
    path.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Uses {
    /// Reads the code of a file with these imports.
    pub(super) fn read(text: &str, imports: &[ImportedAt]) -> Uses {
        let imports_one = |path: &str| imports.iter().any(|import| import.path == path);
        let lines = || text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_start()));
        let code = || lines().filter(|(_, line)| !line.starts_with("//"));
        let first = |words: &[&str]| {
            code().find(|(_, line)| words.iter().any(|word| line.contains(word))).map(|(number, _)| number)
        };
        let says = |word: &str| code().any(|(_, line)| line.contains(word));
        let names = |scheme: &str| says(&format!("\"{scheme}")) || says(&format!("`{scheme}"));
        let is_secure = names("https://");
        // What speaks plain HTTP, as a health check does, trusts nobody.
        let is_plain = names("http://") && !is_secure;
        Uses {
            client: if imports_one("net/http") && !is_plain { first(&CLIENT) } else { None },
            dials: if imports_one("crypto/tls") { first(&DIALS) } else { None },
            zone: if imports_one("time") {
                code().find(|(_, line)| is_zone(line)).map(|(number, _)| number)
            } else {
                None
            },
            is_secure,
            has_roots: ROOTS.iter().any(|word| says(word)),
        }
    }
}

/// True for a look-up that takes a file: those of UTC and of the local zone
/// do not.
fn is_zone(line: &str) -> bool {
    let mut calls = line.match_indices("time.LoadLocation(").map(|(at, call)| &line[at + call.len()..]);
    calls.any(|argument| !["\"\")", "\"UTC\")", "\"Local\")"].iter().any(|known| argument.starts_with(known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Evidence;

    fn read(text: &str, paths: &[&str]) -> Uses {
        let import = |path: &&str| ImportedAt { path: (*path).to_owned(), place: Evidence::new("x", "y") };
        Uses::read(text, &paths.iter().map(import).collect::<Vec<_>>())
    }

    #[test]
    fn clients_of_https_are_told_from_health_checks() {
        let uses = read("// http.Get(\nvar u = \"https://a.b\"\nx := http.Get(u)\n", &["net/http"]);
        assert_eq!((uses.client, uses.is_secure), (Some(3), true));
        assert_eq!(read("http.Get(\"http://localhost:8080/healthz\")", &["net/http"]).client, None);
        assert_eq!(read("http.ListenAndServe(\":80\", nil)", &["net/http"]), Uses::default());
        assert_eq!(read("http.Get(\"https://a\")", &["a.b/http"]).client, None);
        let uses = read("tls.Dial(a, b, &tls.Config{RootCAs: own})", &["crypto/tls"]);
        assert_eq!((uses.dials, uses.has_roots), (Some(1), true));
    }

    #[test]
    fn zones_that_take_no_file_do_not_count() {
        let zone = |text| read(text, &["time"]).zone;
        assert_eq!(zone("a, _ := time.LoadLocation(\"UTC\"); b, _ := time.LoadLocation(name)"), Some(1));
        assert_eq!(zone("time.LoadLocation(\"Local\")\ntime.LoadLocation(\"\")\ntime.LoadLocation("), Some(3));
        assert_eq!(zone("time.LoadLocation(\"UTC\")\n\u{fffd}\u{0}"), None);
    }

    #[test]
    fn packages_bring_what_lies_below_them() {
        assert!(Need::Zones.is_brought_by("time/tzdata") && !Need::Zones.is_brought_by("time/tzdatas"));
        assert!(is_client("github.com/aws/aws-sdk-go-v2/service/s3") && !is_client("github.com/aws/aws-sdk-gopher"));
    }
}
