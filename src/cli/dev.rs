//! Help for gomedic's own developers; hidden from users.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, Out};
use crate::model::Layer;

/// Help for gomedic's own developers.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Write the skeletons of a new check: rule, page, scenario, two lines.
    NewCheck {
        /// The layer that the defect lies in.
        layer: String,
        /// The id: a kebab-case name of the defect.
        id: String,
        /// The repository.
        #[arg(long, default_value = ".")]
        repository: PathBuf,
    },
    /// Print the table of checks as the README has it.
    Table,
}

const RULE: &str = include_str!("../../assets/skeletons/rule.rs.txt");
const PAGE: &str = include_str!("../../assets/skeletons/page.md");
const SCENARIO: &str = include_str!("../../assets/skeletons/scenario.md");

/// Runs the command.
///
/// # Errors
/// When a name is not usable or a file cannot be written.
pub(super) fn run(args: &Args, out: Out) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::NewCheck { layer, id, repository } => {
            let layer =
                Layer::from_id(layer).ok_or_else(|| Failure::Other(format!("there is no layer named '{layer}'")))?;
            let written = new_check(repository, layer, id)?;
            for path in written {
                out.write(&path.display().to_string())?;
            }
        }
        Command::Table => out.write(&super::list::table())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn new_check(repository: &Path, layer: Layer, id: &str) -> Result<Vec<PathBuf>, Failure> {
    let is_kebab =
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_kebab {
        return Err(Failure::Other(format!("'{id}' is not a kebab-case name")));
    }
    let module = id.replace('-', "_");
    let variant = format!("{layer:?}");
    let fill = |text: &str| text.replace("{id}", id).replace("{layer}", layer.id()).replace("{Layer}", &variant);
    let files = [
        (repository.join("src/checks").join(layer.id()).join(format!("{module}.rs")), fill(RULE)),
        (repository.join("assets/explain").join(layer.id()).join(format!("{id}.md")), fill(PAGE)),
        (repository.join("tests/scenarios").join(layer.id()).join(format!("{id}.md")), fill(SCENARIO)),
    ];
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(Failure::Other(format!("{} is there already", path.display())));
    }
    let list = repository.join("src/checks").join(layer.id()).join("mod.rs");
    let listed = with_check(&fs::read_to_string(&list)?, &module)
        .ok_or_else(|| Failure::Other(format!("{} has no slice of checks", list.display())))?;
    let mut written = Vec::new();
    for (path, text) in files {
        fs::write(&path, text)?;
        written.push(path);
    }
    fs::write(&list, listed)?;
    written.push(list);
    Ok(written)
}

/// The layer's `mod.rs` with the module and its entry in the slice.
fn with_check(text: &str, module: &str) -> Option<String> {
    let slice = text.find("&[&Check] = &[")? + "&[&Check] = &[".len();
    let end = slice + text[slice..].find(']')?;
    let entries = text[slice..end].trim().trim_end_matches(',').trim();
    let separator = if entries.is_empty() { "" } else { ", " };
    let modules = text[..slice].find("\nmod ").or_else(|| text[..slice].find("\n/// The checks")).unwrap_or(0);
    Some(format!(
        "{}\nmod {module};{}{entries}{separator}&{module}::CHECK{}",
        &text[..modules],
        &text[modules..slice],
        &text[end..]
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_added_to_an_empty_and_to_a_filled_slice() {
        let empty = "//! Doc.\n\nuse super::Check;\n\n/// The checks.\npub(super) const CHECKS: &[&Check] = &[];\n";
        let one = with_check(empty, "a_b").expect("there is a slice");
        assert!(one.contains("\nmod a_b;") && one.contains("&[&a_b::CHECK]"), "{one}");
        let two = with_check(&one, "c").expect("there is a slice");
        assert!(two.contains("\nmod c;") && two.contains("&[&a_b::CHECK, &c::CHECK]"), "{two}");
    }
}
