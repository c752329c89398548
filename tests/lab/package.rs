//! Packages of the distribution, and a repository to install them from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::machine::Machine;

/// A package with a part of this system in it.
pub struct Package {
    /// Its name.
    pub name: &'static str,
    /// The file or folder that it brings, where it brings any.
    pub brings: Option<PathBuf>,
}

/// Makes the package database of this machine empty and gives it a repository
/// with these packages. What they bring is then taken away. For a machine with a
/// system of its own.
pub fn only_in_repository(machine: &Machine, packages: &[Package]) {
    fs::write(machine.seen(Path::new("/lab/setup")), SETUP).expect("a file can be written");
    let shown = |path: &PathBuf| path.display().to_string();
    let pairs = packages
        .iter()
        .flat_map(|package| [package.name.to_owned(), package.brings.as_ref().map_or_else(String::new, shown)]);
    let words: Vec<String> = ["bash", "/lab/setup"].map(str::to_owned).into_iter().chain(pairs).collect();
    machine.system(&words).works();
}

/// The arguments are pairs: a package and what it brings, or an empty word.
const SETUP: &str = r#"set -e
for part in /var/lib/dpkg /var/lib/apt /var/cache/apt /var/log /etc/apt; do
    mkdir -p $part; mount -t tmpfs tmpfs $part
done
mkdir -p /var/log/apt /var/lib/dpkg/info /var/lib/dpkg/updates /var/lib/apt/lists/partial
mkdir -p /var/cache/apt/archives/partial /lab/repository
: > /var/lib/dpkg/status
cd /lab/repository
while [ $# -gt 0 ]; do
    package=$1 brings=$2; shift 2
    mkdir -p /lab/$package/DEBIAN
    cat > /lab/$package/DEBIAN/control <<END
Package: $package
Version: 1:2.0
Architecture: all
Maintainer: kim <kim@corp.example>
Description: a part of this system
END
    if [ -n "$brings" ]; then
        mkdir -p "/lab/$package/$(dirname "$brings")"
        cp -rL "$brings" "/lab/$package/$brings"
        rm -r "$brings"
        while again="$(command -v "$(basename "$brings")")"; do rm "$again"; hash -r; done
    fi
    dpkg-deb --root-owner-group -Znone --build /lab/$package $package.deb
    cat /lab/$package/DEBIAN/control - >> Packages <<END
Filename: ./$package.deb
Size: $(stat -c %s $package.deb)
SHA256: $(sha256sum $package.deb | cut -d' ' -f1)

END
done
echo 'deb [trusted=yes] file:/lab/repository ./' > /etc/apt/sources.list
apt-get update
"#;
