//! Go programs that editors call.

use crate::model::{Class, Fix, GoVersion, Inverse, Privilege, Step};
use crate::probes::editor::ToolName;

/// Builds the newest release of a tool with the Go on PATH, or with a newer
/// one that go downloads when `with` names it.
#[must_use]
pub fn install_tool(title: impl Into<String>, tool: ToolName, with: Option<&GoVersion>) -> Fix {
    let toolchain = with.map(|version| ["env".to_owned(), format!("GOTOOLCHAIN={version}+auto")]);
    let install = ["go", "install"].map(str::to_owned).into_iter().chain([format!("{}@latest", tool.package())]);
    let step = Step::Run {
        argv: toolchain.into_iter().flatten().chain(install).collect(),
        privilege: Privilege::User,
        inverse: Inverse::CannotBeUndone(format!("go install keeps no copy of the {} it replaces", tool.command())),
    };
    Fix::new(title, Class::Review, vec![step]).awaits("a restart of the editor")
}
