//! Telling a version manager which Go to run.

use crate::host::Machine;
use crate::model::{Class, Edit, Fix, GoVersion, Step};
use crate::probes::go::{Installed, Manager, Origin, Pin};
use crate::probes::project::Place;

/// Has the manager install a version.
#[must_use]
pub fn install(manager: &Manager, version: &str) -> Fix {
    let command = match manager.origin {
        Origin::Gvm => format!("gvm install {version} -B"),
        Origin::Asdf => format!("asdf install golang {version}"),
        Origin::Mise => format!("mise install go@{version}"),
        _ => format!("goenv install {version}"),
    };
    let text = format!("{} downloads it, which takes a while. Then this folder has what it asks for.", manager.title());
    Fix::manual(format!("Install Go {}", version.trim_start_matches("go")), text, Some(command))
}

/// Has the manager install its first Go, and choose it.
#[must_use]
pub fn install_first(manager: &Manager) -> Fix {
    let command = match manager.origin {
        Origin::Gvm => "gvm install go1.N.M -B && gvm use go1.N.M --default",
        Origin::Asdf => "asdf install golang latest && asdf set -u golang latest",
        Origin::Mise => "mise use -g go@latest",
        _ => "goenv install latest && goenv global latest",
    };
    let text = format!("{} downloads the newest Go and makes it the default.", manager.title());
    Fix::manual(format!("Install a Go with {}", manager.title()), text, Some(command.to_owned()))
}

/// Makes a version that is there the user's default, where there is none.
#[must_use]
pub fn choose_by_default(machine: &Machine, manager: &Manager, installed: &Installed) -> Fix {
    let name = &installed.name;
    let title = format!("Make {name} the default of {}", manager.title());
    match manager.origin {
        Origin::Goenv => {
            let path = manager.home.join("version");
            Fix::new(title, Class::Safe, vec![Step::WriteFile { path, content: format!("{name}\n"), mode: 0o644 }])
        }
        Origin::Asdf => {
            let edits = vec![Edit::Append { lines: vec![format!("golang {name}")] }];
            Fix::new(title, Class::Safe, vec![Step::EditFile { path: machine.untilde("~/.tool-versions"), edits }])
        }
        _ => Fix::manual(title, "It is written into the manager's own settings.", Some(by_command(manager, name))),
    }
}

/// Names a version that is there in the user's default: a release of the same
/// Go for another one is a small step, any other a choice. None where there is
/// nothing to choose from, or where the file is not the user's.
#[must_use]
pub fn choose_another(
    manager: &Manager,
    pin: &Pin,
    place: &Place,
    installed: &[Installed],
    machine: &Machine,
) -> Option<Fix> {
    let asked = GoVersion::parse(pin.first());
    let language = |installed: &Installed| installed.version.as_ref().map(GoVersion::language);
    let same = |other: &&Installed| asked.is_some() && language(other) == asked.as_ref().map(GoVersion::language);
    let near = installed.iter().rfind(same);
    let other = near.or(installed.last())?;
    let is_own = machine.user.home.as_ref().is_some_and(|home| place.path.starts_with(home));
    if manager.origin == Origin::Gvm {
        // gvm's default is a copy of a whole file, which gvm itself makes.
        let text = "gvm keeps its default as a copy of that version's environment.";
        return Some(Fix::manual(
            format!("Make {} gvm's default", other.name),
            text,
            Some(by_command(manager, &other.name)),
        ));
    }
    if !is_own {
        return None;
    }
    let with = place.text.replacen(pin.first(), &other.name, 1);
    let edit = Edit::ReplaceLine { line: place.line, was: place.text.clone(), with };
    let step = Step::EditFile { path: place.path.clone(), edits: vec![edit] };
    let class = if near.is_some() { Class::Safe } else { Class::Review };
    Some(Fix::new(format!("Name {} in {}", other.name, place.name), class, vec![step]))
}

fn by_command(manager: &Manager, name: &str) -> String {
    match manager.origin {
        Origin::Gvm => format!("gvm use {name} --default"),
        Origin::Mise => format!("mise use -g go@{name}"),
        Origin::Asdf => format!("asdf set -u golang {name}"),
        _ => format!("goenv global {name}"),
    }
}
