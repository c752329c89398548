use std::fmt::Write;
use std::process::ExitCode;

use super::{Failure, Out};
use crate::checks;
use crate::render::Style;

/// List every check with its layer, severity and fix class.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {}

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(_args: &Args, out: Out) -> Result<ExitCode, Failure> {
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
