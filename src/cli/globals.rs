use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Globals {
    /// Read this recorded machine in place of the live one; fixes then only preview.
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub machine: Option<PathBuf>,
    /// Start nothing on the Windows host around WSL.
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub no_host: bool,
    /// When to write colours. NO_COLOR in the environment means never.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Everywhere")]
    pub color: Colour,
}

/// When colours are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
