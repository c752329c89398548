//! Scenario files: sections of a Markdown document, each one machine with
//! what is expected of it.

use std::fmt::Write;

use gomedic::host::recorded::{Block, blocks};
use gomedic::model::{CheckReport, Finding};

/// One machine with what is expected of it.
pub struct Section<'a> {
    /// `fires`, `quiet`, `unknown`.
    pub kind: &'a str,
    /// What is special about it.
    pub title: &'a str,
    /// The blocks that make up the machine.
    pub machine: Vec<Block<'a>>,
    /// The `toml expect` block.
    pub expect: Block<'a>,
}

/// The sections of a scenario file.
pub fn sections(text: &str) -> Vec<Section<'_>> {
    let all = blocks(text);
    let mut heads: Vec<(usize, &str, &str)> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let in_block = all.iter().any(|block| (block.offset..block.offset + block.text.len()).contains(&offset));
        if let Some(head) = line.trim_end().strip_prefix("## ").filter(|_| !in_block) {
            let (kind, title) = head.split_once(": ").unwrap_or_else(|| panic!("'## {head}' is not 'KIND: TITLE'"));
            assert!(["fires", "quiet", "unknown"].contains(&kind), "'{kind}' is no kind of section");
            heads.push((offset, kind, title));
        }
        offset += line.len();
    }
    let ends = heads.iter().skip(1).map(|head| head.0).chain([text.len()]);
    heads
        .iter()
        .zip(ends)
        .map(|(&(from, kind, title), to)| {
            let inside = |block: &&Block<'_>| (from..to).contains(&block.offset);
            let machine = all.iter().filter(inside).filter(|block| block.info == "toml").copied().collect();
            let expect = *all
                .iter()
                .filter(inside)
                .find(|block| block.info == "toml expect")
                .unwrap_or_else(|| panic!("'{title}' expects nothing"));
            Section { kind, title, machine, expect }
        })
        .collect()
}

/// What a check says, in the form of a `toml expect` block.
pub fn expectation(report: &CheckReport) -> String {
    let mut out = format!("status = {}\n", quoted(report.status.id()));
    if let Some(reason) = &report.reason {
        let _ = writeln!(out, "reason = {}", quoted(reason));
    }
    for finding in &report.findings {
        out.push_str("\n[[findings]]\n");
        describe(&mut out, finding);
    }
    out
}

fn describe(out: &mut String, finding: &Finding) {
    let _ = writeln!(out, "key = {}", quoted(&finding.key));
    let _ = writeln!(out, "severity = {}", quoted(finding.severity.id()));
    let _ = writeln!(out, "summary = {}", quoted(&finding.summary));
    let contexts: Vec<String> = finding.contexts.iter().map(|context| quoted(context.id())).collect();
    if !contexts.is_empty() {
        let _ = writeln!(out, "contexts = [{}]", contexts.join(", "));
    }
    out.push_str("evidence = [\n");
    for evidence in &finding.evidence {
        let _ = writeln!(out, "  {},", quoted(&format!("{} | {}", evidence.source, evidence.observed)));
    }
    out.push_str("]\n");
    for fix in &finding.fixes {
        out.push_str("\n[[findings.fixes]]\n");
        let _ = writeln!(out, "title = {}", quoted(&fix.title));
        let _ = writeln!(out, "class = {}", quoted(fix.class.id()));
        if let Some(awaits) = &fix.awaits {
            let _ = writeln!(out, "awaits = {}", quoted(awaits));
        }
        for step in &fix.preview {
            out.push_str("\n[[findings.fixes.steps]]\n");
            let _ = writeln!(out, "kind = {}", quoted(step.kind));
            let _ = writeln!(out, "target = {}", quoted(&step.target));
            if let Some(diff) = &step.diff {
                let _ = writeln!(out, "diff = {}", lines(diff));
            }
            if !step.sudo.is_empty() {
                let sudo: Vec<String> = step.sudo.iter().map(|line| quoted(line)).collect();
                let _ = writeln!(out, "sudo = [\n  {},\n]", sudo.join(",\n  "));
            }
            if let Some(refused) = &step.refused {
                let _ = writeln!(out, "refused = {}", quoted(refused));
            }
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Several lines as a TOML literal where that is possible.
fn lines(text: &str) -> String {
    let is_literal = !text.contains("'''") && !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
    if is_literal { format!("'''\n{text}'''") } else { quoted(text) }
}
