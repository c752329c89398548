use super::goproxy::GoProxy;
use super::patterns::ModulePatterns;
use crate::probes::go::{Setting, View};

/// The way that Go takes to a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// From its own host, with git or the like.
    Direct,
    /// From a module proxy, first of all.
    Proxy,
    /// None: GOPROXY is off.
    Off,
}

/// Proxies that have public modules only.
const PUBLIC_PROXIES: [&str; 6] = [
    "https://proxy.golang.org",
    "https://goproxy.io",
    "https://goproxy.cn",
    "https://mirrors.aliyun.com/goproxy",
    "https://athens.azurefd.net",
    "https://goproxy.dev",
];

/// Modules that everybody can have. A pattern that matches one of them says
/// nothing of who owns what it matches.
const PUBLIC_MODULES: [&str; 9] = [
    "github.com/golang/go",
    "gitlab.com/gitlab-org/cli",
    "bitbucket.org/atlassian/go",
    "golang.org/x/text",
    "google.golang.org/grpc",
    "gopkg.in/yaml.v3",
    "go.uber.org/zap",
    "k8s.io/api",
    "codeberg.org/forgejo/forgejo",
];

impl View {
    /// The pattern that keeps a module from the proxies, with the setting that
    /// has it.
    #[must_use]
    pub fn private_pattern(&self, module: &str) -> Option<(String, Setting)> {
        let setting = self.get("GONOPROXY").or_else(|| self.get("GOPRIVATE"))?;
        let pattern = ModulePatterns::parse(&setting.value).matching(module)?.to_owned();
        Some((pattern, setting))
    }

    /// True when no proxy is asked for a module.
    #[must_use]
    pub fn is_private(&self, module: &str) -> bool {
        self.private_pattern(module).is_some()
    }

    /// True when the checksum database is asked for a module.
    #[must_use]
    pub fn is_in_checksum_database(&self, module: &str) -> bool {
        let patterns = self.get("GONOSUMDB").or_else(|| self.get("GOPRIVATE"));
        let is_left_out =
            patterns.is_some_and(|setting| ModulePatterns::parse(&setting.value).matching(module).is_some());
        self.value("GOSUMDB") != "off" && !is_left_out
    }

    /// The way to a module.
    #[must_use]
    pub fn route(&self, module: &str) -> Route {
        if self.is_private(module) {
            return Route::Direct;
        }
        let list = GoProxy::parse(&self.value("GOPROXY"));
        match list.entries.first().map(|entry| entry.text.as_str()) {
            Some("direct") => Route::Direct,
            Some("off") => Route::Off,
            _ => Route::Proxy,
        }
    }

    /// True when Go asks only proxies that have no private module.
    #[must_use]
    pub fn has_public_proxies_only(&self) -> bool {
        let list = GoProxy::parse(&self.value("GOPROXY"));
        let is_public = |text: &str| {
            let url = text.trim_end_matches('/');
            let url = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
            PUBLIC_PROXIES.contains(&url.as_str())
        };
        let proxies = list.entries.iter().filter(|entry| !matches!(entry.text.as_str(), "direct" | "off"));
        let mut any = false;
        let all = proxies.inspect(|_| any = true).all(|entry| is_public(&entry.text));
        all && any
    }
}

/// The module that everybody can have and that a pattern matches, too.
#[must_use]
pub fn public_match(pattern: &str) -> Option<&'static str> {
    let pattern = ModulePatterns::parse(pattern);
    PUBLIC_MODULES.into_iter().find(|module| pattern.matching(module).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broad_patterns_are_told_from_narrow_ones() {
        for broad in ["*", "github.com", "*.org", "golang.org/x", "*/*", "g*"] {
            assert!(public_match(broad).is_some(), "{broad}");
        }
        for narrow in ["github.com/corp", "git.corp.example", "*.corp.example", "github.com/golang-corp/*"] {
            assert_eq!(public_match(narrow), None, "{narrow}");
        }
    }
}
