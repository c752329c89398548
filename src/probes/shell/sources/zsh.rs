//! zsh(1), STARTUP/SHUTDOWN FILES.

use std::path::{Path, PathBuf};

use super::{Form, INTERACTIVE, LOGIN, Places};
use crate::model::Context;

pub(super) fn put(places: &mut Places<'_>, set_by: &dyn Fn(&Path, &str) -> Option<String>) {
    // Debian keeps the global files in a folder of their own.
    let global = if places.host.is_dir(Path::new("/etc/zsh")) { Path::new("/etc/zsh") } else { Path::new("/etc") };
    let home = places.host.machine().user.home.clone();
    let first = set_by(&global.join("zshenv"), "ZDOTDIR").map(PathBuf::from);
    let mut folder = first.or_else(|| outer_folder(places, home.as_deref(), set_by)).or(home);
    let order: [(&str, &'static [Context]); 4] =
        [("zshenv", LOGIN), ("zprofile", LOGIN), ("zlogin", LOGIN), ("zshrc", INTERACTIVE)];
    for (name, contexts) in order {
        places.put(contexts, Form::Posix, global.join(name));
        let Some(own) = folder.as_ref().map(|folder| folder.join(format!(".{name}"))) else { continue };
        // What the first file sets decides where the others are looked for.
        let next = (name == "zshenv").then(|| set_by(&own, "ZDOTDIR")).flatten();
        places.put(contexts, Form::Posix, own);
        folder = next.map(PathBuf::from).filter(|path| path.is_absolute()).or(folder);
    }
}

/// The ZDOTDIR that zsh is started with. One that `~/.zshenv` sets is not:
/// zsh has to find that file first. Editors set their own, and keep the
/// user's beside it.
fn outer_folder(
    places: &Places<'_>,
    home: Option<&Path>,
    set_by: &dyn Fn(&Path, &str) -> Option<String>,
) -> Option<PathBuf> {
    let session = places.session?;
    let folder = session.get("USER_ZDOTDIR").or_else(|| session.get("ZDOTDIR")).map(PathBuf::from)?;
    let set_at_home = home.is_some_and(|home| set_by(&home.join(".zshenv"), "ZDOTDIR").is_some());
    (!set_at_home && folder.is_absolute()).then_some(folder)
}
