//! What is set before any shell runs.

use super::{Form, LOGIN, Places, Source, in_home};

/// pam_env(8) reads `/etc/environment`; the user manager of systemd reads
/// environment.d(5), the system's folder before the user's.
pub(super) fn put(places: &mut Places<'_>) {
    let mut paths = vec!["/etc/environment".into()];
    paths.extend(places.in_folder("/etc/environment.d".as_ref(), "conf"));
    if let Some(folder) = in_home(places.host, ".config/environment.d") {
        paths.extend(places.in_folder(&folder, "conf"));
    }
    places.found.extend(paths.into_iter().map(|path| Source { path, contexts: LOGIN, form: Form::Environment }));
}
