//! bash(1), INVOCATION.

use std::path::PathBuf;

use super::{Form, INTERACTIVE, LOGIN, Places, in_home};
use crate::host::Host;

pub(super) fn put(places: &mut Places<'_>) {
    places.put(LOGIN, Form::Posix, "/etc/profile");
    if let Some(path) = login_file(places.host) {
        places.put(LOGIN, Form::Posix, path);
    }
    // Debian's and Arch's, then Fedora's, which only ~/.bashrc reads there.
    places.put(INTERACTIVE, Form::Posix, "/etc/bash.bashrc");
    places.put_home(INTERACTIVE, ".bashrc");
}

pub(super) fn login_file(host: &dyn Host) -> Option<PathBuf> {
    let files = [".bash_profile", ".bash_login", ".profile"].into_iter().filter_map(|name| in_home(host, name));
    files.clone().find(|path| host.exists(path)).or_else(|| files.last())
}
