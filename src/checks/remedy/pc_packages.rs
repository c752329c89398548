//! Which package brings the file by which pkg-config knows a library.

use super::{Package, install};
use crate::host::Machine;
use crate::model::Fix;

/// Names of pkg-config with the package that brings them, for what Go
/// projects ask for most.
const KNOWN: [(&[&str], Package); 26] = [
    (&["alsa"], of("libasound2-dev", "alsa-lib-devel", "alsa-lib", "alsa-lib-dev", "alsa-devel")),
    (
        &["ayatana-appindicator3-0.1"],
        of(
            "libayatana-appindicator3-dev",
            "libayatana-appindicator-gtk3-devel",
            "libayatana-appindicator",
            "libayatana-appindicator-dev",
            "libayatana-appindicator3-devel",
        ),
    ),
    (&["cairo", "cairo-gobject"], of("libcairo2-dev", "cairo-devel", "cairo", "cairo-dev", "cairo-devel")),
    (&["devmapper"], of("libdevmapper-dev", "device-mapper-devel", "device-mapper", "lvm2-dev", "device-mapper-devel")),
    (
        &["glib-2.0", "gobject-2.0", "gio-2.0", "gio-unix-2.0", "gmodule-2.0"],
        of("libglib2.0-dev", "glib2-devel", "glib2", "glib-dev", "glib2-devel"),
    ),
    (&["gpgme"], of("libgpgme-dev", "gpgme-devel", "gpgme", "gpgme-dev", "libgpgme-devel")),
    (
        &["gtk+-3.0", "gdk-3.0", "gtk+-x11-3.0", "gdk-x11-3.0"],
        of("libgtk-3-dev", "gtk3-devel", "gtk3", "gtk+3.0-dev", "gtk3-devel"),
    ),
    (&["gtk4"], of("libgtk-4-dev", "gtk4-devel", "gtk4", "gtk4.0-dev", "gtk4-devel")),
    (&["libgit2"], of("libgit2-dev", "libgit2-devel", "libgit2", "libgit2-dev", "libgit2-devel")),
    (&["libpcap"], of("libpcap-dev", "libpcap-devel", "libpcap", "libpcap-dev", "libpcap-devel")),
    (&["libseccomp"], of("libseccomp-dev", "libseccomp-devel", "libseccomp", "libseccomp-dev", "libseccomp-devel")),
    (&["libsystemd"], of("libsystemd-dev", "systemd-devel", "systemd-libs", "elogind-dev", "systemd-devel")),
    (&["libudev"], of("libudev-dev", "systemd-devel", "systemd-libs", "eudev-dev", "libudev-devel")),
    (&["libusb-1.0"], of("libusb-1.0-0-dev", "libusb1-devel", "libusb", "libusb-dev", "libusb-1_0-devel")),
    (
        &["libvirt", "libvirt-qemu", "libvirt-lxc"],
        of("libvirt-dev", "libvirt-devel", "libvirt", "libvirt-dev", "libvirt-devel"),
    ),
    (&["libxml-2.0"], of("libxml2-dev", "libxml2-devel", "libxml2", "libxml2-dev", "libxml2-devel")),
    (&["libzmq"], of("libzmq3-dev", "zeromq-devel", "zeromq", "zeromq-dev", "zeromq-devel")),
    (
        &["MagickWand", "MagickCore", "ImageMagick"],
        of("libmagickwand-dev", "ImageMagick-devel", "imagemagick", "imagemagick-dev", "ImageMagick-devel"),
    ),
    (&["opencv4"], of("libopencv-dev", "opencv-devel", "opencv", "opencv-dev", "opencv-devel")),
    (
        &["openssl", "libssl", "libcrypto"],
        of("libssl-dev", "openssl-devel", "openssl", "openssl-dev", "libopenssl-devel"),
    ),
    (&["portaudio-2.0"], of("portaudio19-dev", "portaudio-devel", "portaudio", "portaudio-dev", "portaudio-devel")),
    (
        &["rdkafka", "rdkafka-static"],
        of("librdkafka-dev", "librdkafka-devel", "librdkafka", "librdkafka-dev", "librdkafka-devel"),
    ),
    (&["sdl2"], of("libsdl2-dev", "SDL2-devel", "sdl2", "sdl2-dev", "SDL2-devel")),
    (&["sqlite3"], of("libsqlite3-dev", "sqlite-devel", "sqlite", "sqlite-dev", "sqlite3-devel")),
    (&["vips", "vips-cpp"], of("libvips-dev", "vips-devel", "libvips", "vips-dev", "libvips-devel")),
    (
        &["webkit2gtk-4.1"],
        of("libwebkit2gtk-4.1-dev", "webkit2gtk4.1-devel", "webkit2gtk-4.1", "webkit2gtk-4.1-dev", "webkit2gtk3-devel"),
    ),
];

const fn of(
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
    alpine: &'static str,
    suse: &'static str,
) -> Package {
    Package { debian, fedora, arch, alpine, suse }
}

/// Installs what brings the file for this name; where that is not known, the
/// user searches for it.
#[must_use]
pub fn install_pc(machine: &Machine, name: &str) -> Fix {
    if let Some((_, package)) = KNOWN.iter().find(|(names, _)| names.contains(&name)) {
        return install(machine, package);
    }
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "+-._".contains(c));
    let search = [
        ("debian", "apt-file search", format!("/{name}.pc")),
        ("ubuntu", "apt-file search", format!("/{name}.pc")),
        ("fedora", "sudo dnf install", format!("'pkgconfig({name})'")),
        ("rhel", "sudo dnf install", format!("'pkgconfig({name})'")),
        ("arch", "pacman -F", format!("{name}.pc")),
        ("alpine", "sudo apk add", format!("pc:{name}")),
        ("suse", "sudo zypper install", format!("'pkgconfig({name})'")),
    ];
    let command = search.iter().find(|(family, ..)| machine.is_like(family));
    Fix::manual(
        format!("Install the package with {name}.pc"),
        format!(
            "The file comes with the development package of the library: on Debian the one that ends in -dev, on Fedora in -devel. Where the library was built by hand, name the folder of {name}.pc in PKG_CONFIG_PATH."
        ),
        command.filter(|_| is_plain).map(|(_, program, what)| format!("{program} {what}")),
    )
}
