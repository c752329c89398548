use std::process::ExitCode;

use clap_mangen::Man;

use super::{Failure, Out, public};

/// Print the manual page, in roff: `gomedic man | man -l -`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {}

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn run(_args: &Args, out: Out) -> Result<ExitCode, Failure> {
    let mut command = public::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let man = Man::new(sub.clone());
        page.extend_from_slice(format!(".SH \"COMMAND {}\"\n", sub.get_name().to_uppercase()).as_bytes());
        let mut section = Vec::new();
        man.render_description_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        // Sections of a command become subsections of the one page.
        page.extend_from_slice(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").as_bytes());
    }
    out.write(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}
