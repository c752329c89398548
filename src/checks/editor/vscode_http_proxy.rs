//! VS Code hands Go tools a proxy at which nothing answers.

use crate::checks::Check;
use crate::checks::remedy::proxies::bring_back;
use crate::checks::remedy::{listed, remove_setting, reviewed};
use crate::model::{Class, Evidence, Finding, Layer, Missing, Outcome, Severity};
use crate::probes::editor::{EditorProxies, EditorProxy, EditorUse};
use crate::probes::go::{Settings, Toolchains};
use crate::probes::network::{Answering, ProxySettings};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "vscode-http-proxy",
    layer: Layer::Editor,
    title: "The proxy in VS Code's settings answers",
    impact: "The editor cannot download modules or tools",
    severity: Severity::Error,
    class: Some(Class::Review),
    causes: &["proxy-dead"],
    page: page!("editor/vscode-http-proxy"),
    rule: rule!(judge(EditorUse, EditorProxies, ProxySettings, Toolchains, Settings)),
};

fn judge(
    editors: &EditorUse,
    proxies: &EditorProxies,
    variables: &ProxySettings,
    toolchains: &Toolchains,
    settings: &Settings,
) -> Outcome {
    if editors.for_go().next().is_none() {
        return Outcome::skipped("no editor is set up for Go");
    }
    // Without the Go extension, no Go tool gets it.
    let is_read = |proxy: &&EditorProxy| editors.for_go().any(|(editor, _)| proxy.editors.contains(&editor.name));
    let goproxy = settings.in_use(toolchains).map(|(_, view)| view.value("GOPROXY")).unwrap_or_default();
    let mut findings = Vec::new();
    let mut unknown: Option<&Missing> = proxies.problem.as_ref();
    let mut asked = false;
    for proxy in proxies.found.iter().filter(is_read) {
        asked = true;
        match &proxy.answering {
            Answering::Yes => {}
            Answering::No(how) => {
                // Where a variable names the same proxy, one program is missing.
                let causes = if variables.name_one_at(&proxy.endpoint) { CHECK.causes } else { &[] };
                findings.push(finding(proxy, how, &goproxy).explained_by(causes));
            }
            Answering::Unknown(missing) => unknown = Some(missing),
        }
    }
    match unknown {
        Some(missing) if findings.is_empty() => missing.clone().into(),
        _ if !asked => Outcome::skipped("no setting of an editor for Go names a proxy"),
        _ => findings.into(),
    }
}

fn finding(proxy: &EditorProxy, how: &Evidence, goproxy: &str) -> Finding {
    let (endpoint, editors) = (&proxy.endpoint, listed(&proxy.editors));
    // Modules that come from a folder need no proxy; tools still do.
    let is_local = goproxy.starts_with("off") || goproxy.starts_with("file:");
    let severity = if is_local { Severity::Warning } else { Severity::Error };
    let fails = if endpoint.is_loopback() {
        format!("proxyconnect tcp: dial tcp {endpoint}: connect: connection refused")
    } else {
        "an error that begins with: proxyconnect tcp".to_owned()
    };
    Finding::new(
        format!("{}:http.proxy", proxy.setting.file.name),
        severity,
        format!("Nothing answers at the proxy {endpoint} that {editors} gives to Go tools"),
    )
    .detail(format!(
        "http.proxy wins over HTTP_PROXY and HTTPS_PROXY for everything that the Go extension starts. gopls, go and the installation of tools fail with {fails}, though the terminal works."
    ))
    .evidence(proxy.setting.evidence())
    .evidence(how.clone().expected("a program that takes connections"))
    .fix(reviewed(remove_setting(&proxy.setting)))
    .fix(bring_back(endpoint))
}
