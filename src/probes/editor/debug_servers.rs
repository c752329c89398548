use std::path::{Path, PathBuf};

use super::family::workspaces;
use super::jsonc::{self, Node};
use super::listen::{self, Listen};
use crate::model::{Evidence, Missing};
use crate::probes::{Fact, Probing};

/// Where the project's debug configurations and tasks start Delve as a server
/// that takes connections from every network.
#[derive(Debug)]
pub struct DebugServers {
    /// The places.
    pub found: Vec<DebugServer>,
    /// Why a file that may hold some cannot be read.
    pub problem: Option<Missing>,
}

/// A configuration or task that starts such a Delve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebugServer {
    /// The file.
    pub file: PathBuf,
    /// The file for people.
    pub name: String,
    /// The configuration's or the task's own name.
    pub title: String,
    /// The address as it stands, such as `:2345`.
    pub address: String,
    /// The line that names the address; None where it cannot be told.
    pub line: Option<AddressLine>,
}

/// A line of a file that names an address, and what it would be with the
/// loopback address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressLine {
    /// The line, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// Its text with the loopback address.
    pub loopback: String,
}

/// Finds the parts of a file that start such a server, by their names.
type Find = fn(&Node) -> Vec<(String, Listen)>;

const FILES: [(&str, Find); 2] = [("launch.json", in_launch), ("tasks.json", in_tasks)];

impl Fact for DebugServers {
    const ID: &'static str = "debug-servers";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let mut servers = DebugServers { found: Vec::new(), problem: None };
        for folder in workspaces(host) {
            for (file, find) in FILES {
                let path = folder.join(".vscode").join(file);
                let name = host.machine().tilde(&path);
                let text = match host.read_text(&path) {
                    Ok(text) => text,
                    Err(missing) if missing.is_absent() => continue,
                    Err(missing) => {
                        servers.problem = Some(missing);
                        continue;
                    }
                };
                match jsonc::parse(&text) {
                    Ok(node) => {
                        let found = find(&node).into_iter();
                        servers
                            .found
                            .extend(found.map(|(title, listen)| DebugServer::new(&path, &name, title, &listen, &text)));
                    }
                    Err(error) => servers.problem = Some(Missing::failed(format!("{name}: {error}"))),
                }
            }
        }
        Ok(servers)
    }
}

fn in_launch(node: &Node) -> Vec<(String, Listen)> {
    let all = node.get(&["configurations"]).map(|member| member.value.elements()).unwrap_or_default();
    all.iter()
        .filter_map(|configuration| {
            let says = |key: &str| configuration.get(&[key]).and_then(|member| member.value.text());
            if says("type") != Some("go") || says("request") != Some("launch") {
                return None;
            }
            // With a port, the extension connects to a Delve that runs.
            let starts = configuration.get(&["port"]).is_none();
            let host = says("host").filter(|host| starts && listen::is_everywhere(host)).map(Listen::host);
            // The newer adapter puts its own address behind these flags.
            let flags = || listen::in_words(&configuration.get(&["dlvFlags"])?.value.texts());
            let listen = host.or_else(|| if says("debugAdapter") == Some("legacy") { flags() } else { None })?;
            Some((says("name").unwrap_or("unnamed").to_owned(), listen))
        })
        .collect()
}

fn in_tasks(node: &Node) -> Vec<(String, Listen)> {
    let all = node.get(&["tasks"]).map(|member| member.value.elements()).unwrap_or_default();
    all.iter()
        .filter_map(|task| {
            let says = |key: &str| task.get(&[key]).and_then(|member| member.value.text());
            let arguments = task.get(&["args"]).map(|member| member.value.texts()).unwrap_or_default();
            let words: Vec<String> = [says("command")?.to_owned()].into_iter().chain(arguments).collect();
            let listen = listen::of_delve(&words)?;
            Some((says("label").or_else(|| says("taskName")).unwrap_or("unnamed").to_owned(), listen))
        })
        .collect()
}

impl DebugServer {
    fn new(file: &Path, name: &str, title: String, listen: &Listen, text: &str) -> DebugServer {
        let quoted = format!("\"{}\"", listen.word);
        let mut lines = text.lines().enumerate().filter(|(_, line)| line.contains(&quoted));
        // Of several, nobody can tell which one is meant.
        let line = lines.next().filter(|(_, line)| lines.next().is_none() && line.matches(&quoted).count() == 1);
        let line = line.map(|(index, line)| AddressLine {
            number: index + 1,
            text: line.to_owned(),
            loopback: line.replacen(&quoted, &format!("\"{}\"", listen.loopback), 1),
        });
        DebugServer { file: file.to_owned(), name: name.to_owned(), title, address: listen.address.clone(), line }
    }

    /// Where it stands, as evidence.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let place =
            self.line.as_ref().map_or_else(|| self.name.clone(), |line| format!("{}:{}", self.name, line.number));
        Evidence::new(place, format!("{}: listens on {}", self.title, self.address))
    }
}
