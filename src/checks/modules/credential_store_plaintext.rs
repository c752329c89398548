//! git keeps passwords in a plain file.

use crate::checks::{Check, remedy};
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Missing, Outcome, Severity};
use crate::probes::modules::{CredentialHelpers, CredentialStore, GitConfig, GitEntry};
use crate::probes::shell::Contexts;
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "credential-store-plaintext",
    layer: Layer::Modules,
    title: "git keeps no password in a plain file",
    impact: "Passwords lie open",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &[],
    page: page!("modules/credential-store-plaintext"),
    rule: rule!(judge(Contexts, GitConfig, CredentialHelpers)),
};

/// git's own helper that forgets after a while, here after eight hours.
const IN_MEMORY: &str = "cache --timeout=28800";

fn judge(shells: &Contexts, config: &GitConfig, helpers: &CredentialHelpers) -> Outcome {
    let in_use = config.plain_helpers();
    let findings: Vec<Finding> = match in_use.is_empty() {
        true => helpers.stores.iter().filter_map(left_over).collect(),
        false => in_use.into_iter().map(|(entry, contexts)| stores(entry, contexts, helpers)).collect(),
    };
    let problem: Option<&Missing> = config.views.iter().find_map(|view| view.problem.as_ref());
    shells.outcome(findings).or_unknown(problem)
}

/// The helper `store` is set.
fn stores(entry: &GitEntry, contexts: Vec<Context>, helpers: &CredentialHelpers) -> Finding {
    let evidence = entry.evidence();
    let place = evidence.source.clone();
    let file = entry.line().map_or("the environment", |line| line.file.as_str());
    let installed =
        helpers.installed.iter().map(|name| other(entry, name, &format!("Let git keep passwords with {name}")));
    let memory = "Let git keep passwords in memory, for eight hours";
    let fixes: Vec<Fix> = installed.chain([other(entry, IN_MEMORY, memory)]).flatten().collect();
    let whom = entry.subsection.as_deref().map(|url| format!("{url}:")).unwrap_or_default();
    Finding::new(
        format!("{file}:{whom}store"),
        Severity::Warning,
        format!("git stores passwords in a plain file: helper = store in {place}"),
    )
    .seen_in(contexts)
    .detail("Every password and token that git asks for is written down readably. Every program that you start can read it, and backups carry it away.")
    .evidence(evidence)
    .evidences(helpers.stores.iter().map(store_evidence))
    .fixes(fixes)
}

/// Another helper in the place of `store`.
fn other(entry: &GitEntry, helper: &str, title: &str) -> Option<Fix> {
    let line = entry.line()?;
    remedy::replace_in_git_line(format!("{title}: helper = {helper}"), line, entry.text(), helper)
}

/// No helper uses the file any more, and it is still there.
fn left_over(store: &CredentialStore) -> Option<Finding> {
    let hosts = store.hosts.as_ref().ok().filter(|hosts| !hosts.is_empty())?;
    let summary = format!("{} still holds passwords in plain text", store.name);
    let finding = Finding::new(&store.name, Severity::Warning, summary)
        .seen_in(store.contexts.iter().copied())
        .detail("No helper of git uses the file any more, but every program that you start can read it.")
        .evidence(store_evidence(store));
    Some(finding.fix(Fix::manual(
        format!("Delete {}", store.name),
        format!("Once you can still fetch from {}, delete the file. It cannot be brought back.", remedy::listed(hosts)),
        Some(format!("rm {}", store.path.display())),
    )))
}

fn store_evidence(store: &CredentialStore) -> Evidence {
    let holds = match &store.hosts {
        Ok(hosts) => format!("passwords for {}", remedy::listed(hosts)),
        Err(missing) => missing.detail.clone(),
    };
    Evidence::new(&store.name, format!("{holds}; mode {:04o}", store.mode))
}
