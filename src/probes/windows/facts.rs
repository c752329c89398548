use serde_json::Value;

use crate::host::Endpoint;

/// What Windows says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostFacts {
    /// Build and revision of Windows: 26100 and 4652.
    pub build: Option<(u32, u32)>,
    /// The version of WSL's package, `2.6.1.0`.
    pub wsl: Option<String>,
    /// The address of Windows in the network of its virtual machines.
    pub nat_gateway: Option<String>,
    /// The name of the default distribution.
    pub distribution: Option<String>,
    /// The proxy of the Windows user.
    pub proxy: WindowsProxy,
    /// Variables of Go, proxies and WSL that are set for the user or the
    /// machine.
    pub variables: Vec<WindowsVariable>,
    /// Every go.exe on the PATH of Windows, in order.
    pub go: Vec<String>,
    /// The user's folder.
    pub profile: Option<String>,
    /// The state of the time service: `Running`.
    pub time_service: Option<String>,
    /// How the time service finds the time: `NTP`, `NT5DS`, `NoSync`.
    pub time_source: Option<String>,
    /// The time server that it asks.
    pub time_server: Option<String>,
    /// Whether paths of more than 260 characters are taken.
    pub long_paths: Option<bool>,
    /// What the firewall of its virtual machines does with what WSL sends:
    /// `Allow`, `Block`, `NotConfigured`.
    pub outbound: Option<String>,
}

/// A variable of Windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowsVariable {
    /// Its name.
    pub name: String,
    /// The user's value.
    pub user: Option<String>,
    /// That of the machine, which the user's wins over.
    pub machine: Option<String>,
}

/// The proxy that Windows is set to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowsProxy {
    /// Whether it is switched on.
    pub enabled: bool,
    /// `127.0.0.1:7890`, or one for each protocol.
    pub server: Option<String>,
    /// What it is not used for.
    pub bypass: Option<String>,
    /// The address of a script that decides.
    pub script: Option<String>,
}

impl HostFacts {
    /// Reads what the script printed. What is missing or of another kind is
    /// none; what is not an answer of this version is refused.
    pub(super) fn read(json: &[u8], version: u64) -> Result<HostFacts, String> {
        let value: Value = serde_json::from_slice(json).map_err(|error| format!("no JSON: {error}"))?;
        match value["v"].as_u64() {
            Some(found) if found == version => {}
            Some(other) => return Err(format!("an answer of version {other}")),
            None => return Err("an answer without a version".into()),
        }
        let text = |key: &str| text(&value[key]);
        let proxy = &value["proxy"];
        let time = &value["w32"];
        Ok(HostFacts {
            build: text("build").and_then(|build| {
                let (build, revision) = build.split_once('.')?;
                Some((build.parse().ok()?, revision.parse().unwrap_or(0)))
            }),
            wsl: text("wsl"),
            nat_gateway: text("natgw"),
            distribution: text("distro"),
            proxy: WindowsProxy {
                enabled: proxy[0].as_u64() == Some(1),
                server: self::text(&proxy[1]),
                bypass: self::text(&proxy[2]),
                script: self::text(&proxy[3]),
            },
            variables: variables(&value["env"]),
            go: texts(&value["go"]),
            profile: text("prof"),
            time_service: self::text(&time[0]),
            time_source: self::text(&time[1]),
            time_server: self::text(&time[2]),
            long_paths: value["lp"].as_u64().map(|number| number != 0),
            outbound: text("fw"),
        })
    }

    /// The release of Windows that brought mirrored networks and DNS
    /// tunnelling.
    pub const WINDOWS_11_22H2: u32 = 22621;

    /// `Windows 11`, which Windows itself calls 10 in many places.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        const WINDOWS_11: u32 = 22000;
        let (build, _) = self.build?;
        Some(if build >= WINDOWS_11 { "Windows 11" } else { "Windows 10" }.to_owned())
    }

    /// The variable of this name, when it is set on Windows. Windows tells
    /// no case apart.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&WindowsVariable> {
        self.variables.iter().find(|variable| variable.name.eq_ignore_ascii_case(name))
    }
}

impl WindowsProxy {
    /// Where secure connections go, when a fixed proxy is switched on:
    /// `127.0.0.1:7890` is for all, `http=…;https=…` for each.
    #[must_use]
    pub fn for_https(&self) -> Option<Endpoint> {
        let server = self.server.as_deref().filter(|_| self.enabled)?;
        let parts: Vec<&str> = server.split(';').map(str::trim).collect();
        let named = |name: &str| parts.iter().find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let plain = parts.iter().copied().find(|part| !part.is_empty() && !part.contains('='));
        let place = named("https").or(plain)?;
        let bare = place.split_once("://").map_or(place, |(_, rest)| rest);
        let (host, port) = bare.rsplit_once(':')?;
        Some(Endpoint::new(host.trim_matches(['[', ']']), port.trim_end_matches('/').parse().ok()?))
    }
}

impl WindowsVariable {
    /// The value that programs of Windows see.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.user.as_deref().or(self.machine.as_deref())
    }
}

fn variables(value: &Value) -> Vec<WindowsVariable> {
    let Some(members) = value.as_object() else { return Vec::new() };
    members
        .iter()
        .map(|(name, pair)| WindowsVariable { name: name.clone(), user: text(&pair[0]), machine: text(&pair[1]) })
        .filter(|variable| variable.value().is_some())
        .collect()
}

/// A text that says something.
fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// PowerShell makes a list of one into that one.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_facts_are_read() {
        let facts = HostFacts::read(include_bytes!("../../../tests/wsl-samples/host-facts.json"), 1).unwrap();
        assert_eq!(facts.wsl.as_deref(), Some("2.6.1.0"));
        assert_eq!(facts.nat_gateway.as_deref(), Some("172.30.96.1"));
        assert_eq!(facts.proxy.server.as_deref(), Some("127.0.0.1:7890"));
        assert!(facts.proxy.enabled && facts.proxy.script.is_none());
        let goroot = facts.variable("GOROOT").unwrap();
        assert_eq!((goroot.user.as_deref(), goroot.machine.as_deref()), (None, Some(r"C:\Program Files\Go")));
        assert_eq!(facts.variable("gopath").and_then(WindowsVariable::value), Some(r"C:\Users\me\go"));
        assert_eq!(facts.variable("GOBIN"), None);
        assert_eq!(facts.go, [r"C:\Program Files\Go\bin\go.exe"]);
        assert_eq!((facts.long_paths, facts.time_source.as_deref()), (Some(false), Some("NTP")));
    }

    /// What `reg query` prints, for the values that the script reads.
    fn recorded(text: &str) -> WindowsProxy {
        let value = |name: &str| {
            let line = text.lines().find(|line| line.split_whitespace().next() == Some(name))?;
            line.split_whitespace().nth(2).map(str::to_owned)
        };
        WindowsProxy {
            enabled: value("ProxyEnable").as_deref() == Some("0x1"),
            server: value("ProxyServer"),
            bypass: value("ProxyOverride"),
            script: value("AutoConfigURL"),
        }
    }

    #[test]
    fn recorded_proxies_are_understood() {
        macro_rules! sample {
            ($name:literal) => {
                recorded(include_str!(concat!("../../../tests/wsl-samples/reg-proxy-", $name, ".txt")))
            };
        }
        assert_eq!(sample!("enabled").for_https(), Some(Endpoint::new("127.0.0.1", 7890)));
        assert_eq!(sample!("disabled").for_https(), None);
        assert_eq!(sample!("per-protocol").for_https(), Some(Endpoint::new("192.168.1.20", 8080)));
        let script = sample!("pac");
        assert!(script.for_https().is_none() && script.script.is_some());
    }

    #[test]
    fn the_firewall_says_what_it_does() {
        let text = include_str!("../../../tests/wsl-samples/hyperv-firewall-vmsetting.txt");
        let line = text.lines().find(|line| line.starts_with("DefaultOutboundAction")).unwrap();
        let json = format!(r#"{{"v":1,"fw":"{}"}}"#, line.rsplit(' ').next().unwrap());
        assert_eq!(HostFacts::read(json.as_bytes(), 1).unwrap().outbound.as_deref(), Some("Block"));
    }

    #[test]
    fn parts_of_other_kinds_are_none() {
        let json = br#"{"v":1,"build":7,"proxy":"x","env":[],"go":"C:\\go.exe","w32":null,"lp":"1"}"#;
        let facts = HostFacts::read(json, 1).unwrap();
        let expected = HostFacts { go: vec![r"C:\go.exe".into()], ..HostFacts::default() };
        assert_eq!(facts, expected);
        assert!(HostFacts::read(b"[1]", 1).is_err());
        assert!(HostFacts::read(b"{\"v\":1}{\"v\":1}", 1).is_err());
    }
}
