use super::family::workspaces;
use super::jsonc::{self, Node};
use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

/// The debug configurations of the project that attach to a running process
/// of this machine.
#[derive(Debug)]
pub struct AttachConfigurations {
    /// Where each stands, with its name.
    pub found: Vec<Evidence>,
    /// Why a file that may hold some cannot be read.
    pub problem: Option<Missing>,
}

impl Fact for AttachConfigurations {
    const ID: &'static str = "debug-configurations";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut configurations = AttachConfigurations { found: Vec::new(), problem: None };
        for folder in workspaces(host) {
            let path = folder.join(".vscode/launch.json");
            let name = host.machine().tilde(&path);
            let text = match host.read_text(&path) {
                Ok(text) => text,
                Err(missing) if missing.is_absent() => continue,
                Err(missing) => {
                    configurations.problem = Some(missing);
                    continue;
                }
            };
            match jsonc::parse(&text) {
                Ok(node) => configurations.found.extend(attaching(&node, &name)),
                Err(error) => configurations.problem = Some(Missing::failed(format!("{name}: {error}"))),
            }
        }
        Ok(configurations)
    }
}

fn attaching(node: &Node, file: &str) -> Vec<Evidence> {
    let all = node.get(&["configurations"]).map(|member| member.value.elements()).unwrap_or_default();
    all.iter()
        .filter(|configuration| {
            let says = |key: &str| configuration.get(&[key]).and_then(|member| member.value.text());
            // `remote` attaches to a Delve that runs already.
            says("type") == Some("go")
                && says("request") == Some("attach")
                && says("mode").unwrap_or("local") == "local"
        })
        .filter_map(|configuration| {
            let line = configuration.get(&["request"])?.line;
            let name = configuration.get(&["name"]).and_then(|name| name.value.text()).unwrap_or("unnamed");
            Some(Evidence::new(format!("{file}:{line}"), format!("{name}: \"request\": \"attach\"")))
        })
        .collect()
}
