//! A module is private for git, and public for Go.

use crate::checks::{Check, remedy};
use crate::host::Machine;
use crate::model::{Class, Context, Evidence, Finding, Fix, Layer, Outcome, Severity};
use crate::probes::go::{Setting, SettingOrigin, Settings, View};
use crate::probes::modules::{
    Content, Downloads, GitConfig, GitUrl, GitView, ModulePatterns, Needed, Netrc, is_public_host, private_part,
};
use crate::probes::project::{GoMod, ModuleFile};
use crate::probes::shell::{Contexts, RcFiles, Writer};
use crate::{page, rule};

pub(super) const CHECK: Check = Check {
    id: "goprivate-missing",
    layer: Layer::Modules,
    title: "GOPRIVATE names the hosts that git takes for private",
    impact: "Private modules are looked for in public",
    severity: Severity::Warning,
    class: Some(Class::Review),
    causes: &["goprivate-malformed"],
    page: page!("modules/goprivate-missing"),
    rule: rule!(judge(Contexts, Settings, GoMod, Downloads, GitConfig, Netrc, RcFiles)),
};

/// How many pieces of evidence for one host are shown.
const SHOWN: usize = 2;

fn judge(
    shells: &Contexts,
    settings: &Settings,
    module: &GoMod,
    downloads: &Downloads,
    config: &GitConfig,
    netrc: &Netrc,
    rc: &RcFiles,
) -> Outcome {
    let Some(module) = &module.found else { return Outcome::skipped("there is no go.mod here") };
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (context, view) in settings.views() {
        let Some(git) = config.of(context) else { continue };
        let asks_in_public = |needed: &Needed| view.has_public_proxies_only() && !view.is_private(&needed.path);
        for (needed, content) in downloads.in_context(context) {
            // What is here already need not be asked for.
            if !matches!(content, Content::Nothing) || !asks_in_public(needed) {
                continue;
            }
            let pattern = private_part(&needed.path);
            if let Some(known) = parts.iter_mut().find(|part| part.pattern == pattern) {
                known.add(context, needed);
            } else if let Some(evidence) = privacy(git, netrc, context, needed) {
                parts.push(Part { pattern, needed: vec![needed], contexts: vec![context], evidence });
            }
        }
    }
    let findings = parts.iter().filter_map(|part| finding(part, settings, module, rc));
    shells.outcome(findings.collect())
}

/// A host or an owner, with the modules of it that Go would ask for in public.
struct Part<'a> {
    pattern: String,
    needed: Vec<&'a Needed>,
    contexts: Vec<Context>,
    evidence: Vec<Evidence>,
}

impl<'a> Part<'a> {
    fn add(&mut self, context: Context, needed: &'a Needed) {
        if !self.contexts.contains(&context) {
            self.contexts.push(context);
        }
        if !self.needed.contains(&needed) {
            self.needed.push(needed);
        }
    }
}

/// How git knows that a module is private; None when nothing says so.
fn privacy(git: &GitView, netrc: &Netrc, context: Context, needed: &Needed) -> Option<Vec<Evidence>> {
    let url = format!("https://{}", needed.path);
    let asked = GitUrl::parse(&url)?;
    let lines: Vec<Evidence> = git
        .private_lines(&asked)
        .chain(git.private_remotes(&asked))
        .map(|entry| entry.evidence())
        .take(SHOWN)
        .collect();
    if !lines.is_empty() {
        return Some(lines);
    }
    // A password for a host of many owners says nothing of one repository.
    let host = asked.host_name();
    let has_password = netrc
        .files
        .iter()
        .filter(|file| file.contexts.contains(&context) && !is_public_host(host))
        .find(|file| file.machines.as_ref().is_ok_and(|machines| machines.iter().any(|machine| machine == host)));
    has_password.map(|file| vec![Evidence::new(&file.name, format!("a password for {host}"))])
}

/// What decides which modules are kept from the proxies: GONOPROXY where it is
/// set, else GOPRIVATE.
fn decider(view: &View) -> &'static str {
    if view.get("GONOPROXY").is_some() { "GONOPROXY" } else { "GOPRIVATE" }
}

fn finding(part: &Part<'_>, settings: &Settings, module: &ModuleFile, rc: &RcFiles) -> Option<Finding> {
    let Part { pattern, needed, contexts, evidence } = part;
    let view = settings.view(*contexts.first()?)?;
    let first = needed.first()?;
    let name = decider(view);
    let setting = view.get(name);
    let go_mod = Evidence::new(format!("{}:{}", module.name, first.line), format!("{} {}", first.path, first.version));
    let Right { value, by_repair } = Right::of(setting.as_ref(), pattern, &first.path);
    let (now, writer) = match &setting {
        Some(setting) => settings.trace(name, setting, contexts, rc),
        None => (Evidence::new(name, "not set"), None),
    };
    Some(
        Finding::new(pattern, Severity::Warning, format!("git knows {pattern} as private, and {name} does not name it"))
            .seen_in(contexts.iter().copied())
            .about(name)
            .explained_by(if by_repair { &["goprivate-malformed"] } else { &[] })
            .detail(format!(
                "Go asks the public proxy and the checksum database for {}, by name, and fails with: 404 Not Found, or reading https://sum.golang.org/lookup/…: 410 Gone.",
                first.path
            ))
            .evidence(go_mod)
            .evidences(evidence.iter().cloned())
            .evidence(now.expected(format!("{name}={value}")))
            .fix(name_it(name, setting.as_ref(), writer.as_ref(), &value, (view, rc.machine()))),
    )
}

/// What the setting ought to be.
struct Right {
    value: String,
    /// The module is in it already, written in a way that matches nothing.
    by_repair: bool,
}

impl Right {
    fn of(setting: Option<&Setting>, pattern: &str, module: &str) -> Right {
        let value = setting.map(|setting| setting.value.clone()).unwrap_or_default();
        let is_faulty = ModulePatterns::parse(&value).faults().next().is_some();
        let repaired = is_faulty.then(|| ModulePatterns::repaired(&value)).flatten().unwrap_or(value);
        match ModulePatterns::parse(&repaired).matching(module) {
            Some(_) => Right { value: repaired, by_repair: true },
            None if repaired.is_empty() => Right { value: pattern.to_owned(), by_repair: false },
            None => Right { value: format!("{},{pattern}", repaired.trim_end_matches(',')), by_repair: false },
        }
    }
}

fn name_it(name: &str, setting: Option<&Setting>, writer: Option<&Writer>, right: &str, at: (&View, &Machine)) -> Fix {
    let (view, machine) = at;
    let written = match setting {
        Some(setting) if setting.origin == SettingOrigin::Environment => Some(
            remedy::rewrite(name, setting, writer, right, view)
                .unwrap_or_else(|| remedy::set_by_hand(name, setting, right, machine)),
        ),
        _ => remedy::set_go(format!("Set {name} to {right}"), name, right, view),
    };
    // Without a file of settings there is the environment.
    let without_file = || {
        Fix::manual(
            format!("Set {name} to {right}"),
            "GOENV is off, so set it in your shell's start file:",
            Some(format!("export {name}='{right}'")),
        )
    };
    // Only the user knows what is private.
    written.map_or_else(without_file, remedy::reviewed)
}
