use super::GoMod;
use crate::model::Missing;
use crate::probes::{Fact, Probing};

/// Files that say that the project brings its own Go, in a container or in an
/// environment that is entered for it.
const FILES: [&str; 6] =
    [".devcontainer/devcontainer.json", ".devcontainer.json", "flake.nix", "shell.nix", "devenv.nix", "devbox.json"];

/// Where else than on this machine's PATH the project's Go may live.
#[derive(Debug)]
pub struct Elsewhere {
    /// The first such file, for people.
    pub file: Option<String>,
}

impl Fact for Elsewhere {
    const ID: &'static str = "go-elsewhere";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        let host = probing.host();
        let module = probing.get::<GoMod>()?;
        let machine = host.machine();
        let root = module.found.as_ref().map_or(&machine.folder, |file| &file.folder);
        let file = FILES.iter().map(|name| root.join(name)).find(|path| host.is_file(path));
        Ok(Elsewhere { file: file.map(|path| machine.tilde(&path)) })
    }
}
