use super::proxy_list::{ProxyList, Source};
use super::{NoProxy, ProxyFault, ProxyUrl, Reading};
use crate::collections::Handful;
use crate::host::{Endpoint, Environment};
use crate::model::{Context, Missing};
use crate::probes::shell::Contexts;
use crate::probes::{Fact, Probing};

/// The proxy variables as each context sees them.
#[derive(Debug)]
pub struct ProxySettings {
    views: Handful<Context, ProxyView>,
}

/// The proxy variables of one context.
#[derive(Debug, Clone, Default)]
pub struct ProxyView {
    variables: Vec<(ProxyVariable, String)>,
    no_proxy: NoProxy,
}

/// A variable that names a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProxyVariable {
    /// Its name.
    pub name: &'static str,
    /// Which targets it is for.
    pub targets: Targets,
}

/// Which targets a proxy variable is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Targets {
    /// `https://…`: module proxies, the checksum database, git hosts.
    Https,
    /// `http://…`.
    Http,
    /// Everything, for curl and git. Go ignores it.
    All,
    /// None: the variable names hosts that need no proxy.
    None,
}

/// A variable's value with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyValue {
    /// The variable.
    pub variable: ProxyVariable,
    /// Its value as it stands, password and all.
    pub value: String,
    /// What Go makes of it.
    pub reading: Reading,
    /// What is wrong with its text.
    pub fault: Option<ProxyFault>,
    /// The contexts that see it.
    pub contexts: Vec<Context>,
    /// Those of them where Go obeys it: no other spelling wins.
    pub obeyed: Vec<Context>,
}

/// The variables, each before the spelling that Go tries after it.
pub(super) const VARIABLES: [ProxyVariable; 8] = [
    ProxyVariable { name: "HTTPS_PROXY", targets: Targets::Https },
    ProxyVariable { name: "https_proxy", targets: Targets::Https },
    ProxyVariable { name: "HTTP_PROXY", targets: Targets::Http },
    ProxyVariable { name: "http_proxy", targets: Targets::Http },
    ProxyVariable { name: "ALL_PROXY", targets: Targets::All },
    ProxyVariable { name: "all_proxy", targets: Targets::All },
    ProxyVariable { name: "NO_PROXY", targets: Targets::None },
    ProxyVariable { name: "no_proxy", targets: Targets::None },
];

impl Fact for ProxySettings {
    const ID: &'static str = "proxy-settings";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let contexts = probing.get::<Contexts>()?;
        let views = contexts.known().map(|(context, environment)| (context, ProxyView::of(environment))).collect();
        Ok(ProxySettings { views })
    }
}

impl ProxyView {
    /// The proxy variables of an environment.
    #[must_use]
    pub fn of(environment: &Environment) -> ProxyView {
        let variables = VARIABLES
            .into_iter()
            .filter_map(|variable| Some((variable, environment.get(variable.name)?.to_owned())))
            .collect();
        let no_proxy = environment.get("NO_PROXY").or_else(|| environment.get("no_proxy")).unwrap_or_default();
        ProxyView { variables, no_proxy: NoProxy::parse(no_proxy) }
    }

    /// The variables that name a proxy.
    pub fn proxies(&self) -> impl Iterator<Item = (ProxyVariable, &str)> {
        self.variables().filter(|(variable, _)| variable.targets != Targets::None)
    }

    fn variables(&self) -> impl Iterator<Item = (ProxyVariable, &str)> {
        self.variables.iter().map(|(variable, value)| (*variable, value.as_str()))
    }

    /// The variable that Go obeys for these targets, were they Go's.
    fn obeyed(&self, targets: Targets) -> Option<(ProxyVariable, &str)> {
        self.variables().find(|(variable, _)| variable.targets == targets)
    }

    /// The hosts that need no proxy.
    #[must_use]
    pub fn no_proxy(&self) -> &NoProxy {
        &self.no_proxy
    }

    /// The variable, and the proxy, that Go goes through to this host.
    #[must_use]
    pub fn route(&self, targets: Targets, host: &str, port: u16) -> Option<(ProxyVariable, ProxyUrl)> {
        let (variable, value) = self.obeyed(targets)?;
        let proxy = Reading::of(value).proxy()?.clone();
        (!self.no_proxy.exempts(host, port)).then_some((variable, proxy))
    }
}

impl ProxyView {
    /// The variable whose proxy Go takes to where GOPROXY first sends it.
    #[must_use]
    pub fn for_modules(&self, goproxy: &str) -> Option<ProxyVariable> {
        match &ProxyList::parse(goproxy).entries.first()?.source {
            Source::Proxy(to) => self.route(to.targets, &to.host, to.port).map(|(variable, _)| variable),
            // git takes the same variables to the hosts of the modules.
            Source::Direct => self.obeyed(Targets::Https).map(|(variable, _)| variable),
            Source::Off | Source::Other => None,
        }
    }
}

impl ProxySettings {
    /// True for the name of a variable about proxies.
    #[must_use]
    pub fn is_variable(name: &str) -> bool {
        VARIABLES.iter().any(|variable| variable.name == name)
    }

    /// The proxy variables of a context; None when it is not known.
    #[must_use]
    pub fn view(&self, context: Context) -> Option<&ProxyView> {
        self.views.get(&context)
    }

    /// The contexts with their proxy variables, in the order in which they
    /// are shown.
    pub fn views(&self) -> impl Iterator<Item = (Context, &ProxyView)> {
        Context::UNIX.into_iter().filter_map(|context| self.view(context).map(|view| (context, view)))
    }

    /// Every value of the variables that name proxies, each once.
    #[must_use]
    pub fn proxies(&self) -> Vec<ProxyValue> {
        let mut values = self.values();
        values.retain(|value| value.variable.targets != Targets::None);
        values
    }

    /// True when a variable names the proxy at this endpoint.
    #[must_use]
    pub fn name_one_at(&self, endpoint: &Endpoint) -> bool {
        self.proxies().iter().filter_map(|value| value.reading.proxy()).any(|proxy| proxy.endpoint == *endpoint)
    }

    /// Every value of every variable, each once.
    #[must_use]
    pub fn values(&self) -> Vec<ProxyValue> {
        let mut values: Vec<ProxyValue> = Vec::new();
        for variable in VARIABLES {
            for (context, view) in self.views() {
                let Some((_, value)) = view.variables().find(|(known, _)| *known == variable) else { continue };
                let obeyed = view.obeyed(variable.targets).is_some_and(|(winner, _)| winner == variable);
                let at = values
                    .iter()
                    .position(|known| known.variable == variable && known.value == value)
                    .unwrap_or_else(|| {
                        values.push(ProxyValue::new(variable, value));
                        values.len() - 1
                    });
                values[at].contexts.push(context);
                if obeyed {
                    values[at].obeyed.push(context);
                }
            }
        }
        values
    }
}

impl ProxyValue {
    /// True when both lead to the same: spelled differently or not.
    #[must_use]
    pub fn means_the_same(&self, other: &ProxyValue) -> bool {
        if self.variable.targets == Targets::None {
            return NoProxy::parse(&self.value).is_like(&NoProxy::parse(&other.value));
        }
        self.value == other.value || (self.reading == other.reading && self.reading != Reading::Ignored)
    }

    fn new(variable: ProxyVariable, value: &str) -> ProxyValue {
        ProxyValue {
            variable,
            value: value.to_owned(),
            reading: Reading::of(value),
            fault: ProxyFault::of(value).filter(|_| variable.targets != Targets::None),
            contexts: Vec::new(),
            obeyed: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(pairs: &[(&str, &str)]) -> ProxyView {
        ProxyView::of(&pairs.iter().copied().collect())
    }

    #[test]
    fn upper_case_wins_and_empty_is_unset() {
        let route = |pairs: &[(&str, &str)]| {
            view(pairs)
                .route(Targets::Https, "proxy.golang.org", 443)
                .map(|(variable, proxy)| (variable.name, proxy.to_string()))
        };
        let both = [("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:2")];
        assert_eq!(route(&both), Some(("HTTPS_PROXY", "http://a:1".into())));
        let empty = [("HTTPS_PROXY", ""), ("https_proxy", "http://b:2")];
        assert_eq!(route(&empty), Some(("https_proxy", "http://b:2".into())));
        assert_eq!(route(&[("ALL_PROXY", "http://a:1"), ("HTTP_PROXY", "http://a:1")]), None);
        assert_eq!(route(&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "golang.org")]), None);
    }
}
