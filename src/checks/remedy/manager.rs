//! Telling a version manager which Go to run.

use super::{self as remedy, Position, Shells};
use crate::host::Machine;
use crate::model::{Class, Edit, Fix, GoVersion, Inverse, Privilege, Step};
use crate::probes::go::{BrokenShim, InUse, Installed, Origin, Pin, Program};
use crate::probes::project::Place;
use crate::probes::shell::RcFiles;

/// Has the manager install a version.
#[must_use]
pub fn install(with: &InUse, version: &str) -> Fix {
    let command = match with.manager.origin {
        Origin::Gvm => format!("gvm install {version} -B"),
        Origin::Asdf => format!("asdf install {} {version}", with.plugin()),
        Origin::Mise => format!("mise install go@{version}"),
        _ => format!("goenv install {version}"),
    };
    let text =
        format!("{} downloads it, which takes a while. Then this folder has what it asks for.", with.manager.title());
    Fix::manual(format!("Install Go {}", version.trim_start_matches("go")), text, Some(command))
}

/// Has the manager install its first Go, and choose it.
#[must_use]
pub fn install_first(with: &InUse) -> Fix {
    let command = match with.manager.origin {
        Origin::Gvm => "gvm install go1.N.M -B && gvm use go1.N.M --default".to_owned(),
        Origin::Asdf => format!("asdf install {0} latest && asdf set -u {0} latest", with.plugin()),
        Origin::Mise => "mise use -g go@latest".to_owned(),
        _ => "goenv install latest && goenv global latest".to_owned(),
    };
    let text = format!("{} downloads the newest Go and makes it the default.", with.manager.title());
    Fix::manual(format!("Install a Go with {}", with.manager.title()), text, Some(command))
}

/// Makes a version that is there the user's default, where there is none.
#[must_use]
pub fn choose_by_default(machine: &Machine, with: &InUse, installed: &Installed) -> Fix {
    let name = &installed.name;
    let title = format!("Make {name} the default of {}", with.manager.title());
    match with.manager.origin {
        Origin::Goenv => {
            let path = with.manager.home.join("version");
            Fix::new(title, Class::Safe, vec![Step::WriteFile { path, content: format!("{name}\n"), mode: 0o644 }])
        }
        Origin::Asdf => {
            let edits = vec![Edit::Append { lines: vec![format!("{} {name}", with.plugin())] }];
            Fix::new(title, Class::Safe, vec![Step::EditFile { path: machine.untilde("~/.tool-versions"), edits }])
        }
        _ => Fix::manual(title, "It is written into the manager's own settings.", Some(by_command(with, name))),
    }
}

/// Names a version that is there in the user's default: a release of the same
/// Go for another one is a small step, any other a choice. None where there is
/// nothing to choose from, or where the file is not the user's.
#[must_use]
pub fn choose_another(with: &InUse, pin: &Pin, place: &Place, machine: &Machine) -> Option<Fix> {
    let asked = GoVersion::parse(pin.first());
    let language = |installed: &Installed| installed.version.as_ref().map(GoVersion::language);
    let same = |other: &&Installed| asked.is_some() && language(other) == asked.as_ref().map(GoVersion::language);
    let near = with.installed.iter().rfind(same);
    let other = near.or(with.installed.last())?;
    let is_own = machine.user.home.as_ref().is_some_and(|home| place.path.starts_with(home));
    if with.manager.origin == Origin::Gvm {
        // gvm's default is a copy of a whole file, which gvm itself makes.
        let text = "gvm keeps its default as a copy of that version's environment.";
        return Some(Fix::manual(
            format!("Make {} gvm's default", other.name),
            text,
            Some(by_command(with, &other.name)),
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

/// Has the manager make its shims anew, or brings it back into reach of them.
#[must_use]
pub fn mend_shims(rc: &RcFiles, with: &InUse, broken: &BrokenShim) -> Fix {
    let title = with.manager.title();
    let Some(found) = &broken.found else {
        let shims = rc.machine().tilde(&with.manager.home.join("shims"));
        let text = format!("{shims} is still on PATH, and {title} itself is nowhere. Or take that folder off PATH.");
        return Fix::manual(format!("Install {title} again"), text, None);
    };
    match (&broken.program, found.parent()) {
        (Program::Named(_), Some(folder)) => remedy::add_to_path(rc, folder, Position::Front, Shells::Every),
        _ => {
            let words: &[&str] =
                if with.manager.origin == Origin::Asdf { &["reshim", with.plugin()] } else { &["rehash"] };
            let argv = [found.display().to_string()].into_iter().chain(words.iter().map(|word| (*word).to_owned()));
            let inverse = Inverse::CannotBeUndone(format!("{title} writes its shims anew whenever it likes"));
            let step = Step::Run { argv: argv.collect(), privilege: Privilege::User, inverse };
            Fix::new(format!("Have {title} make its shims anew"), Class::Review, vec![step])
        }
    }
}

fn by_command(with: &InUse, name: &str) -> String {
    match with.manager.origin {
        Origin::Gvm => format!("gvm use {name} --default"),
        Origin::Mise => format!("mise use -g go@{name}"),
        Origin::Asdf => format!("asdf set -u {} {name}", with.plugin()),
        _ => format!("goenv global {name}"),
    }
}
