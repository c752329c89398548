//! fish(1), CONFIGURATION: every fish reads all of them, login or not.

use std::path::PathBuf;

use super::{Form, LOGIN, Places, Source, fish_folder};

/// The folders of packages, behind those of the user and the system.
const VENDORS: [&str; 2] = ["/usr/local/share/fish/vendor_conf.d", "/usr/share/fish/vendor_conf.d"];

pub(super) fn put(places: &mut Places<'_>) {
    let own = fish_folder(places.host, places.session);
    if let Some(own) = &own {
        let path = own.join("fish_variables");
        places.found.push(Source { path, contexts: LOGIN, form: Form::FishVariables });
    }
    for snippet in snippets(places, own.clone()) {
        places.put(LOGIN, Form::Fish, snippet);
    }
    places.put(LOGIN, Form::Fish, "/etc/fish/config.fish");
    if let Some(own) = own {
        places.put(LOGIN, Form::Fish, own.join("config.fish"));
    }
}

/// The user's `conf.d`, then the system's, then those of packages; of two
/// files with one name the first counts.
fn snippets(places: &Places<'_>, own: Option<PathBuf>) -> Vec<PathBuf> {
    let user = own.map(|own| own.join("conf.d"));
    let system = Some(PathBuf::from("/etc/fish/conf.d"));
    let folders = user.into_iter().chain(system).chain(VENDORS.map(PathBuf::from));
    let mut found: Vec<PathBuf> = Vec::new();
    for path in folders.flat_map(|folder| places.in_folder(&folder, "fish")) {
        if !found.iter().any(|known| known.file_name() == path.file_name()) {
            found.push(path);
        }
    }
    found
}
