use std::fmt::Write;
use std::process::ExitCode;

use super::{Failure, Out};
use crate::checks;
use crate::render::Style;

/// List every check with its layer, severity and fix class.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {}

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn run(_args: &Args, out: Out) -> Result<ExitCode, Failure> {
    let all = checks::all();
    let width = all.iter().map(|check| check.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut layer = None;
    for check in all {
        if layer != Some(check.layer) {
            layer = Some(check.layer);
            let _ = writeln!(text, "{}", out.paint.apply(Style::Strong, check.layer.title()));
        }
        let class = check.class.map_or("–", |class| class.id());
        let severity = out.paint.apply(check.severity.into(), &format!("{:<7}", check.severity.id()));
        let _ = writeln!(
            text,
            "  {:<width$}  {severity}  {class:<6}  {}",
            check.id,
            out.paint.apply(Style::Dim, check.title)
        );
    }
    out.write(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The table of checks in Markdown, for the README.
#[must_use]
pub fn table() -> String {
    let mut text =
        String::from("| check | layer | severity | fix | what is right when it passes |\n|---|---|---|---|---|\n");
    for check in checks::all() {
        let class = check.class.map_or("–", |class| class.id());
        let (id, layer, severity, title) = (check.id, check.layer.title(), check.severity, check.title);
        let page = format!("assets/explain/{}/{id}.md", check.layer);
        let _ = writeln!(text, "| [{id}]({page}) | {layer} | {severity} | {class} | {title} |");
    }
    text
}
