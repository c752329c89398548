use clap::{Command, CommandFactory};

use super::Cli;

/// The command line without what is hidden: for completions and manual.
pub(super) fn command() -> Command {
    let whole = Cli::command();
    let mut public = Command::new("gomedic")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_precedence_over_arg(true)
        .args(whole.get_arguments().cloned())
        .subcommands(whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
    if let Some(about) = whole.get_about() {
        public = public.about(about.clone());
    }
    if let Some(about) = whole.get_long_about() {
        public = public.long_about(about.clone());
    }
    if let Some(help) = whole.get_after_help() {
        public = public.after_help(help.clone());
    }
    public
}
