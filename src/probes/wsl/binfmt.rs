use crate::host::Host;
use crate::model::{Evidence, Missing};
use crate::probes::system::{HandlerTable, Listing};
use crate::probes::{Fact, Probing};

/// Whether the kernel hands programs of Windows to WSL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binfmt {
    /// What is registered.
    pub registration: Registration,
    /// How it shows.
    pub evidence: Evidence,
}

/// The entry that makes programs of Windows run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// It is there.
    Enabled,
    /// Somebody wrote 0 into it.
    Disabled,
    /// It is not there.
    Gone,
}

/// With systemd, versions before 2.6.2 used the second name.
const ENTRIES: [&str; 2] = ["WSLInterop", "WSLInterop-late"];

impl Fact for Binfmt {
    const ID: &'static str = "wsl-binfmt";

    fn probe(probing: &Probing) -> Result<Self, Missing> {
        Binfmt::read(probing.host())
    }
}

impl Binfmt {
    fn read(host: &dyn Host) -> Result<Binfmt, Missing> {
        let mut found = None;
        for name in ENTRIES {
            let path = HandlerTable::entry(name);
            let Ok(text) = host.read_text(&path) else { continue };
            let state = text.lines().next().unwrap_or_default().trim().to_owned();
            let registration = if state == "enabled" { Registration::Enabled } else { Registration::Disabled };
            let evidence = Evidence::new(path.display().to_string(), state).expected("enabled");
            let binfmt = Binfmt { registration, evidence };
            if registration == Registration::Enabled {
                return Ok(binfmt);
            }
            found = Some(binfmt);
        }
        if let Some(disabled) = found {
            return Ok(disabled);
        }
        // A folder that is not mounted tells nothing.
        let Listing { names, is_mounted, .. } = Listing::read(host)?;
        if !is_mounted {
            return Err(HandlerTable::unmounted());
        }
        let rest = if names.is_empty() { "no entries".to_owned() } else { format!("only {}", names.join(", ")) };
        Ok(Binfmt {
            registration: Registration::Gone,
            evidence: Evidence::new(HandlerTable::FOLDER, rest).expected("an entry WSLInterop"),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::host::recorded::Recorded;

    const MACHINE: &str = "[machine]\nuser = \"kim\"\nhome = \"/home/kim\"\nfolder = \"/home/kim\"\n\n";

    /// The folder as `ls` lists it, and what stands in the entries of WSL.
    fn registration(list: &str, entry: &str) -> Registration {
        let file =
            |name: &str| format!("\"{}\" = {}\n", HandlerTable::entry(name).display(), serde_json::Value::from(entry));
        let files: String = list.lines().map(file).collect();
        let machine =
            Recorded::parse(&format!("```toml\n{MACHINE}[files]\n{files}```\n"), Path::new("machine.md")).unwrap();
        Binfmt::read(&machine).unwrap().registration
    }

    #[test]
    fn recorded_tables_are_read() {
        macro_rules! sample {
            ($name:literal) => {
                include_str!(concat!("../../../tests/wsl-samples/binfmt-", $name, ".txt"))
            };
        }
        let (on, off) = (sample!("WSLInterop"), sample!("WSLInterop-disabled"));
        for list in [sample!("list-good"), sample!("list-late-2.6.1")] {
            assert_eq!(registration(list, on), Registration::Enabled);
            assert_eq!(registration(list, off), Registration::Disabled);
        }
        assert_eq!(registration(sample!("list-clobbered"), on), Registration::Gone);
    }
}
