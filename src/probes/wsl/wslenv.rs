/// WSLENV: which variables cross between Windows and WSL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WslEnv {
    entries: Vec<String>,
}

impl WslEnv {
    /// `NAME/p:OTHER/l`: names with flags, case-sensitive.
    #[must_use]
    pub fn parse(text: &str) -> WslEnv {
        WslEnv { entries: text.split(':').filter(|entry| !entry.is_empty()).map(str::to_owned).collect() }
    }

    /// True when this variable reaches WSL from Windows: `w` is for the other
    /// way only.
    #[must_use]
    pub fn shares(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| {
            let (own, flags) = entry.split_once('/').unwrap_or((entry, ""));
            own == name && !flags.contains('w')
        })
    }

    /// The list without this variable.
    #[must_use]
    pub fn without(&self, name: &str) -> String {
        let others = self.entries.iter().filter(|entry| entry.split('/').next() != Some(name));
        others.map(String::as_str).collect::<Vec<_>>().join(":")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_flags() {
        let list = WslEnv::parse("GOPATH/p::GOROOT:TMP/w:USERPROFILE/pu");
        assert!(list.shares("GOPATH") && list.shares("GOROOT") && list.shares("USERPROFILE"));
        assert!(!list.shares("TMP") && !list.shares("gopath") && !list.shares("GO"));
        assert_eq!(list.without("GOPATH"), "GOROOT:TMP/w:USERPROFILE/pu");
        assert_eq!(WslEnv::parse("GOPATH/p").without("GOPATH"), "");
    }
}
