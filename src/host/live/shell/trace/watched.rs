/// The variables that checks speak of.
const NAMES: [&str; 48] = [
    "ALL_PROXY",
    "CC",
    "CGO_CFLAGS",
    "CGO_ENABLED",
    "CGO_LDFLAGS",
    "CXX",
    "GO111MODULE",
    "GOAMD64",
    "GOARCH",
    "GOARM",
    "GOARM64",
    "GOAUTH",
    "GOBIN",
    "GOCACHE",
    "GOCACHEPROG",
    "GODEBUG",
    "GOENV",
    "GOEXPERIMENT",
    "GOFLAGS",
    "GOINSECURE",
    "GOMODCACHE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOOS",
    "GOPATH",
    "GOPRIVATE",
    "GOPROXY",
    "GOROOT",
    "GOSUMDB",
    "GOTMPDIR",
    "GOTOOLCHAIN",
    "GOVCS",
    "GOWORK",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LD_LIBRARY_PATH",
    "NO_PROXY",
    "PATH",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "all_proxy",
    "fish_user_paths",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// All that are watched. What cannot be a variable's name is left out: it
/// would become a part of a prompt that a shell expands.
pub(super) fn names(further: &[String]) -> Vec<String> {
    let mut names: Vec<String> = NAMES.map(str::to_owned).into();
    for name in further {
        if is_name(name) && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_are_watched() {
        let further = ["MY_VAR", "GOPATH", "a-b", "$(touch x)", "", "1X"].map(str::to_owned);
        assert_eq!(names(&further)[NAMES.len()..], ["MY_VAR"]);
    }
}
