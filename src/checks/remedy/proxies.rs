//! Where proxy variables are set, and how they are taken back.

use super::rc_line::awaited;
use super::value::with_value;
use super::{NEW_SHELL, forget_all};
use crate::collections::order;
use crate::host::Endpoint;
use crate::model::{Class, Context, Edit, Evidence, Fix, Step, mask};
use crate::probes::go::{Setting, SettingOrigin, Settings};
use crate::probes::network::{ProxySettings, ProxyValue};
use crate::probes::shell::{RcFiles, Writer};

/// The proxy is right, and is only not there now.
#[must_use]
pub fn bring_back(endpoint: &Endpoint) -> Fix {
    let text = if endpoint.is_loopback() {
        format!(
            "When you need this proxy, start the program that listens on port {}; then nothing has to change.",
            endpoint.port
        )
    } else {
        format!(
            "When you need this proxy, connect to the network that {} belongs to; then nothing has to change.",
            endpoint.host
        )
    };
    Fix::manual("Bring the proxy back", text, None)
}

/// The well-written values by the endpoint that they name.
#[must_use]
pub fn by_endpoint(values: &[ProxyValue]) -> Vec<(&Endpoint, Vec<&ProxyValue>)> {
    let mut groups: Vec<(&Endpoint, Vec<&ProxyValue>)> = Vec::new();
    // proxy-malformed speaks of the others.
    for value in values.iter().filter(|value| value.fault.is_none()) {
        let Some(proxy) = value.reading.proxy() else { continue };
        match groups.iter_mut().find(|(endpoint, _)| **endpoint == proxy.endpoint) {
            Some((_, group)) => group.push(value),
            None => groups.push((&proxy.endpoint, vec![value])),
        }
    }
    groups
}

/// The contexts that see any of these values, in the order in which they are
/// shown.
#[must_use]
pub fn contexts_of(values: &[&ProxyValue]) -> Vec<Context> {
    let is_seen = |context: &Context| values.iter().any(|value| value.contexts.contains(context));
    Context::UNIX.into_iter().filter(is_seen).collect()
}

/// The places that give proxy variables their values.
#[derive(Debug, Default)]
pub struct ProxyTrace {
    /// Every place once.
    pub evidence: Vec<Evidence>,
    /// The lines of rc files among them, each once.
    pub lines: Vec<Writer>,
    /// The variables that no rc file sets.
    pub untraced: Vec<&'static str>,
}

impl ProxyTrace {
    /// Looks for the places that set these variables to these values.
    #[must_use]
    pub fn of<'a>(values: impl IntoIterator<Item = &'a ProxyValue>, settings: &Settings, rc: &RcFiles) -> ProxyTrace {
        let mut trace = ProxyTrace::default();
        let mut elsewhere: Vec<Evidence> = Vec::new();
        for value in values {
            let name = value.variable.name;
            // A carriage return belongs to the line's end in the file.
            let text = value.value.trim_end_matches('\r').to_owned();
            let setting = Setting { value: text, origin: SettingOrigin::Environment };
            let (evidence, writer) = settings.trace(name, &setting, &value.contexts, rc);
            match writer {
                Some(writer) if !trace.lines.contains(&writer) => trace.lines.push(writer),
                Some(_) => {}
                None => {
                    trace.untraced.push(name);
                    elsewhere.push(evidence);
                }
            }
        }
        order::sort_by(&mut trace.lines, |a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        trace.evidence = trace.lines.iter().map(Writer::evidence).chain(elsewhere).collect();
        trace
    }

    /// Fixes that take the variables back: the lines commented out in one
    /// plan, and what is not for gomedic to edit by hand.
    #[must_use]
    pub fn take_back(&self, why: &str, class: Class) -> Vec<Fix> {
        let (plain, clever): (Vec<&Writer>, Vec<&Writer>) = self.lines.iter().partition(|line| sets_only_proxies(line));
        let (ours, roots): (Vec<&Writer>, Vec<&Writer>) = plain.into_iter().partition(|line| line.own);
        let mut fixes = Vec::new();
        for (lines, class) in [(ours, class), (roots, Class::Root)] {
            if !lines.is_empty() {
                let places: Vec<String> = lines.iter().map(|line| line.place()).collect();
                let title = format!("Comment out {}", super::listed(&places));
                fixes.push(Fix::new(title, class, edits(&lines, why)).awaits(awaited(lines)));
            }
        }
        fixes.extend(clever.chunk_by(|a, b| a.path == b.path).filter_map(by_hand));
        if !self.untraced.is_empty() {
            fixes.push(forget_all(&self.untraced));
        }
        fixes
    }
}

impl ProxyTrace {
    /// A fix that writes `right` where `wrong` stands in these lines, in one
    /// plan. None unless every line is the user's, has it just once, and means
    /// the new value to the shell.
    #[must_use]
    pub fn rewrite(&self, wrong: &str, right: &str, class: Class) -> Option<Fix> {
        self.rewritten(right, class, |line| with_value(line, wrong, right))
    }

    /// The same for a part of each value, such as its address.
    #[must_use]
    pub fn rewrite_part(&self, wrong: &str, right: &str, class: Class) -> Option<Fix> {
        self.rewritten(right, class, |line| {
            let value = line.value.as_deref().filter(|value| value.matches(wrong).count() == 1)?;
            with_value(line, value, &value.replacen(wrong, right, 1))
        })
    }

    fn rewritten(&self, right: &str, class: Class, with: impl Fn(&Writer) -> Option<String>) -> Option<Fix> {
        let replace = |line: &&Writer| {
            let with = with(line).filter(|_| line.own)?;
            Some(Edit::ReplaceLine { line: line.line, was: line.text.clone(), with })
        };
        // A line that takes the value from another one follows it.
        let lines: Vec<&Writer> = self.lines.iter().filter(|line| line.value.is_some()).collect();
        let edits: Option<Vec<Edit>> = lines.iter().map(replace).collect();
        let edits = edits.filter(|edits| !edits.is_empty() && self.untraced.is_empty())?;
        let places: Vec<String> = lines.iter().map(|line| line.place()).collect();
        let title = format!("Write {} in {}", mask(right), super::listed(&places));
        Some(Fix::new(title, class, by_file(lines.iter().copied().zip(edits))).awaits(NEW_SHELL))
    }
}

fn edits(lines: &[&Writer], why: &str) -> Vec<Step> {
    let comment_out =
        |line: &&Writer| Edit::CommentOut { line: line.line, was: line.text.clone(), reason: why.to_owned() };
    by_file(lines.iter().map(|line| (*line, comment_out(line))))
}

/// One step per file.
fn by_file<'a>(edits: impl IntoIterator<Item = (&'a Writer, Edit)>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (line, edit) in edits {
        let file = steps.iter_mut().find_map(|step| match step {
            Step::EditFile { path, edits } if *path == line.path => Some(edits),
            _ => None,
        });
        match file {
            Some(edits) => edits.push(edit),
            None => steps.push(Step::EditFile { path: line.path.clone(), edits: vec![edit] }),
        }
    }
    steps
}

/// A line such as `export A=1 https_proxy=…` does more than name a proxy.
fn sets_only_proxies(line: &Writer) -> bool {
    line.sets.iter().all(|name| ProxySettings::is_variable(name))
}

/// The lines of one file that are for the user to edit.
fn by_hand(lines: &[&Writer]) -> Option<Fix> {
    let first = lines.first()?;
    let places: Vec<String> = lines.iter().map(|line| line.place()).collect();
    let editor = if first.own { "\"${EDITOR:-vi}\"" } else { "sudoedit" };
    let texts: Vec<String> = lines.iter().map(|line| mask(line.text.trim()).into_owned()).collect();
    let fix = Fix::manual(
        format!("Edit {}", super::listed(&places)),
        format!("The line sets other variables too: {}", texts.join("; ")),
        Some(format!("{editor} +{} {}", first.line, first.path.display())),
    );
    Some(fix.awaits(NEW_SHELL))
}
