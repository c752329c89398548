//! A configuration starts Delve as a server for every network.

use crate::checks::Check;
use crate::model::{Class, Edit, Finding, Fix, Layer, Outcome, Severity, Step};
use crate::probes::editor::{DebugServer, DebugServers};
use crate::probes::go::Settings;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "dlv-listens-everywhere",
    layer: Layer::Editor,
    title: "Delve takes connections from this machine only",
    impact: "Everybody on the network can run programs here while you debug",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("editor/dlv-listens-everywhere"),
    rule: rule!(judge(Settings, DebugServers)),
};

fn judge(settings: &Settings, servers: &DebugServers) -> Outcome {
    // Inside a container, an address of all networks is the only one that can
    // be reached, and only by the ports that were published.
    if settings.machine().container {
        return Outcome::skipped("a container has a network of its own");
    }
    match &servers.problem {
        Some(missing) if servers.found.is_empty() => missing.clone().into(),
        _ => servers.found.iter().map(finding).collect::<Vec<_>>().into(),
    }
}

fn finding(server: &DebugServer) -> Finding {
    Finding::new(
        format!("{}:{}", server.name, server.title),
        Severity::Warning,
        format!("\"{}\" lets Delve listen on every network ({})", server.title, server.address),
    )
    .detail(
        "Delve asks for no password. Whoever reaches the port can read and change the program, and run commands as you.",
    )
    .about("dlv")
    .evidence(server.evidence().expected("127.0.0.1"))
    .fix(fix(server))
}

fn fix(server: &DebugServer) -> Fix {
    let text = "From another machine, reach the port through SSH: ssh -L 2345:127.0.0.1:2345 HOST.";
    let Some(line) = &server.line else {
        return Fix::manual(format!("Put 127.0.0.1 before the port in {}", server.name), text, None);
    };
    let edit = Edit::ReplaceLine { line: line.number, was: line.text.clone(), with: line.loopback.clone() };
    let step = Step::EditFile { path: server.file.clone(), edits: vec![edit] };
    Fix::new(format!("Listen on 127.0.0.1 in {}:{}", server.name, line.number), Class::Review, vec![step])
        .awaits("a new debugging session")
}
